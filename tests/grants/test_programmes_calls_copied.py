"""What a copy of a year takes from its calls: the deadlines as they were announced first."""

from datetime import time, timedelta

import pytest

from grants import actions
from grants.models import Call
from grants.relief import actions as relief
from portal.accounts.enums import Role
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import open_call
from tests.support.world import ClockFile

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("at", [None, time(17)])
def test_a_call_that_was_extended_is_copied_with_its_own_deadline(
    on_a_wednesday: ClockFile, at: time | None
) -> None:
    """What everybody got once, in an emergency, is no rule of the next year."""
    by, year = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA)), open_call().menu.programme
    call = Call.objects.filter(menu__programme=year).latest("closes_at")
    Call.objects.filter(pk=call.pk).update(closes_time=at)
    call.refresh_from_db()
    Call.objects.filter(pk=call.pk).update(closes_at=call.deadline.closes_at)
    call.refresh_from_db()
    own = call.deadline.effective
    on_a_wednesday.set(own)
    for days in (7, 14):
        relief.extend_call(
            by=by, call=call, closes_on=call.closes_on + timedelta(days=days), reason="大雨のため"
        )
        call.refresh_from_db()
    actions.copy_programme(by=by, programme=year, fiscal_year=2027)
    copied = Call.objects.get(
        menu__programme__fiscal_year=2027, menu__number=call.menu.number, title=call.title
    )
    assert (copied.closes_on, copied.closes_time) == (own.replace(year=own.year + 1), at)
