"""Who sees what: lists, single pages and permissions agree, in any world."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import actions, queries
from communities.models import Collaboration, Community, Event, Initiative, Membership, Registration
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock, permissions
from tests.factories import communities as make
from tests.factories.accounts import actor, officer

pytestmark = pytest.mark.django_db

ROLES = [
    (Role.WARD_OFFICER, "151050"), (Role.WARD_OFFICER, "151017"), (Role.CITY_OFFICER, "151009"),
    (Role.CITY_CHIEF, "151009"), (Role.AUDITOR, "151009"), (Role.MUNICIPAL_OFFICER, "462039"),
    (Role.PREFECTURE_OFFICER, "460001"), (Role.CITY_FINANCE, "151009"),
]  # fmt: skip
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def scope(who):
    return Scope.of(make.fresh(who) if hasattr(who, "user") else who)


@pytest.fixture
def people():
    """One of each standing; the organiser's community hosts everything below."""
    where = make.community()
    return {
        "where": where, "organiser": make.organiser(where), "resident": make.person(), "visitor": make.visitor(),
        **{f"{role}@{code}": actor(officer(role, code)) for role, code in ROLES},
    }  # fmt: skip


def sees(query, who, row):
    return query(scope(who)).filter(pk=row.pk).exists()


def test_a_draft_community_is_seen_by_its_area_and_its_organisers_only(people):
    row = make.community(publish=False)
    seen = {
        name
        for name, who in people.items()
        if name != "where" and sees(queries.communities_visible_to, who, row)
    }
    assert seen == {"ward_officer@151050", "city_officer@151009", "city_chief@151009", "auditor@151009"}


def test_a_published_community_is_seen_by_everybody(people):
    names = [name for name in people if name != "where"]
    assert all(sees(queries.communities_visible_to, people[name], people["where"]) for name in names)


def test_a_discarded_draft_is_seen_by_its_area_alone(people):
    row = make.community(publish=False)
    actions.discard_community(by=make.ward_officer(), community=row)
    seen = {
        name
        for name, who in people.items()
        if name != "where" and sees(queries.communities_visible_to, who, row)
    }
    assert seen == {"ward_officer@151050", "city_officer@151009", "city_chief@151009", "auditor@151009"}


def test_a_record_waiting_for_its_check_is_not_public(people):
    row = make.collaboration(make.initiative(people["where"]))
    seen = {
        name
        for name, who in people.items()
        if name != "where" and sees(queries.collaborations_visible_to, who, row)
    }
    assert seen == {
        "organiser",
        "ward_officer@151050",
        "city_officer@151009",
        "city_chief@151009",
        "auditor@151009",
    }
    files = {
        name
        for name, who in people.items()
        if name != "where" and sees(queries.evidence_visible_to, who, row.evidence.get())
    }
    assert files == seen - {"organiser"}


@pytest.mark.parametrize(
    ("collector", "expected"),
    [
        ("city", {"ward_officer@151050", "city_officer@151009"}),
        ("joint", {"ward_officer@151050", "city_officer@151009"}),
        ("community", set()),
    ],
)
def test_names_of_registrants_are_for_who_collects_them(people, collector, expected):
    row = make.registration(make.event(people["where"], collector=collector))
    seen = {
        name
        for name, who in people.items()
        if name != "where" and sees(queries.registrations_visible_to, who, row)
    }
    assert seen == expected


def test_the_organiser_sees_names_from_the_closing_of_entries_until_two_weeks_after(people, clock):
    starts = make.moment(10)
    event = make.event(
        people["where"], starts_at=starts, entries_close_at=starts - timedelta(days=2), collector="community"
    )
    row = make.registration(event)
    windows = [(-3, False), (-2, True), (0, True), (13, True), (14.5, False)]
    for days, expected in windows:
        clock.set((starts + timedelta(days=days, minutes=1)).isoformat())
        assert sees(queries.registrations_visible_to, people["organiser"], row) is expected, days


def test_closing_entries_early_opens_the_names(people):
    event = make.event(people["where"], collector="community")
    row = make.registration(event)
    assert not sees(queries.registrations_visible_to, people["organiser"], row)
    actions.close_entries(by=make.ward_officer(), event=event)
    assert sees(queries.registrations_visible_to, people["organiser"], row)


def test_needs_are_for_the_named_only(people):
    by = people["ward_officer@151050"]
    event = make.event(people["where"], by=by)
    allowed = {
        name for name, who in people.items()
        if name != "where" and permissions.check(make.fresh(who) if hasattr(who, "user") else who, "communities.read_needs", event)
    }  # fmt: skip
    assert allowed == {"ward_officer@151050"}
    Event.objects.filter(pk=event.pk).update(needs_officer=None)
    event.refresh_from_db()
    assert permissions.check(make.ward_officer(), "communities.read_needs", event)
    assert not permissions.check(make.ward_officer("151017"), "communities.read_needs", event)


