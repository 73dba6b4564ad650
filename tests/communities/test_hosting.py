"""Whose event it is: nobody makes an event in the name of a government they do not work for."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from communities.rules import DECISION
from portal.accounts.enums import Role
from portal.areas.models import Authority
from portal.kernel import clock
from portal.kernel.actors import Actor
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, area

pytestmark = pytest.mark.django_db
KANOYA = "462039"


def create(by: Actor) -> object:
    starts_at = clock.now() + timedelta(days=20)
    return actions.create_event(
        by=by, host=Authority.objects.get(area=KAGOSHIMA), area=area(KANOYA), title="県の研修会", venue="会館",
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), collector="city", capacity=30,
    )  # fmt: skip


def test_a_municipality_makes_no_event_of_its_prefecture() -> None:
    with pytest.raises(PermissionDenied):
        create(actor(officer(Role.MUNICIPAL_OFFICER, KANOYA)))


def test_what_the_prefecture_decided_is_carried_out_there() -> None:
    assert create(DECISION)
