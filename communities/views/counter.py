"""The counter of an event, for its staff and organisers: who comes, who reads needs, whom to call, papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel import clock, paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from ..actions import counter as acts
from ..actions import readers as reader_acts
from ..actions.checkin import print_list
from ..actions.extras import receive_party
from ..calculations import purpose_of
from ..calculations.extras import purpose_with
from ..forms.counter import CallForm, ReaderForm
from ..forms.extras import ReceivePartyForm
from ..forms.filters import ListFilter
from ..models import Event, Registration
from ..papers import counter as papers_counter
from ..queries import counter as reads
from ..queries import events as event_reads
from ..queries.asks import asked_of
from ..queries.readers import possible_readers
from ..rules import READERS
from .event_links import home_of
from .requests import may, posted, require, visible_event

RIGHTS = ("read_registrants", "read_needs", "name_readers", "receive_registration", "check_in")


def counter_event(request: HttpRequest, pk: UUID, permission: str = "communities.run_event") -> Event:
    """The event whose counter this is; 404 for strangers to a draft, 403 with the reason for who has no part in it."""
    event = visible_event(request, pk)
    require(request, permission, event)
    return event


def frame(request: HttpRequest, event: Event, **more: Any) -> dict[str, Any]:
    """The staff see their desk around the page, organisers the public frame; and where the way back leads."""
    staff = event.area_id in request.scope.areas(*READERS)  # type: ignore[attr-defined]
    return {
        "event": event, "layout": "layouts/desk.html" if staff else "layouts/public.html", "back_url": home_of(request, event),
        "wrap": "stack stack--l" if staff else "page main stack stack--l", "is_early": clock.now() < event.door_opens_at,
        "has_begun": event.has_begun(clock.now()), **more,
    }  # fmt: skip


def party_of(request: HttpRequest, event: Event, pk: UUID) -> Registration:
    """A party of this event that this person may see or has typed in; 404 otherwise."""
    rows = event.registrations.select_related(*reads.PARTY_PAGE_WITH)
    party: Registration = get_object_or_404(rows, pk=pk)
    party.event = event
    require(request, "communities.print_slip", party)
    return party


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_counter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is to be done around this event's registrations; its buttons note who was told by telephone."""
    event = counter_event(request, pk)
    form = CallForm(*posted(request), once=request)
    if form.acts(acts.note_call, by=request.actor, event=event):  # type: ignore[attr-defined]
        messages.success(request, f"{form.result.registration.name}さんに知らせたことを記録しました。")
        return see_other("communities:event_counter", event.pk)
    context = {**counter_context(request, event), "form": form}
    return private(render(request, "communities/counter/event_counter.html", context, status=form.status))


def counter_context(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What the counter's page shows to this person: figures to all who run it, names and needs to those who may."""
    scope, chosen = request.scope, ListFilter.of(request)  # type: ignore[attr-defined]
    rights = {f"may_{name}": may(request, f"communities.{name}", event) for name in RIGHTS}
    parties = reads.counter_list(event, scope, chosen.words)
    return frame(
        request, event, chosen=chosen, door=reads.door_of(event), door_open=reads.door_is_open(event), **rights,
        readers=[(label, user.name if user else "(決まっていません)")
                 for label, user in (("1人目", event.needs_officer), ("2人目", event.needs_deputy))],
        page=paging.keyset(request, parties, order=("position",), per_page=50) if rights["may_read_registrants"] else None,
        needs=list(event_reads.needs_of(event)[:100]) if rights["may_read_needs"] else [],
        calls=list(reads.open_calls(event)[:50]) if rights["may_receive_registration"] else [],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def counter_readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the two who read what people need to take part."""
    event = counter_event(request, pk, "communities.name_readers")
    initial = {"officer": event.needs_officer_id, "deputy": event.needs_deputy_id}
    form = ReaderForm(*posted(request), people=possible_readers(event), initial=initial, once=request)
    if form.acts(reader_acts.name_readers, by=request.actor, event=event):  # type: ignore[attr-defined]
        messages.success(request, "読む人を決めました。本人にメールで知らせます。")
        return see_other("communities:event_counter", event.pk)
    context = frame(request, event, form=form)
    return render(request, "communities/counter/readers.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def counter_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """代理受付: type a party in for people who came, called or wrote."""
    event = counter_event(request, pk, "communities.receive_registration")
    at_door = request.GET.get("channel") == "door" or (
        reads.door_is_open(event) and bool(event_reads.why_no_entry(event))
    )
    channel = "door" if at_door else "counter"
    asked = asked_of(event)
    form = ReceivePartyForm(
        *posted(request), event=event, asked=asked, initial={"channel": channel}, once=request
    )
    if form.acts(receive_party, by=request.actor, event=event):  # type: ignore[attr-defined]
        messages.success(request, f"受け付けました。受付番号は{form.result.position}です。")
        return see_other("communities:counter_party", event.pk, form.result.pk)
    context = frame(
        request,
        event,
        form=form,
        purpose=purpose_with(purpose_of(event), asked),
        why_not=event_reads.why_no_entry(event),
    )
    return private(render(request, "communities/counter/receive.html", context, status=form.status))


@require_safe
@signed_in
def counter_slip(request: HttpRequest, pk: UUID, registration_pk: UUID) -> HttpResponse:
    """受付票 as a PDF, A5 or (larger print) A4."""
    party = party_of(request, visible_event(request, pk), registration_pk)
    size = "a4" if request.GET.get("size") == "a4" else "a5"
    place = event_reads.place_in_queue(party) if party.state == "waiting" else (0, 0)
    return _paper(papers_counter.slip(party, size=size, place=place), f"uketsuke-{party.position}.pdf")


@require_safe
@signed_in
def counter_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """当日の名簿 as a PDF, for those who may read names now; that it was printed is kept."""
    event = counter_event(request, pk, "communities.read_registrants")
    print_list(by=request.actor, event=event)  # type: ignore[attr-defined]
    parties = list(reads.counter_list(event, request.scope).order_by("position")[:2000])  # type: ignore[attr-defined]
    with_phone = may(request, "communities.receive_registration", event)
    return _paper(papers_counter.door_list(event, parties, with_phone=with_phone), "meibo.pdf")


def _paper(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return private(response)
