"""Scope: each role reaches exactly its areas, ended terms give nothing, and it always costs the same."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import CharField, QuerySet, UUIDField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts import scope
from portal.accounts.enums import ROLE_KINDS, Role
from portal.accounts.models import Appointment, User
from portal.accounts.scope import Scope
from portal.areas.enums import MUNICIPALITIES
from portal.areas.models import Area
from portal.kernel import clock, ports
from portal.kernel.actors import JobActor, UserActor, VisitorActor
from portal.kernel.prepared import prepared
from tests.factories.accounts import UserFactory, actor, appointment, officer
from tests.factories.areas import SectionFactory, authority

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
WARDS = frozenset({"151017", "151025", "151033", "151041", "151050", "151068", "151076", "151084"})
NIIGATA = WARDS | {"151009"}


@pytest.fixture(autouse=True)
def standing_clock():  # type: ignore[no-untyped-def]
    with clock.at(TODAY):
        yield


def kagoshima() -> frozenset[str]:
    towns = Area.objects.municipalities().filter(parent="460001").values_list("code", flat=True)
    return frozenset(towns) | {"460001"}


TABLE: list[tuple[Role, str | None, frozenset[str]]] = [
    (Role.WARD_OFFICER, "151050", frozenset({"151050"})),
    (Role.CITY_OFFICER, "151009", NIIGATA),
    (Role.CITY_CHIEF, "151009", NIIGATA),
    (Role.CITY_FINANCE, "151009", NIIGATA),
    (Role.ACCOUNTANT, "151009", NIIGATA),
    (Role.MUNICIPAL_OFFICER, "462039", frozenset({"462039"})),
    (Role.MUNICIPAL_CHIEF, "462039", frozenset({"462039"})),
    (Role.SECRETARIAT, "462039", frozenset({"462039"})),
    (Role.CONSULTATION_DESK, "151009", NIIGATA),
    (Role.AUDITOR, "151009", NIIGATA),
    (Role.SYSTEM_ADMIN, None, frozenset()),
]


@pytest.mark.parametrize(("role", "code", "reach"), TABLE, ids=[row[0].value for row in TABLE])
def test_role_reaches_exactly_its_areas(role: Role, code: str | None, reach: frozenset[str]) -> None:
    scope = Scope.of(actor(officer(role, code)))
    assert scope.areas(role) == scope.areas() == reach
    assert (scope.has(role), scope.is_staff, scope.roles) == (True, True, {role})
    assert scope.areas(*(set(Role) - {role})) == frozenset()


@pytest.mark.parametrize(
    "role",
    [
        Role.PREFECTURE_OFFICER,
        Role.PREFECTURE_SECTION_CHIEF,
        Role.PREFECTURE_HEAD,
        Role.ACCOUNTANT,
        Role.AUDITOR,
    ],
)
def test_prefecture_roles_reach_the_prefecture_and_its_43_municipalities(role: Role) -> None:
    reach = Scope.of(actor(officer(role, "460001"))).areas(role)
    assert reach == kagoshima()
    assert len(reach) == 44


def test_every_role_stands_in_a_table() -> None:
    prefecture = {Role.PREFECTURE_OFFICER, Role.PREFECTURE_SECTION_CHIEF, Role.PREFECTURE_HEAD}
    assert {row[0] for row in TABLE} | prefecture == set(Role)


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (0, None, True),
        (0, 0, True),
        (-365, 0, True),
        (-365, -1, False),
        (1, None, False),
        (1, 30, False),
        (-1, 1, True),
    ],
)
def test_a_term_counts_on_its_days_and_no_other(starts: int, ends: int | None, counts: bool) -> None:
    ends_on = None if ends is None else TODAY + timedelta(days=ends)
    person = officer(Role.WARD_OFFICER, "151050", starts_on=TODAY + timedelta(days=starts), ends_on=ends_on)
    scope = Scope.of(actor(person))
    assert scope.is_staff is counts
    assert scope.areas() == (frozenset({"151050"}) if counts else frozenset())


def test_a_term_ends_at_midnight_in_japan() -> None:
    person = officer(Role.WARD_OFFICER, "151050", ends_on=date(2027, 3, 31))
    with clock.at(clock.at_jst(date(2027, 3, 31)) + timedelta(hours=23, minutes=59)):
        assert Scope.of(actor(person)).is_staff
    with clock.at(clock.at_jst(date(2027, 4, 1))):
        assert not Scope.of(actor(person)).is_staff


def test_two_posts_add_up_and_the_longest_held_heads_the_desk() -> None:
    person: User = UserFactory()
    office = SectionFactory(authority=authority("460001"))
    appointment(person, Role.WARD_OFFICER, "151050", starts_on=date(2026, 4, 1))
    appointment(
        person, Role.PREFECTURE_OFFICER, "460001", section=office, starts_on=date(2025, 4, 1), acting=True
    )
    scope = Scope.of(actor(person))
    assert scope.areas() == kagoshima() | {"151050"}
    assert scope.areas(Role.WARD_OFFICER) == {"151050"}
    assert scope.sections(Role.PREFECTURE_OFFICER) == scope.sections() == {office.pk}
    assert scope.sections(Role.WARD_OFFICER) == frozenset()
    assert scope.post is not None
    assert (scope.post.area_name, scope.post.section_name) == ("鹿児島県", office.name)
    assert scope.post.role_label == "県担当(職務代理)"


def test_a_ward_officers_post_speaks_for_the_city() -> None:
    post = Scope.of(actor(officer(Role.WARD_OFFICER, "151050"))).post
    assert post is not None
    assert (post.home_code, post.area_slug, post.area_name) == ("151009", "akiha", "秋葉区")


@pytest.mark.parametrize("by", [JobActor("x"), VisitorActor("x")])
def test_only_people_have_a_scope(by, assert_queries) -> None:  # type: ignore[no-untyped-def]
    with assert_queries(0):
        scope = Scope.of(by)
    assert (scope.user_id, scope.is_staff, scope.audience, scope.post) == (None, False, ["public"], None)


# --- standings ------------------------------------------------------------------------------------------------------


def rows_of(kind: str, table: str) -> object:
    """A port's entry over some real table: a SELECT of (kind, ref)."""

    def entry(user_id: UUID) -> "QuerySet[User, tuple[str, UUID]]":
        return User.objects.filter(pk=user_id).values_list(
            Value(kind, output_field=CharField()), Value(UUID(table), output_field=UUIDField())
        )

    return entry


