"""Two at once: one address, one term, one last chief."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client, override_settings

from portal.accounts import actions
from portal.accounts.enums import Role
from portal.accounts.models import Appointment, User
from portal.kernel import clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import BY, UserFactory, appointment
from tests.factories.areas import area
from tests.support.factories import email
from tests.support.threads import race

from .steps import CONFIRM, sign_up

pytestmark = pytest.mark.usefixtures("world")


def test_two_people_signing_up_with_one_address_see_the_same_and_make_one_account() -> None:
    address = email("twice")
    with override_settings(ENTRANCE_SECONDS=0):
        outcomes = race(*[lambda: sign_up(Client(), address) for _ in range(2)])
    assert [(o.value.status_code, o.value["Location"]) for o in outcomes] == [(303, CONFIRM)] * 2
    assert User.objects.filter(email=address).count() == 1
    templates = OutboxMessage.objects.filter(to_address=address).values_list("template", flat=True)
    assert sorted(templates) == [
        "accounts/mail/account_already_exists",
        "accounts/mail/email_confirmation_signup",
    ]


def test_two_officers_giving_the_same_post_make_one_term() -> None:
    person, place = UserFactory(), area("151050")

    def give() -> Appointment:
        return actions.appoint(
            by=BY, user=person, role=Role.WARD_OFFICER, area=place, starts_on=date(2026, 4, 1)
        )

    outcomes = race(give, give, give)
    assert sum(outcome.ok for outcome in outcomes) == 1
    assert all(isinstance(o.error, ValidationError | IntegrityError) for o in outcomes if not o.ok)
    assert Appointment.objects.filter(user=person).count() == 1


def test_two_chiefs_ending_at_once_leave_one() -> None:
    place = area("465356")
    chiefs = [appointment(UserFactory(), Role.MUNICIPAL_CHIEF, place.pk) for _ in range(2)]
    day = clock.today_jst() + timedelta(days=1)

    def end(row: Appointment) -> Appointment:
        return actions.end_appointment(by=BY, appointment=row, ends_on=day)

    outcomes = race(lambda: end(chiefs[0]), lambda: end(chiefs[1]))
    assert sum(outcome.ok for outcome in outcomes) == 1
    assert [type(o.error) for o in outcomes if not o.ok] == [Refusal]
    assert Appointment.objects.filter(area=place, ends_on__isnull=True).count() == 1
