"""People and appointments for tests, made by the actions."""

from datetime import date
from typing import Any

import factory
from allauth.account.models import EmailAddress

from portal.accounts import actions
from portal.accounts.enums import CHIEFS, AgeGroup
from portal.accounts.models import Appointment, User
from portal.areas.models import Section
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
        verified = kwargs.pop("verified")
        user = actions.create_user(by=BY, **kwargs)
        EmailAddress.objects.filter(user=user).update(verified=verified)
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
    """An appointment. A chief's with an end is written as a row: no action makes it without a successor."""
    place = area(area_code) if area_code else None
    term: dict[str, Any] = {"section": section, "starts_on": starts_on, "ends_on": ends_on, "acting": acting}
    if role in CHIEFS and ends_on:
        row = Appointment(user=user, role=role, area=place, **term)
        row.full_clean()
        row.save()
        return row
    return actions.appoint(by=BY, user=user, role=role, area=place, **term)


def officer(role: str, area_code: str | None = None, *, user: User | None = None, **term: Any) -> User:
    """A fresh person (or `user`) who holds `role`."""
    user = user or UserFactory()
    appointment(user, role, area_code, **term)
    return user


def actor(user: User) -> UserActor:
    """The person acting, without a session: the second factor counts as given."""
    return UserActor(user)
