"""People and appointments for tests, written as rows: nearly every test needs some, and the database holds their rules.

What the actions do besides (checks, mails, history) is tests/accounts' own matter.
"""

from datetime import date
from typing import Any

import factory
from allauth.account.models import EmailAddress

from portal.accounts.enums import AgeGroup
from portal.accounts.models import Appointment, User
from portal.areas.models import Section
from portal.kernel import clock
from portal.kernel.actors import JobActor, UserActor
from tests.support.factories import RowFactory, email

from .areas import area

BY = JobActor("tests")
LONG_AGO = date(2020, 4, 1)


class UserFactory(RowFactory):
    """A grown-up whose address is confirmed. `verified=False`: created, but no code entered yet."""

    class Meta:
        model = User

    email = factory.LazyFunction(email)
    name = factory.Sequence(lambda n: f"試験 {n}")
    age_group = AgeGroup.ADULT
    verified = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        verified, day = kwargs.pop("verified"), clock.today_jst()
        user = User(adult_confirmed_on=day if kwargs["age_group"] == AgeGroup.ADULT else None, **kwargs)
        user.set_unusable_password()
        user.save(force_insert=True)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        return user


def appointment(
    user: User,
    role: str,
    area_code: str | None = None,
    *,
    section: Section | None = None,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
    acting: bool = False,
) -> Appointment:
    """An appointment with a term, whoever held the place before."""
    place = area(area_code) if area_code else None
    term: dict[str, Any] = {"section": section, "starts_on": starts_on, "ends_on": ends_on, "acting": acting}
    row = Appointment(user=user, role=role, area=place, area_kind=place.kind if place else "", **term)
    row.save(force_insert=True)
    return row


def officer(role: str, area_code: str | None = None, *, user: User | None = None, **term: Any) -> User:
    """A fresh person (or `user`) who holds `role`."""
    user = user or UserFactory()
    appointment(user, role, area_code, **term)
    return user


def actor(user: User) -> UserActor:
    """The person acting, without a session: the second factor counts as given."""
    return UserActor(user)
