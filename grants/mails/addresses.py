"""To whom a municipality's and an office's mail goes today."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock

from ..rules import MUNICIPAL


def town(area: str) -> list[str]:
    """Officers and chiefs of the municipality."""
    return _of(Appointment.objects.filter(area=area, role__in=MUNICIPAL))


def towns(areas: Iterable[str]) -> dict[str, list[str]]:
    """The same of many, by the code of their area. No query for none."""
    return _by("area", area__in=list(areas), role__in=MUNICIPAL)


def office(section: UUID) -> list[str]:
    """Officers of a section of the prefecture."""
    return _of(Appointment.objects.filter(section=section, role=Role.PREFECTURE_OFFICER))


def offices(sections: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The officers of many sections, by section. No query for none."""
    return _by("section", section__in=list(sections), role=Role.PREFECTURE_OFFICER)


def accountants(areas: Iterable[str]) -> dict[str, list[str]]:
    """The accountants of many authorities, by the code of their area. No query for none."""
    return _by("area", area__in=list(areas), role=Role.ACCOUNTANT)


def _by(column: str, **which: Any) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    if not which[f"{column}__in"]:
        return found
    posts = _live(Appointment.objects.filter(**which)).order_by(column, "user__email")
    for place, address in posts.values_list(column, "user__email").distinct():
        found.setdefault(place, []).append(address)
    return found


def _of(posts: Any) -> list[str]:
    return list(_live(posts).order_by("user__email").values_list("user__email", flat=True).distinct())


def _live(posts: Any) -> Any:
    live = Appointment.objects.live(clock.today_jst()).values("pk")
    return posts.filter(pk__in=live, user__is_active=True)
