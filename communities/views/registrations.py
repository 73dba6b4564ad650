"""The page of one party, opened by the link in its mail. Never indexed, cached or named to another site."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.areas.site import set_authority
from portal.kernel import clock
from portal.kernel.actors import TokenActor
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import actions, queries, workflow
from ..enums import LIVE_REGISTRATIONS, RegistrationState
from ..forms.communities import StepForm
from ..forms.seats import PartyForm
from ..models import Registration
from ..papers import counter as papers_counter
from ..queries.asks import EXTRAS_WITH, extras_in_words
from ..seats import offers
from .requests import may, posted, row_of_link

SHOWN_WITH = tuple(
    f"event__{name}"
    for name in ("seats", "area__parent", "host_community", "host_platform", "host_authority")
)
ANSWERED = {
    "accept": "参加が決まりました。当日お待ちしています。",
    "decline": "ご案内を辞退しました。席は、次の方にご案内します。",
    "cancel": "申込みを取り消しました。お知らせいただき、ありがとうございました。",
}


@require_http_methods(["GET", "POST"])
@keeps_form
def registration_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Seat, offer or place in the queue and why; answering, giving it back."""
    registration = by_token(token)
    set_authority(request, registration.event.area)
    actor = holder_of(registration)
    steps = [step for step in workflow.REGISTRATION.available(registration, actor) if step.name in ANSWERED]
    form = StepForm(*posted(request), steps=steps, names=ANSWERED, once=request)
    if form.acts(actions.answer_registration, by=actor, registration=registration):
        messages.success(request, ANSWERED[form.data["step"]])
        return private(see_other("communities:registration_detail", token))
    context = {"form": form, "token": token, **party_context(request, registration)}
    return private(render(request, "communities/registration_detail.html", context, status=form.status))


@require_http_methods(["GET", "POST"])
@keeps_form
def registration_party(request: HttpRequest, token: str) -> HttpResponse:
    """Come with fewer people."""
    registration = by_token(token)
    set_authority(request, registration.event.area)
    form = PartyForm(*posted(request), registration=registration, once=request)
    if form.acts(actions.reduce_party, by=holder_of(registration), registration=registration):
        messages.success(request, f"人数を{registration.party_size}人に変えました。")
        return private(see_other("communities:registration_detail", token))
    context = {"registration": registration, "event": registration.event, "form": form, "token": token}
    return private(render(request, "communities/registration_party.html", context, status=form.status))


def by_token(token: str) -> Registration:
    """The registration a link stands for; 404 for a link that is forged, or ended by a newer one."""
    rows = Registration.objects.select_related(*SHOWN_WITH, *EXTRAS_WITH, "need")
    return row_of_link(rows, "registration", token)


def holder_of(registration: Registration) -> TokenActor:
    """Whoever opened the link of this party."""
    return TokenActor("registration", f"registration:{registration.pk}")


def _why_waiting(registration: Registration) -> str:
    lacks = queries.lacks_childcare(registration)
    return offers.why_waiting(
        queries.seating_of(registration.event, lacks_childcare=lacks), registration.party_size
    )


def party_context(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """What the page of a party says. One query more for those who wait."""
    event, now = registration.event, clock.now()
    waiting = registration.state == RegistrationState.WAITING
    place, parties = queries.place_in_queue(registration) if waiting else (0, 0)
    live = registration.state in LIVE_REGISTRATIONS
    return {
        "notice": queries.notice_shown(event), "knows_way_in": queries.knows_way_in(event, registration),
        "registration": registration, "event": event, "place": place, "parties": parties,
        "why": _why_waiting(registration) if waiting else "",
        "need": getattr(registration, "need", None), "is_live": live,
        "extras": extras_in_words(registration, registration.answers.select_related("question").order_by("question__place")),
        "qr": papers_counter.code_of(registration), "at_counter": may(request, "communities.check_in", event),
        "offer_stands": registration.offer_ends_at is not None and now < registration.offer_ends_at,
        "may_cancel": live and not event.has_begun(now),
    }  # fmt: skip
