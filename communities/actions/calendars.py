"""A person's own calendar: opened, given a new address, closed.

c = open_calendar(by=resident)
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.kernel import audit
from portal.kernel.actors import Actor

from ..models import PersonalCalendar
from ..saving import change, locked, user_of


@transaction.atomic
def open_calendar(*, by: Actor) -> PersonalCalendar:
    """Give the person an address for their calendar. Open already: the same address. Raises PermissionDenied."""
    calendar, created = PersonalCalendar.objects.get_or_create(user=_person(by))
    if not created and not locked(calendar).is_open:
        change(calendar, {"is_open": True})
        created = True
    if created:
        audit.record("communities.personalcalendar.opened", by=by, target=calendar, data={})
    return calendar


@transaction.atomic
def renew_calendar(*, by: Actor) -> PersonalCalendar:
    """A new address; the one before ends at once. Raises PermissionDenied."""
    calendar = locked(open_calendar(by=by))
    change(calendar, {"token_version": calendar.token_version + 1})
    audit.record("communities.personalcalendar.renewed", by=by, target=calendar, data={})
    return calendar


@transaction.atomic
def close_calendar(*, by: Actor) -> PersonalCalendar:
    """End the address; a calendar opened later has another. Closed already: nothing happens. Raises PermissionDenied."""
    calendar, _ = PersonalCalendar.objects.get_or_create(user=_person(by))
    if locked(calendar).is_open:
        change(calendar, {"is_open": False, "token_version": calendar.token_version + 1})
        audit.record("communities.personalcalendar.closed", by=by, target=calendar, data={})
    return calendar


def _person(by: Actor) -> User:
    user = user_of(by)
    if user is None:
        raise PermissionDenied("自分のカレンダーをつくるには、ログインしてください。")
    return user


def change_calendar(*, by: Actor, step: str) -> PersonalCalendar:
    """The step that a button names: open, renew or close. Raises KeyError for another, and what the step raises."""
    return {"open": open_calendar, "renew": renew_calendar, "close": close_calendar}[step](by=by)