@pytest.fixture
def standings(monkeypatch):  # type: ignore[no-untyped-def]
    """A port of its own for the test: what other apps register is theirs to test."""
    port: ports.Port[ports.Standings] = ports.Port("standings")
    monkeypatch.setattr(ports, "standings", port)
    monkeypatch.setattr(scope, "_standings", prepared(scope._standings.build))
    return port


def test_standings_of_several_apps_come_in_one_query(standings, assert_queries) -> None:  # type: ignore[no-untyped-def]
    person = UserFactory()
    first, second = uuid4(), uuid4()
    standings.register("a", rows_of("member", str(first)))
    standings.register("b", rows_of("member", str(second)))
    standings.register("c", rows_of("organiser", str(second)))
    with assert_queries(2):
        found = Scope.of(actor(person))
    assert found.standing("member") == {first, second}
    assert found.standing("organiser") == {second}
    assert found.standing("reviewer") == frozenset()
    assert found.audience == ["public", *sorted(f"community:{ref}" for ref in (first, second))]


@pytest.mark.parametrize("posts", [0, 1, 8])
def test_scope_costs_the_same_with_no_one_and_many_posts(posts: int, standings, assert_queries) -> None:  # type: ignore[no-untyped-def]
    person = UserFactory()
    standings.register("a", rows_of("member", str(uuid4())))
    for code in sorted(WARDS)[:posts]:
        appointment(person, Role.WARD_OFFICER, code)
    by = actor(person)
    with assert_queries(2):
        assert len(Scope.of(by).areas()) == posts
    with assert_queries(0):
        assert Scope.of(by) is Scope.of(by)


