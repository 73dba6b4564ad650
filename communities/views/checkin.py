"""The door: see parties in by number or code, and one party's page with its buttons."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from ..actions import checkin as acts
from ..enums import RegistrationState
from ..forms.counter import CodeForm, PartyStepForm
from ..queries import counter as reads
from ..queries import events as event_reads
from ..queries.asks import extras_in_words
from .counter import counter_event, frame, party_of
from .requests import may, posted, visible_event

DONE = {"come": "受け付けました。", "absent": "欠席と記録しました。", "back": "受付を取り消しました。",
        "accept": "参加が決まりました。", "decline": "ご案内を辞退しました。席は、次の方にご案内します。"}  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def counter_check_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type a number or let the telephone read the code; the page says who was seen in, and how many are here."""
    event = counter_event(request, pk, "communities.check_in")
    form = CodeForm(*posted(request), once=request)
    if form.acts(acts.see_in_by_code, by=request.actor, event=event):  # type: ignore[attr-defined]
        url = see_other("communities:counter_check_in", event.pk).url
        return see_other(f"{url}?seen={form.result.position}")
    number = request.GET.get("seen", "")
    seen = reads.party_by_code(event, number) if number.isdecimal() and not form.is_bound else None
    context = frame(
        request,
        event,
        form=form,
        seen=seen,
        attendance=getattr(seen, "attendance", None),
        door=reads.door_of(event),
    )
    return private(render(request, "communities/counter/check_in.html", context, status=form.status))


@require_safe
@signed_in
def counter_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The figures of the door alone: the page asks for them every ten seconds."""
    event = counter_event(request, pk, "communities.check_in")
    context = {"event": event, "door": reads.door_of(event)}
    return private(render(request, "communities/counter/_door.html", context))


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def counter_party(request: HttpRequest, pk: UUID, registration_pk: UUID) -> HttpResponse:
    """One party: its slip, and what happens to it at the door."""
    event = visible_event(request, pk)
    party = party_of(request, event, registration_pk)
    form = PartyStepForm(*posted(request), party=party, once=request)
    if form.acts(acts.move_party, by=request.actor, registration=party):  # type: ignore[attr-defined]
        messages.success(request, DONE[form.data["step"]])
        return see_other("communities:counter_party", event.pk, party.pk)
    waiting = party.state == RegistrationState.WAITING
    place, parties = event_reads.place_in_queue(party) if waiting else (0, 0)
    answers = party.answers.select_related("question").order_by("question__place")
    context = frame(
        request, event, form=form, party=party, extras=extras_in_words(party, answers), place=place, parties=parties, proxy=getattr(party, "proxy", None),
        attendance=getattr(party, "attendance", None),
        may_check_in=may(request, "communities.check_in", event),
        may_answer=party.state == RegistrationState.OFFERED and may(request, "communities.answer_offer", party),
    )  # fmt: skip
    return private(render(request, "communities/counter/party.html", context, status=form.status))
