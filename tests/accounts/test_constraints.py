"""Each constraint of people and appointments refuses one violating row, and says why in Japanese."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.accounts.enums import ROLE_KINDS, Role
from portal.accounts.models import Appointment, User
from portal.areas.enums import AreaKind
from portal.areas.models import Area
from tests.factories.accounts import UserFactory, appointment
from tests.factories.areas import area

pytestmark = pytest.mark.django_db
START = date(2026, 4, 1)


def _row(role: str = Role.WARD_OFFICER, code: str | None = "151050", **values: Any) -> Appointment:
    place = area(code) if code else None
    values = {"user": UserFactory(), "starts_on": START, "area_kind": place.kind if place else "", **values}
    return Appointment(role=role, area=place, **values)


def _overlap() -> Appointment:
    person = UserFactory()
    appointment(person, Role.WARD_OFFICER, "151050", starts_on=START, ends_on=date(2027, 3, 31))
    return _row(user=person, starts_on=date(2027, 3, 31))


def _upper_case() -> User:
    return User(email="A@example.test", name="試験", age_group="teen", password="!")


def _adult_without_day() -> User:
    return User(email="b@example.test", name="試験", age_group="adult", password="!")


CASES: list[tuple[Callable[[], Any], str, str]] = [
    (_upper_case, "user_email_lower_case", "小文字"),
    (_adult_without_day, "user_adult_iff_confirmed", "18歳以上の人だけ"),
    (lambda: _row(Role.WARD_OFFICER, "460001"), "appointment_role_fits_area", "選んだ地域には置けません"),
    (
        lambda: _row(Role.SYSTEM_ADMIN, "460001", area_kind=""),
        "appointment_area_iff_kind",
        "そろって持ちます",
    ),
    (lambda: _row(ends_on=date(2026, 3, 31)), "appointment_ends_after_start", "始まる日より前"),
    (_overlap, "appointment_terms_do_not_overlap", "期間が重なる"),
]


@pytest.mark.parametrize(("make", "constraint", "message"), CASES, ids=[case[1] for case in CASES])
def test_constraint_refuses_the_row_in_the_form_and_in_the_database(
    make: Callable[[], Any], constraint: str, message: str
) -> None:
    row = make()
    # No range can be compared whose end lies before its start: there the model's own clean() speaks first.
    ask = row.full_clean if constraint == "appointment_ends_after_start" else row.validate_constraints
    with pytest.raises(ValidationError, match=message):
        ask()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_every_constraint_has_its_case() -> None:
    named = {constraint.name for model in (User, Appointment) for constraint in model._meta.constraints}
    assert named == {case[1] for case in CASES}


def test_the_kind_beside_the_area_is_the_areas_own() -> None:
    row = _row(Role.WARD_OFFICER, "460001", area_kind=AreaKind.WARD)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="appointment_area_kind_is_the_areas"), transaction.atomic():
        row.save()


def test_every_role_is_held_at_its_kinds_and_nowhere_else() -> None:
    places = {kind: Area.objects.filter(kind=kind).first() for kind in AreaKind}
    for role in Role:
        fits = {kind for kind, place in places.items() if _fits(role, place)}
        assert fits == ROLE_KINDS[role], role
        assert _fits(role, None) is (role == Role.SYSTEM_ADMIN)


def _fits(role: str, place: Area | None) -> bool:
    row = Appointment(role=role, area=place, starts_on=START, user=User())
    row.area_kind = place.kind if place else ""
    try:
        constraint = next(c for c in Appointment._meta.constraints if c.name == "appointment_role_fits_area")
        constraint.validate(Appointment, row)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(date(2027, 4, 1), None), (date(2025, 4, 1), date(2026, 3, 31))]
)
def test_terms_that_only_touch_are_fine(starts_on: date, ends_on: date | None) -> None:
    person = UserFactory()
    appointment(person, Role.WARD_OFFICER, "151050", starts_on=START, ends_on=date(2027, 3, 31))
    row = _row(user=person, starts_on=starts_on, ends_on=ends_on)
    row.full_clean()
    row.save()
    assert person.appointments.count() == 2


def test_the_same_role_in_another_ward_or_for_another_person_is_fine() -> None:
    first = appointment(UserFactory(), Role.WARD_OFFICER, "151050", starts_on=START)
    appointment(first.user, Role.WARD_OFFICER, "151017", starts_on=START)
    appointment(UserFactory(), Role.WARD_OFFICER, "151050", starts_on=START)
    assert Appointment.objects.filter(role=Role.WARD_OFFICER, starts_on=START).count() == 3


def test_two_people_cannot_share_an_address_whatever_its_case() -> None:
    person = UserFactory()
    twin = User(email=person.email.upper().lower(), name="別人", age_group="teen", password="!")
    with pytest.raises(ValidationError, match="メールアドレス"):
        twin.validate_unique()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    assert User.objects.get_by_natural_key(person.email.upper()) == person
