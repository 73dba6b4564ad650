"""Doors of views: signed in, or holding an appointment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode

from portal.areas.site import set_authority

from . import second_factor

View = Callable[..., HttpResponse]
CSRF, ONCE = "csrfmiddlewaretoken", "once"  # what every form of ours holds besides what people typed


def signed_in(view: View) -> View:
    """A person must be signed in; a visitor is sent to sign in and comes back."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return inner


def staff_required(*roles: Any) -> Any:
    """A person must hold one of `roles` (none named: any appointment) today; others get 404, visitors sign in.

    Where the installation asks for a second factor, it comes first. The page speaks for the government of the post.
    Use bare, or with Role values.
    """
    if len(roles) == 1 and callable(roles[0]) and not isinstance(roles[0], str):
        return _guarded(roles[0], ())
    return lambda view: _guarded(view, roles)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back to the page that was asked for.

    A form that was filled in while the session ended is not lost: 403, with everything that was typed and a button that
    sends it again. Only where the form was ours (its CSRF token was right): what another site sends is never shown. A script
    is led away as before, and tells its person itself.
    """
    sent = [(name, value) for name, values in request.POST.lists() if name != CSRF for value in values]
    is_filled = any(name != ONCE for name, _ in sent)
    is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if is_filled and is_page and not getattr(request, "csrf_failed", False):
        context = {"sent": sent, "with_files": bool(request.FILES)}
        response = render(request, "accounts/signed_out.html", context, status=403)
        response.headers["Cache-Control"] = "private, no-store"
        return response
    return HttpResponseRedirect(
        f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    )


def _guarded(view: View, roles: tuple[str, ...]) -> View:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        scope = request.scope  # type: ignore[attr-defined]
        if scope.withheld and (not roles or scope.withheld & set(roles)):
            return HttpResponseRedirect(second_factor.address(request))
        if not scope.has(*roles):
            raise Http404
        if scope.post.home_code:
            set_authority(request, scope.post.home_code)
        return view(request, *args, **kwargs)

    inner.staff_roles = roles  # type: ignore[attr-defined]
    return inner
