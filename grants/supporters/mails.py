"""What students, guardians, municipalities and offices tell each other. Each mail once; a guardian's link is secret."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model

from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock, outbox
from portal.kernel.actors import Actor, UserActor

from ..models import Placement, PlacementDay, Supporter, SupportRequest
from ..rules import MUNICIPAL


def consent_asked(supporter: Supporter) -> None:
    """The guardian: please consent, over this link."""
    outbox.queue(
        "grants/supporters/mail/consent_asked",
        to=supporter.guardian_email,
        about=supporter,
        secret=True,
        key=f"supporter:{supporter.pk}:consent:{supporter.token_version}",
        context={"supporter": supporter, "url": settings.BASE_URL + supporter.get_consent_url()},
    )


def registered(supporter: Supporter) -> None:
    """The student: registered."""
    _student("registered", supporter, supporter, "registered")


def refused(supporter: Supporter, note: str) -> None:
    """The student: not registered, and why."""
    _student("refused", supporter, supporter, "refused", note=note)


def asked(request: SupportRequest) -> None:
    """The office: supporters are wanted."""
    _send("asked", request, office_addresses(request), "asked", request.get_absolute_url(), request=request)


def proposed(placement: Placement, days: str) -> None:
    """The student: would you help?"""
    _placed("proposed", placement, "proposed", days=days)


def answered(placement: Placement, *, accepted: bool) -> None:
    """The office: the student's answer; the municipality too when someone comes."""
    to = set(office_addresses(placement.request))
    to |= set(town_addresses(placement.request)) if accepted else set()
    mail = "accepted" if accepted else "declined"
    _send(mail, placement, sorted(to), mail, placement.get_absolute_url(), placement=placement)


def called_off(placement: Placement, note: str, *, by: Actor) -> None:
    """The other sides: it is called off, and why."""
    _others("called_off", placement, "called_off", by, note=note)


def day_dropped(day: PlacementDay, *, by: Actor) -> None:
    """The other sides: one day is called off."""
    _others("day_dropped", day.placement, f"dropped:{day.pk}", by, day=day)


def reported(placement: Placement) -> None:
    """The office: a report has come."""
    to = office_addresses(placement.request)
    _send("reported", placement, to, f"reported:{_now()}", placement.get_absolute_url(), placement=placement)


def sent_back(placement: Placement, note: str) -> None:
    """The student: please mend the report."""
    _placed("sent_back", placement, f"sent_back:{_now()}", note=note)


def confirmed(placement: Placement) -> None:
    """The student: confirmed, the certificate is being made."""
    _placed("confirmed", placement, "confirmed")


def town_addresses(request: SupportRequest) -> Iterable[str]:
    """Officers and chiefs of the receiving municipality today."""
    return _addresses(Appointment.objects.filter(area=request.municipality_id, role__in=MUNICIPAL))


def office_addresses(request: SupportRequest) -> Iterable[str]:
    """Officers of the regional office today."""
    return _addresses(Appointment.objects.filter(section=request.office_id, role=Role.PREFECTURE_OFFICER))


def student_addresses(supporter: Supporter) -> list[str]:
    """The student's own address, while the account is in use."""
    return [supporter.user.email] if supporter.user.is_active else []


def _addresses(posts: Any) -> Iterable[str]:
    live = posts.filter(pk__in=Appointment.objects.live(clock.today_jst()).values("pk"), user__is_active=True)
    return live.order_by("user__email").values_list("user__email", flat=True).distinct()


def _student(mail: str, about: Model, supporter: Supporter, once: str, **more: Any) -> None:
    _send(mail, about, student_addresses(supporter), once, "/grants/supporter/", supporter=supporter, **more)


def _placed(mail: str, placement: Placement, once: str, **more: Any) -> None:
    to = student_addresses(placement.supporter)
    _send(mail, placement, to, once, placement.get_absolute_url(), placement=placement, **more)


def _others(mail: str, placement: Placement, once: str, by: Actor, **more: Any) -> None:
    """Student, office and, once the student took it on, the municipality; without the one who did it."""
    request = placement.request
    to = {*student_addresses(placement.supporter), *office_addresses(request)}
    to |= set(town_addresses(request)) if placement.accepted_at else set()
    mine = by.user.email if isinstance(by, UserActor) else ""
    _send(
        mail, placement, sorted(to - {mine}), once, placement.get_absolute_url(), placement=placement, **more
    )


def _send(mail: str, about: Model, to: Iterable[str], once: str, path: str, **context: Any) -> None:
    for address in to:
        outbox.queue(
            f"grants/supporters/mail/{mail}",
            to=address,
            about=about,
            key=f"{about._meta.model_name}:{about.pk}:{once}:{address}",
            context={**context, "url": settings.BASE_URL + path},
        )


def _now() -> str:
    return f"{clock.now():%Y%m%d%H%M%S}"
