"""The desk's own page: putting a to-do off, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import staff_required
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from . import actions
from .desk import snoozes_of, to_dos
from .desk_keys import digest, latest_day
from .forms import LaterForm


@require_http_methods(["GET", "POST"])
@staff_required
@keeps_form
def desk_later(request: HttpRequest, item: str) -> HttpResponse:
    """Put one to-do off with a day and a reason. One that is done has left the desk: back to it."""
    found = next((one for one in to_dos(request.scope) if digest(one) == item), None)  # type: ignore[attr-defined]
    if found is None:
        raise Http404("この仕事は、もう片づいています。")
    data = request.POST if request.method == "POST" else None
    form = LaterForm(data, latest=latest_day(found), once=request)
    if form.acts(actions.snooze_item, by=request.actor, item=found):  # type: ignore[attr-defined]
        day = form.result.until_on
        messages.success(request, f"{day.month}月{day.day}日に、また出します。")
        return see_other("site:desk")
    context = {"item": found, "key": item, "form": form}
    return render(request, "site/desk_later.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required
@keeps_form
def desk_wake(request: HttpRequest, item: str) -> HttpResponse:
    """Take a to-do back onto the desk now."""
    found = next((one for one in to_dos(request.scope) if digest(one) == item), None)  # type: ignore[attr-defined]
    if found is None:
        raise Http404("この仕事は、もう片づいています。")
    form = ButtonForm(request.POST if request.method == "POST" else None, once=request)
    if form.acts(actions.wake_item, by=request.actor, item=found):  # type: ignore[attr-defined]
        messages.success(request, "一覧にもどしました。")
        return see_other("site:desk")
    snooze = snoozes_of(request.scope.user_id).get(item)  # type: ignore[attr-defined]
    context = {"item": found, "snooze": snooze, "form": form}
    return render(request, "site/desk_wake.html", context, status=form.status)
