"""The page of one party, opened by the link in its mail. Never indexed, cached or named to another site."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.areas.site import set_authority
from portal.kernel import clock, tokens
from portal.kernel.actors import TokenActor
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import private, see_other

from .. import actions, papers_counter, queries
from ..enums import LIVE_REGISTRATIONS, RegistrationState
from ..models import Registration
from .requests import may, posted

SHOWN_WITH = tuple(
    f"event__{name}"
    for name in ("seats", "area__parent", "host_community", "host_platform", "host_authority")
)


@require_http_methods(["GET", "POST"])
@keeps_form
def registration_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Seat or place in the queue; giving it back."""
    registration = by_token(token)
    set_authority(request, registration.event.area)
    form = ButtonForm(*posted(request), once=request)
    actor = TokenActor("registration", f"registration:{registration.pk}")
    if form.acts(actions.cancel_registration, by=actor, registration=registration):
        messages.success(request, "申込みを取り消しました。お知らせいただき、ありがとうございました。")
        return private(see_other("communities:registration_detail", token))
    waiting = registration.state == RegistrationState.WAITING
    place, parties = queries.place_in_queue(registration) if waiting else (0, 0)
    context = {
        "notice": queries.notice_shown(registration.event), "knows_way_in": queries.knows_way_in(registration.event, registration),
        "registration": registration, "event": registration.event, "form": form, "place": place, "parties": parties,
        "need": getattr(registration, "need", None), "is_live": registration.state in LIVE_REGISTRATIONS,
        "qr": papers_counter.code_of(registration), "at_counter": may(request, "communities.check_in", registration.event),
        "may_cancel": registration.state in LIVE_REGISTRATIONS and not registration.event.has_begun(clock.now()),
    }  # fmt: skip
    return private(render(request, "communities/registration_detail.html", context, status=form.status))


def by_token(token: str) -> Registration:
    """The registration a link stands for; 404 for a link that is forged, or ended by a newer one."""
    try:
        pk, version = tokens.read("registration", token)
    except tokens.BadToken:
        raise Http404 from None
    rows = Registration.objects.select_related(*SHOWN_WITH, "need")
    return get_object_or_404(rows, pk=pk, token_version=version)