@pytest.mark.parametrize(("who", "windows"), [
    ("organiser", [(-3, False), (-2, True), (13, True), (14.5, False)]),
    ("ward_officer@151050", [(-3, True), (13, True), (14.5, False)]),
])  # fmt: skip
def test_needs_come_with_a_name_and_are_open_no_longer_than_names(people, clock, who, windows):
    starts = make.moment(10)
    closes = starts - timedelta(days=2)
    event = make.event(people["where"], by=people[who], starts_at=starts, entries_close_at=closes)
    for days, expected in windows:
        clock.set((starts + timedelta(days=days, minutes=1)).isoformat())
        verdict = permissions.check(make.fresh(people[who]), "communities.read_needs", event)
        assert bool(verdict) is expected, days


def test_a_named_officer_who_was_moved_reads_needs_no_more():
    by = make.ward_officer()
    event = make.event(by=by)
    assert permissions.check(by, "communities.read_needs", event)
    post = by.user.appointments.get()
    post.ends_on = make.yesterday()
    post.save(update_fields=["ends_on"])
    assert not permissions.check(make.fresh(by), "communities.read_needs", event)


# --- random worlds -------------------------------------------------------------------------------------------------


@st.composite
def steps(draw):
    """What happens to one event and its community, and when somebody looks."""
    return {
        "collector": draw(st.sampled_from(["city", "community", "joint"])),
        "deadline": draw(st.one_of(st.none(), st.integers(1, 5))),
        "publish": draw(st.booleans()),
        "then": draw(st.sampled_from(["", "close_entries", "hold", "cancel"])),
        "look": draw(st.integers(-12, 30)),
    }


@QUIET
@given(steps())
def test_the_list_of_parties_and_the_permission_to_read_it_agree(plan):
    where = make.community()
    organiser, ward, other = make.organiser(where), make.ward_officer(), make.ward_officer("151017")
    starts = make.moment(10)
    closes = starts - timedelta(days=plan["deadline"]) if plan["deadline"] else None
    event = make.event(where, starts_at=starts, entries_close_at=closes, collector=plan["collector"])
    row = make.registration(event)
    if plan["then"]:
        with clock.at(starts if plan["then"] == "hold" else clock.now()):
            actions.move_event(by=make.ward_officer(), event=event, step=plan["then"], note="理由")
    with clock.at(starts + timedelta(days=plan["look"])):
        for who in (organiser, ward, other, make.city_officer(), make.person(), make.visitor()):
            may = bool(permissions.check(who, "communities.read_registrants", Event.objects.get(pk=event.pk)))
            assert sees(queries.registrations_visible_to, who, row) is may


@QUIET
@given(st.sampled_from(ROLES), st.booleans(), st.booleans())
def test_who_may_do_something_to_a_row_also_sees_it(post, publish, organises):
    """Doing without seeing would be a page that answers 404 to somebody whose button it shows."""
    role, code = post
    who = actor(officer(role, code))
    row = make.community(publish=publish)
    if organises and publish:
        who = make.organiser(row, who)
    doing = ("edit_community", "publish_community", "create_event", "start_initiative")
    if any(permissions.check(who, f"communities.{verb}", row) for verb in doing):
        assert sees(queries.communities_visible_to, who, row)
    if publish:
        work = make.initiative(row)
        record = make.collaboration(work)
        if permissions.check(who, "communities.record_collaboration", record):
            assert sees(queries.collaborations_visible_to, who, record)
        if permissions.check(who, "communities.move_initiative", work):
            assert sees(queries.initiatives_visible_to, who, work)


def test_every_model_with_people_or_drafts_has_its_rule():
    assert set(queries.VISIBLE) >= {
        model._meta.model_name
        for model in (Community, Event, Initiative, Collaboration, Membership, Registration)
    }


def test_memberships_are_ones_own_ones_communitys_and_ones_areas(people):
    row = make.member(people["where"])
    own = {
        name
        for name, who in people.items()
        if name != "where" and sees(queries.memberships_visible_to, who, row)
    }
    assert own == {
        "organiser",
        "ward_officer@151050",
        "city_officer@151009",
        "city_chief@151009",
        "auditor@151009",
    }
    assert queries.memberships_visible_to(Scope(user_id=row.user_id)).filter(pk=row.pk).exists()
