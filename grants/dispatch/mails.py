"""What the sides of a dispatch tell each other: the municipality, the regional office, the advisor. Each mail once."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock, outbox
from portal.kernel.actors import Actor, UserActor

from ..models import Advisor, Approval, Dispatch, Visit, VisitMove
from ..rules import MUNICIPAL


def requested(dispatch: Dispatch) -> None:
    """The office: a request has come, or has come back corrected."""
    _office("dispatch_requested", dispatch, f"requested:{dispatch.version}")


def returned(dispatch: Dispatch, note: str) -> None:
    """The municipality: please correct."""
    _town("dispatch_returned", dispatch, f"returned:{dispatch.version}", note=note)


def proposed(dispatch: Dispatch, visit: Visit) -> None:
    """The advisor: would you go, and is this time right?"""
    _advisor("dispatch_proposed", dispatch, dispatch.advisor, f"proposed:{visit.pk}", visit=visit)


def accepted(dispatch: Dispatch) -> None:
    """The office: the advisor takes it on."""
    _office("dispatch_accepted", dispatch, f"accepted:{_now()}", advisor=dispatch.advisor)


def declined(dispatch: Dispatch, advisor: Advisor | None, note: str) -> None:
    """The office: the advisor does not take it on."""
    _office("dispatch_declined", dispatch, f"declined:{_now()}", advisor=advisor, note=note)


def withdrawn(dispatch: Dispatch, note: str) -> None:
    """The office, and the advisor who was asked: the municipality took it back, and why."""
    _office("dispatch_withdrawn", dispatch, "withdrawn", note=note)
    _advisor("dispatch_withdrawn", dispatch, dispatch.advisor, "withdrawn", note=note)


def decided(dispatch: Dispatch) -> None:
    """The municipality and the advisor: it is decided."""
    _town("dispatch_decided", dispatch, "decided")
    _advisor("dispatch_decided", dispatch, dispatch.advisor, "decided")


def refused(dispatch: Dispatch, note: str) -> None:
    """The municipality and the advisor: nobody is sent, and why."""
    _town("dispatch_refused", dispatch, "refused", note=note)
    _advisor("dispatch_refused", dispatch, dispatch.advisor, "refused", note=note)


def sent_back(dispatch: Dispatch, approval: Approval, note: str) -> None:
    """The office: the draft came back, and why."""
    _office("dispatch_sent_back", dispatch, f"sent_back:{approval.pk}", note=note)


def cancelled(dispatch: Dispatch, note: str) -> None:
    """Everybody, once: it is called off."""
    _town("dispatch_cancelled", dispatch, "cancelled", note=note)
    _advisor("dispatch_cancelled", dispatch, dispatch.advisor, "cancelled", note=note)


def dated(visit: Visit, *, by: Actor) -> None:
    """The other sides: a day is set."""
    _others("visit_dated", visit, f"dated:{visit.pk}", by)


def moved(visit: Visit, move: VisitMove, *, by: Actor) -> None:
    """The other sides: the day was moved, and why."""
    _others("visit_moved", visit, f"moved:{move.pk}", by, move=move)


def called_off(visit: Visit, note: str, *, by: Actor) -> None:
    """The other sides: this visit is called off, and why."""
    _others("visit_called_off", visit, f"called_off:{visit.pk}", by, note=note)


def reported(visit: Visit) -> None:
    """The office: both reports are there."""
    _office("visit_reported", visit.dispatch, f"reported:{visit.pk}", visit=visit)


def _others(mail: str, visit: Visit, once: str, by: Actor, **more: Any) -> None:
    """Municipality, advisor and office, without the one who did it."""
    case = visit.dispatch
    to = {*town_addresses(case), *advisor_addresses(visit.advisor), *office_addresses(case)}
    mine = by.user.email if isinstance(by, UserActor) else ""
    _send(mail, case, sorted(to - {mine}), once, visit.get_absolute_url(), {"visit": visit, **more})


def town_addresses(dispatch: Dispatch) -> Iterable[str]:
    """Officers and chiefs of the municipality today."""
    return _addresses(Appointment.objects.filter(area=dispatch.municipality_id, role__in=MUNICIPAL))


def office_addresses(dispatch: Dispatch) -> Iterable[str]:
    """Officers of the regional office today."""
    return _addresses(Appointment.objects.filter(section=dispatch.office_id, role=Role.PREFECTURE_OFFICER))


def advisor_addresses(advisor: Advisor | None) -> list[str]:
    """The advisor's own address, while the account is in use."""
    user = advisor.user if advisor else None
    return [user.email] if user is not None and user.is_active else []


def _addresses(posts: Any) -> Iterable[str]:
    today = clock.today_jst()
    live = posts.filter(pk__in=Appointment.objects.live(today).values("pk"), user__is_active=True)
    return live.order_by("user__email").values_list("user__email", flat=True).distinct()


def _town(mail: str, dispatch: Dispatch, once: str, **more: Any) -> None:
    _send(mail, dispatch, town_addresses(dispatch), once, dispatch.get_absolute_url(), more)


def _office(mail: str, dispatch: Dispatch, once: str, **more: Any) -> None:
    _send(mail, dispatch, office_addresses(dispatch), once, dispatch.get_staff_url(), more)


def _advisor(mail: str, dispatch: Dispatch, advisor: Advisor | None, once: str, **more: Any) -> None:
    _send(mail, dispatch, advisor_addresses(advisor), once, dispatch.get_advisor_url(), more)


def _send(
    mail: str, dispatch: Dispatch, to: Iterable[str], once: str, path: str, more: dict[str, Any]
) -> None:
    context = {"dispatch": dispatch, "office": dispatch.office, "url": settings.BASE_URL + path, **more}
    for address in to:
        outbox.queue(
            f"grants/mail/{mail}",
            to=address,
            about=dispatch,
            key=f"dispatch:{dispatch.pk}:{once}:{address}",
            context=context,
        )


def _now() -> str:
    return f"{clock.now():%Y%m%d%H%M%S}"