def test_audience_opens_the_areas_of_those_who_work_with_communities() -> None:
    assert Scope.of(actor(officer(Role.WARD_OFFICER, "151050"))).audience == ["public", "area:151050"]
    assert Scope.of(actor(officer(Role.CITY_OFFICER, "151009"))).audience == [
        "public",
        *sorted(f"area:{code}" for code in NIIGATA),
    ]
    for role, code in [
        (Role.CONSULTATION_DESK, "151009"),
        (Role.ACCOUNTANT, "151009"),
        (Role.SYSTEM_ADMIN, None),
        (Role.PREFECTURE_OFFICER, "460001"),
    ]:
        assert Scope.of(actor(officer(role, code))).audience == ["public"], role


# --- the second factor ----------------------------------------------------------------------------------------------


def test_without_the_second_factor_appointments_are_withheld(settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = True
    by = actor(officer(Role.WARD_OFFICER, "151050"))
    by.memo["second_factor"] = False
    scope = Scope.of(by)
    assert (scope.is_staff, scope.areas(), scope.withheld) == (False, frozenset(), {Role.WARD_OFFICER})


def test_with_the_second_factor_they_count(settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = True
    by = actor(officer(Role.WARD_OFFICER, "151050"))
    by.memo["second_factor"] = True
    assert (Scope.of(by).is_staff, Scope.of(by).withheld) == (True, frozenset())


# --- random worlds ---------------------------------------------------------------------------------------------------

PLACES = ["151009", "151050", "151017", "460001", "462039", "465356", "150002"]
terms = st.tuples(
    st.sampled_from(list(Role)),
    st.sampled_from(PLACES),
    st.integers(-400, 400),
    st.one_of(st.none(), st.integers(0, 800)),
)


def expected(term: tuple[Role, str, int, int | None], places: dict[str, Area]) -> frozenset[str]:
    """The rule of interface.md, said a second time without SQL."""
    role, code, start, length = term
    if start > 0 or (length is not None and start + length < 0) or role == Role.SYSTEM_ADMIN:
        return frozenset()
    place = places[code]
    if role in {Role.WARD_OFFICER, Role.MUNICIPAL_OFFICER, Role.MUNICIPAL_CHIEF}:
        return frozenset({code})
    below = {other.pk for other in Area.objects.filter(parent=place)}
    return frozenset({code, *below})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=st.lists(terms, max_size=6))
def test_any_world_gives_the_union_of_what_each_live_term_gives(
    world: list[tuple[Role, str, int, int | None]],
) -> None:
    places = Area.objects.in_bulk(PLACES)
    person, reach, roles = UserFactory(), set(), set()
    for term in world:
        role, code, start, length = term
        place = None if role == Role.SYSTEM_ADMIN else places[code]
        if place is not None and place.kind not in ROLE_KINDS[role]:
            continue
        starts_on = TODAY + timedelta(days=start)
        row = Appointment(
            user=person,
            role=role,
            area=place,
            area_kind=place.kind if place else "",
            starts_on=starts_on,
            ends_on=None if length is None else starts_on + timedelta(days=length),
        )
        overlaps = Appointment.objects.filter(user=person, role=role, area=place).exists()
        if overlaps:
            continue
        row.save()
        reach |= expected(term, places)
        if row.is_live(TODAY):
            roles.add(role)
    with clock.at(TODAY):
        scope = Scope.of(UserActor(person))
    assert scope.areas() == reach
    assert scope.roles == roles
    for role in Role:
        assert scope.has(role) is (role in roles)
        assert scope.areas(role) <= scope.areas()


def test_kinds_of_the_places_used_here_cover_every_kind_of_role() -> None:
    kinds = set(Area.objects.filter(pk__in=PLACES).values_list("kind", flat=True))
    assert kinds & MUNICIPALITIES
    assert {"ward", "prefecture"} <= kinds
