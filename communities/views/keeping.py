"""What whoever keeps the list of an event does for one party: give it seats on the last day, cancel it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel.forms import ButtonForm, NoteForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..models import Registration
from .event_links import home_of
from .registrations import SHOWN_WITH
from .requests import posted, require


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def party_seat(request: HttpRequest, pk: UUID, registration_pk: UUID) -> HttpResponse:
    """Hand free seats to a party that was asked by telephone (当日対応)."""
    registration = party_on_list(request, pk, registration_pk, "communities.offer_seat")
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.seat_today, by=request.actor, registration=registration):
        messages.success(request, "席を渡しました。本人にメールでも知らせます。")
        return see_other(home_of(request, registration.event))
    context = keeping_context(request, registration, form)
    return render(request, "communities/party_seat.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def party_cancel(request: HttpRequest, pk: UUID, registration_pk: UUID) -> HttpResponse:
    """Cancel a party's registration for it, also after its own deadline."""
    registration = party_on_list(request, pk, registration_pk, "communities.offer_seat")
    form = NoteForm(*posted(request), once=request)
    if form.acts(actions.cancel_registration, by=request.actor, registration=registration):
        messages.success(request, "申込みを取り消しました。本人にメールでお知らせしました。")
        return see_other(home_of(request, registration.event))
    context = keeping_context(request, registration, form)
    return render(request, "communities/party_cancel.html", context, status=form.status)


def party_on_list(request: HttpRequest, pk: UUID, registration_pk: UUID, permission: str) -> Registration:
    """A party whose name this person sees; 404 for a stranger, 403 for who only reads the list."""
    rows = queries.registrations_visible_to(request.scope).select_related(*SHOWN_WITH)  # type: ignore[attr-defined]
    registration = get_object_or_404(rows, pk=registration_pk, event=pk)
    require(request, permission, registration)
    set_authority(request, registration.event.area)
    return registration


def keeping_context(
    request: HttpRequest, registration: Registration, form: ButtonForm | NoteForm
) -> dict[str, object]:
    """What these pages show of a party."""
    event = registration.event
    back = home_of(request, event)
    return {"registration": registration, "event": event, "form": form, "back_url": back}
