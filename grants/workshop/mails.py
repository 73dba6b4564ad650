"""What the sides of a workshop tell each other: the 窓口, the regional office, the lecturers. Each mail once."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock, outbox

from ..models import Approval, Workshop
from ..rules import MUNICIPAL
from . import papers
from .enums import Side

LECTURES = "/grants/lectures/"  # where a lecturer reads what one is asked for


def submitted(workshop: Workshop) -> None:
    """The other side: a plan has come, or has come back corrected."""
    to = town_addresses(workshop) if workshop.is_planned_by_office else office_addresses(workshop)
    _send("workshop_submitted", workshop, to, f"submitted:{workshop.version}")


def returned(workshop: Workshop, note: str) -> None:
    """The municipality: please correct."""
    _send("workshop_returned", workshop, town_addresses(workshop), f"returned:{workshop.version}", note=note)


def agreed_first(workshop: Workshop, side: str) -> None:
    """The other side: one has agreed, and what is missing now is you."""
    to = office_addresses(workshop) if side == Side.TOWN else town_addresses(workshop)
    _send("workshop_agreed_first", workshop, to, f"agreed:{side}:{workshop.revision}", side=Side(side).label)


def agreed(workshop: Workshop) -> None:
    """The office: both agreed, the 決裁 can be drafted."""
    _send("workshop_agreed", workshop, office_addresses(workshop), f"agreed:{workshop.agreed_version}")


def decided(workshop: Workshop) -> None:
    """The 窓口, those who take part and the lecturers of the register: it takes place, or takes place differently."""
    to = {*town_addresses(workshop), *joining_addresses(workshop)}
    once = f"decided:{workshop.agreed_version}"
    _send("workshop_decided", workshop, sorted(to), once)
    if workshop.event:
        _send("workshop_lecturer", workshop, lecturer_addresses(workshop), once, path=LECTURES)


def refused(workshop: Workshop, note: str) -> None:
    """The municipality: it does not take place, and why."""
    _send("workshop_refused", workshop, town_addresses(workshop), f"refused:{_now()}", note=note)


def sent_back(workshop: Workshop, approval: Approval, note: str) -> None:
    """The office: the draft came back, and why."""
    _send("workshop_sent_back", workshop, office_addresses(workshop), f"sent_back:{approval.pk}", note=note)


def changed(workshop: Workshop, note: str) -> None:
    """Both sides: it is talked over again, and why."""
    to = {*town_addresses(workshop), *office_addresses(workshop)}
    _send("workshop_changed", workshop, sorted(to), f"changed:{workshop.agreed_version}", note=note)


def cancelled(workshop: Workshop, note: str) -> None:
    """Everybody, once: it is called off."""
    to = {
        *town_addresses(workshop),
        *office_addresses(workshop),
        *joining_addresses(workshop),
    }
    _send("workshop_cancelled", workshop, sorted(to), "cancelled", note=note)
    if workshop.event:
        to = set(lecturer_addresses(workshop))
        _send("workshop_cancelled", workshop, sorted(to), "cancelled", path=LECTURES, note=note)


def reported(workshop: Workshop) -> None:
    """The office: the report is there."""
    _send("workshop_reported", workshop, office_addresses(workshop), "reported")


def town_addresses(workshop: Workshop) -> Iterable[str]:
    """Officers and chiefs of the 窓口 today."""
    return _addresses(Appointment.objects.filter(area=workshop.municipality_id, role__in=MUNICIPAL))


def joining_addresses(workshop: Workshop) -> Iterable[str]:
    """Officers of the municipalities that take part."""
    areas = workshop.participants.values("pk")
    return _addresses(Appointment.objects.filter(area__in=areas, role=Role.MUNICIPAL_OFFICER))


def office_addresses(workshop: Workshop) -> Iterable[str]:
    """Officers of the regional office today."""
    return _addresses(Appointment.objects.filter(section=workshop.office_id, role=Role.PREFECTURE_OFFICER))


def lecturer_addresses(workshop: Workshop) -> Iterable[str]:
    """The lecturers who have an account."""
    rows = workshop.lecturers.filter(user__is_active=True).order_by("user__email")
    return rows.values_list("user__email", flat=True).distinct()


def _addresses(posts: Any) -> Iterable[str]:
    today = clock.today_jst()
    live = posts.filter(pk__in=Appointment.objects.live(today).values("pk"), user__is_active=True)
    return live.order_by("user__email").values_list("user__email", flat=True).distinct()


def _send(
    mail: str, workshop: Workshop, to: Iterable[str], once: str, *, path: str = "", **more: Any
) -> None:
    context = {
        "workshop": workshop,
        "town": workshop.municipality,
        "office": workshop.office,
        "when": papers.when(workshop),
        "url": settings.BASE_URL + (path or workshop.get_absolute_url()),
        **more,
    }
    for address in to:
        outbox.queue(
            f"grants/mail/{mail}",
            to=address,
            about=workshop,
            key=f"workshop:{workshop.pk}:{once}:{address}",
            context=context,
        )


def _now() -> str:
    return f"{clock.now():%Y%m%d%H%M%S}"
