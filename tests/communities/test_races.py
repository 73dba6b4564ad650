"""Two at once, on a real database: every pair of actions that wants the same scarce thing."""

from datetime import date

import pytest

from communities import actions
from communities.models import (
    Collaboration,
    CollaborationYear,
    EventSeats,
    Membership,
    Organisation,
    Registration,
)
from portal.kernel import clock
from portal.kernel.actors import TokenActor
from portal.kernel.models import AuditEntry, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area, authority
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")


def seats(event):
    row = EventSeats.objects.get(event=event)
    return (row.confirmed_count, row.waiting_count, row.last_position)


def test_eight_parties_race_for_three_seats():
    event = make.event(capacity=3)
    outcomes = race(*[lambda: make.registration(event) for _ in range(8)])
    assert all(outcome.ok for outcome in outcomes)
    parties = Registration.objects.filter(event=event).order_by("position")
    assert [party.position for party in parties] == list(range(1, 9))
    assert [party.state for party in parties] == ["confirmed"] * 3 + ["waiting"] * 5
    assert seats(event) == (3, 5, 8)
    keys = [f"registered:{party.pk}:{party.state}" for party in parties]
    assert OutboxMessage.objects.filter(key__in=keys).count() == 8


def test_parties_of_two_and_three_never_pass_the_capacity():
    event = make.event(capacity=7)
    sizes = [2, 3, 2, 3, 2, 3]
    race(*[lambda size=size: make.registration(event, party_size=size) for size in sizes])
    taken = sum(
        Registration.objects.filter(event=event, state="confirmed").values_list("party_size", flat=True)
    )
    assert taken <= 7
    assert seats(event)[0] == taken


def test_the_same_address_registers_once():
    event = make.event()
    outcomes = race(*[lambda: make.registration(event, email="once@example.jp") for _ in range(4)])
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)
    assert seats(event) == (1, 0, 1)


def test_cancelling_twice_gives_the_seats_back_once():
    event = make.event(capacity=5)
    party = make.registration(event, party_size=2)
    by = TokenActor("registration", f"registration:{party.pk}")
    calls = [
        lambda: actions.cancel_registration(by=by, registration=Registration.objects.get(pk=party.pk))
        for _ in range(3)
    ]
    outcomes = race(*calls)
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert seats(event) == (0, 0, 1)


def test_registering_and_cancelling_at_once_keeps_the_count():
    event = make.event(capacity=4)
    parties = [make.registration(event) for _ in range(4)]
    calls = []
    for party in parties:
        by = TokenActor("registration", f"registration:{party.pk}")
        calls.append(
            lambda by=by, pk=party.pk: actions.cancel_registration(
                by=by, registration=Registration.objects.get(pk=pk)
            )
        )
        calls.append(lambda: make.registration(event))
    assert all(outcome.ok for outcome in race(*calls))
    rows = Registration.objects.filter(event=event)
    assert seats(event)[0] == rows.filter(state="confirmed").count() <= 4
    assert seats(event)[1] == rows.filter(state="waiting").count()


def test_a_registration_while_the_event_is_called_off_is_refused_or_told():
    for _ in range(4):
        event = make.event()
        officer = make.ward_officer()
        first, second = race(
            lambda event=event: make.registration(event),
            lambda event=event, officer=officer: actions.cancel_event(by=officer, event=event, note="大雨"),
        )
        assert second.ok
        if not first.ok:
            assert isinstance(first.error, Refusal)
            assert not Registration.objects.filter(event=event).exists()


def test_joining_twice_at_once_makes_one_membership():
    where, who = make.community(), make.person()
    outcomes = race(*[lambda: actions.join_community(by=make.fresh(who), community=where) for _ in range(4)])
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)
    assert Membership.objects.filter(community=where).count() == 1


