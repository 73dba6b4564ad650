"""The door of the demo: sign in as one of its invented people, without a code. Closed when DEMO is off."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.actions import sign_in_demo
from portal.accounts.models import User
from portal.kernel.http import see_other

from .demo import people


def demo_only(view: Any) -> Any:
    """404 unless this installation is a demo; no hint that there could be one."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@demo_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """The people of the demo; a POST with `persona` signs in as one and goes to `next`, the desk or the home page."""
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = (
        target if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()) else ""
    )
    if request.method != "POST":
        known = set(User.objects.filter(email__in=people.emails()).values_list("email", flat=True))
        return render(
            request, "site/demo.html", {"groups": people.groups(known), "later": people.LATER, "next": safe}
        )
    persona = people.BY_KEY.get(request.POST.get("persona", ""))
    user = User.objects.filter(email=persona.email, is_active=True).first() if persona else None
    if persona is None or user is None:
        raise Http404("この見本の人はいません。")
    sign_in_demo(request, user)
    messages.success(request, f"{user.name}さん({persona.post})として入りました。")
    return see_other(safe or reverse("site:desk" if persona.appointments else "site:home"))
