"""Giving and ending appointments: who may, what is refused, what is recorded and told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.accounts import actions, queries
from portal.accounts.enums import CHIEFS, GIVEN_BY_CITY_OFFICER, ROLE_KINDS, Role
from portal.accounts.models import Appointment, User
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor, VisitorActor
from portal.kernel.models import AuditEntry
from portal.kernel.refusals import Refusal
from tests.factories.accounts import BY, UserFactory, actor, appointment, officer
from tests.factories.areas import SectionFactory, area, authority

from .mailbox import messages_to, received

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
MARCH = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def standing_clock():  # type: ignore[no-untyped-def]
    with clock.at(TODAY):
        yield


@pytest.fixture
def city() -> Actor:
    return actor(officer(Role.CITY_OFFICER, "151009"))


@pytest.fixture
def admin() -> Actor:
    return actor(officer(Role.SYSTEM_ADMIN))


def give(
    by: Actor, user: User, role: str = Role.WARD_OFFICER, code: str | None = "151050", **term: object
) -> Appointment:
    values = {"starts_on": TODAY, **term}
    return actions.appoint(by=by, user=user, role=role, area=area(code) if code else None, **values)  # type: ignore[arg-type]


def test_appoint_records_and_tells_the_person(city: Actor) -> None:
    person = UserFactory(name="今井 航 & 仲間")
    row = give(city, person, ends_on=MARCH)
    entry = AuditEntry.objects.get(event="accounts.appointment.appointed", target_id=str(row.pk))
    assert entry.actor_ref == city.ref
    assert entry.data == {
        "role": "ward_officer",
        "area": "151050",
        "starts_on": "2026-11-22",
        "ends_on": "2027-03-31",
        "acting": False,
    }
    body = str(received(person.email).body)
    assert "令和8年11月22日から令和9年3月31日まで" in body
    assert "区担当" in body
    assert Scope.of(actor(person)).areas(Role.WARD_OFFICER) == {"151050"}


def test_appoint_person_makes_the_account_of_who_has_none(city: Actor) -> None:
    row = actions.appoint_person(
        by=city,
        email="New@Example.test",
        name="佐藤 新",
        role=Role.WARD_OFFICER,
        area=area("151050"),
        starts_on=TODAY,
    )
    assert (row.user.email, row.user.name, row.user.is_adult) == ("new@example.test", "佐藤 新", True)
    assert [message.template for message in messages_to("new@example.test")] == ["accounts/mail/appointed"]


def test_appoint_person_needs_a_name_for_a_new_account_and_makes_none_when_refused(city: Actor) -> None:
    term = {"role": Role.WARD_OFFICER, "area": area("151050"), "starts_on": TODAY}
    with pytest.raises(Refusal, match="氏名を入力"):
        actions.appoint_person(by=city, email="new@example.test", **term)
    with pytest.raises(PermissionDenied):
        actions.appoint_person(
            by=city, email="new@example.test", name="佐藤", **{**term, "role": Role.CITY_CHIEF}
        )
    assert not User.objects.filter(email="new@example.test").exists()


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ({"code": "151009"}, "選んだ地域には置けません"),
        ({"code": None}, "選んだ地域には置けません"),
        ({"role": Role.SYSTEM_ADMIN}, "選んだ地域には置けません"),
        ({"role": Role.MUNICIPAL_CHIEF, "code": "462039", "ends_on": MARCH}, "決裁者の終わる日は"),
        ({"ends_on": TODAY - timedelta(days=1)}, "始まる日より前"),
    ],
)
def test_appoint_refuses(admin: Actor, term: dict[str, object], message: str) -> None:
    person = UserFactory()
    with pytest.raises(Refusal, match=message):
        give(admin, person, **term)  # type: ignore[arg-type]
    assert not person.appointments.exists()
    assert not messages_to(person.email)


def test_appoint_refuses_a_minor(admin: Actor) -> None:
    with pytest.raises(Refusal, match="18歳以上と確認していない"):
        give(admin, UserFactory(age_group="teen"))


def test_appoint_refuses_an_overlap_and_a_section_of_another_government(admin: Actor) -> None:
    person = UserFactory()
    give(admin, person, ends_on=MARCH)
    with pytest.raises(ValidationError, match="期間が重なる"):
        give(admin, person, starts_on=MARCH)
    with pytest.raises(ValidationError, match="選んだ地域の団体のもの"):
        give(
            admin,
            person,
            Role.PREFECTURE_OFFICER,
            "460001",
            section=SectionFactory(authority=authority("151009")),
        )
    of_the_city = SectionFactory(authority=authority("151009"))
    assert give(admin, person, code="151017", section=of_the_city).section == of_the_city


def test_an_acting_chief_may_have_an_end(admin: Actor) -> None:
    row = give(admin, UserFactory(), Role.MUNICIPAL_CHIEF, "462039", ends_on=MARCH, acting=True)
    assert (row.ends_on, row.acting) == (MARCH, True)


# --- who may --------------------------------------------------------------------------------------------------------


def places_of(role: str) -> list[Area | None]:
    """One place inside Niigata and one outside for a role, as far as its kinds allow."""
    codes = ["151009", "151050", "460001", "462039", "462012"]
    fitting = [area(code) for code in codes if area(code).kind in ROLE_KINDS[role]]
    return fitting or [None]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_hand_out_what(role: Role, city: Actor, admin: Actor) -> None:
    ward = actor(officer(Role.WARD_OFFICER, "151050"))
    resident, nobody = actor(UserFactory()), VisitorActor("x")
    for place in places_of(role):
        row = Appointment(user=UserFactory(), role=role, area=place, starts_on=TODAY)
        inside = place is not None and place.pk in {"151009", "151050"}
        assert permissions.check(admin, "accounts.appoint", row)
        assert bool(permissions.check(city, "accounts.appoint", row)) is (
            inside and role in GIVEN_BY_CITY_OFFICER
        )
        for other in (ward, resident, nobody):
            verdict = permissions.check(other, "accounts.appoint", row)
            assert not verdict
            assert "システム管理者" in verdict.reason


def test_nobody_gives_or_ends_their_own(city: Actor, admin: Actor) -> None:
    for by in (city, admin):
        own = Appointment(user=by.user, role=Role.WARD_OFFICER, area=area("151050"), starts_on=TODAY)  # type: ignore[attr-defined]
        assert not permissions.check(by, "accounts.appoint", own)
        assert not permissions.check(by, "accounts.end_appointment", own)
    assert permissions.check(admin, "accounts.end_appointment", city.user.appointments.get())  # type: ignore[attr-defined]


def test_a_city_officer_does_not_make_their_own_superior() -> None:
    assert not GIVEN_BY_CITY_OFFICER & (
        CHIEFS | {Role.ACCOUNTANT, Role.AUDITOR, Role.CITY_FINANCE, Role.SYSTEM_ADMIN}
    )


def test_only_people_and_jobs_appoint() -> None:
    with pytest.raises(ValidationError):
        give(VisitorActor("x"), UserFactory())


# --- the end --------------------------------------------------------------------------------------------------------


def test_end_appointment_ends_after_that_day_and_tells(city: Actor) -> None:
    person = UserFactory()
    row = give(city, person)
    with clock.at(TODAY + timedelta(days=1)):
        actions.end_appointment(by=city, appointment=row, ends_on=MARCH)
        assert "令和9年3月31日の終わりまで" in str(received(person.email).body)
    entry = AuditEntry.objects.get(event="accounts.appointment.ended")
    assert entry.data == {"ends_on": "2027-03-31", "successor": None}
    with clock.at(MARCH):
        assert Scope.of(actor(person)).is_staff
    with clock.at(MARCH + timedelta(days=1)):
        assert not Scope.of(actor(person)).is_staff


def test_end_appointment_twice_moves_the_day_and_not_the_past(city: Actor) -> None:
    row = give(city, UserFactory())
    actions.end_appointment(by=city, appointment=row, ends_on=MARCH)
    actions.end_appointment(by=city, appointment=row, ends_on=TODAY)
    with clock.at(MARCH), pytest.raises(Refusal, match="すでに終わっています"):
        actions.end_appointment(by=city, appointment=row, ends_on=MARCH)


def test_end_appointment_refuses_a_day_before_its_start(city: Actor) -> None:
    row = give(city, UserFactory())
    with pytest.raises(Refusal, match="始まる日より前"):
        actions.end_appointment(by=city, appointment=row, ends_on=TODAY - timedelta(days=1))


def test_end_appointment_is_not_for_everybody(city: Actor) -> None:
    chief = appointment(UserFactory(), Role.CITY_CHIEF, "151009")
    with pytest.raises(PermissionDenied):
        actions.end_appointment(by=city, appointment=chief, ends_on=MARCH)
    chief.refresh_from_db()
    assert chief.ends_on is None


@pytest.mark.parametrize("role", [*sorted(CHIEFS), Role.SYSTEM_ADMIN])
def test_a_place_that_may_not_stand_empty_waits_for_a_successor(role: str) -> None:
    code = {Role.CITY_CHIEF: "151009", Role.MUNICIPAL_CHIEF: "462039", Role.SYSTEM_ADMIN: None}.get(
        Role(role), "460001"
    )
    row = appointment(UserFactory(), role, code)
    with pytest.raises(Refusal, match="後任か職務代理"):
        actions.end_appointment(by=BY, appointment=row, ends_on=MARCH)
    late = appointment(UserFactory(), role, code, starts_on=MARCH + timedelta(days=2))
    with pytest.raises(Refusal, match="後任か職務代理"):
        actions.end_appointment(by=BY, appointment=row, ends_on=MARCH)
    ready = appointment(UserFactory(), role, code, starts_on=MARCH + timedelta(days=1))
    assert list(queries.possible_successors(row)) == [ready, late]
    actions.end_appointment(by=BY, appointment=row, ends_on=MARCH, successor=ready)
    row.refresh_from_db()
    assert (row.ends_on, row.successor) == (MARCH, ready)


# --- lists ----------------------------------------------------------------------------------------------------------


def test_a_city_officer_sees_the_citys_posts_and_their_own(city: Actor, admin: Actor) -> None:
    ward = appointment(UserFactory(), Role.WARD_OFFICER, "151050")
    elsewhere = appointment(UserFactory(), Role.MUNICIPAL_OFFICER, "462039")
    seen = set(queries.visible_to(Scope.of(city)))
    assert {ward, city.user.appointments.get()} == seen  # type: ignore[attr-defined]
    assert {ward, elsewhere} <= set(queries.visible_to(Scope.of(admin)))
    assert not queries.visible_to(Scope.of(VisitorActor("x"))).exists()