def test_accepting_and_declining_at_once_ends_one_way():
    where, who = make.community(join_policy="approval"), make.person()
    row = actions.join_community(by=who, community=where)
    one, other = make.ward_officer(), make.ward_officer()
    outcomes = race(
        lambda: actions.accept_member(by=one, membership=Membership.objects.get(pk=row.pk)),
        lambda: actions.decline_member(by=other, membership=Membership.objects.get(pk=row.pk), note="満員"),
    )
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    entries = AuditEntry.objects.filter(
        target_id=str(row.pk), event__in=["communities.membership.accept", "communities.membership.decline"]
    )
    assert entries.count() == 1


def test_publishing_twice_at_once_publishes_once():
    row, one, other = make.community(publish=False), make.ward_officer(), make.ward_officer()
    calls = [
        lambda by=by: actions.publish_community(by=by, community=type(row).objects.get(pk=row.pk))
        for by in (one, other)
    ]
    assert [outcome.ok for outcome in race(*calls)].count(True) == 1
    assert (
        AuditEntry.objects.filter(target_id=str(row.pk), event="communities.community.publish").count() == 1
    )


def test_two_communities_of_one_reading_get_two_addresses_or_one_is_asked_again():
    officers = [make.ward_officer() for _ in range(4)]
    calls = [lambda by=by: make.community(by=by, kana="オナジヨミ") for by in officers]
    outcomes = race(*calls)
    slugs = [outcome.value.slug for outcome in outcomes if outcome.ok]
    assert len(slugs) == len(set(slugs)) >= 1
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)


def test_an_organisation_named_twice_at_once_is_one_row():
    officers = [make.ward_officer() for _ in range(4)]
    calls = [
        lambda by=by: actions.find_or_register_organisation(
            by=by, name="同時高校", kind="school", area=area(AKIHA)
        )
        for by in officers
    ]
    outcomes = race(*calls)
    assert all(outcome.ok for outcome in outcomes)
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    assert Organisation.objects.filter(name="同時高校").count() == 1


def test_the_same_collaboration_recorded_twice_at_once_is_one_record():
    of = make.initiative()
    officers = [make.ward_officer() for _ in range(3)]
    outcomes = race(
        *[lambda by=by: make.collaboration(of, by=by, organisation_name="ふたば小") for by in officers]
    )
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)
    assert Collaboration.objects.filter(initiative=of).count() == 1


def test_counting_and_closing_the_year_wait_for_each_other():
    with clock.at(date(2026, 4, 20)):
        row = make.collaboration(started_on=date(2026, 2, 1))
        actions.ward_confirm_collaboration(by=make.ward_officer(), collaboration=row)
    city, other, government = make.city_officer(), make.city_officer(), authority("151009")
    first, second = race(
        lambda: actions.count_collaboration(by=city, collaboration=Collaboration.objects.get(pk=row.pk)),
        lambda: actions.lock_year(by=other, authority=government, fiscal_year=2025),
    )
    assert second.ok
    counted = Collaboration.objects.get(pk=row.pk)
    locked = CollaborationYear.objects.get(authority=government, fiscal_year=2025).locked_at
    if first.ok:
        assert counted.counted_at is not None
    else:
        assert (counted.state, type(first.error)) == ("ward_confirmed", Refusal)
    assert locked is not None


def test_two_officers_confirm_one_record_once():
    row, one, other = make.collaboration(), make.ward_officer(), make.ward_officer()
    calls = [
        lambda by=by: actions.ward_confirm_collaboration(
            by=by, collaboration=Collaboration.objects.get(pk=row.pk)
        )
        for by in (one, other)
    ]
    assert [outcome.ok for outcome in race(*calls)].count(True) == 1


@pytest.mark.parametrize("size", [4])
def test_editing_the_capacity_while_people_register_never_breaks_the_rule(size):
    event, officer = make.event(capacity=10), make.ward_officer()
    race(
        *[lambda: make.registration(event) for _ in range(6)],
        lambda: actions.edit_event(by=officer, event=type(event).objects.get(pk=event.pk), capacity=size),
    )
    row = EventSeats.objects.get(event=event)
    assert row.confirmed_count <= row.capacity
    assert row.capacity in (10, size)
