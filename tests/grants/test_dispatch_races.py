"""Menu ① with real threads: one time of an advisor, the last visit of a town, and one answer, whoever comes first."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from grants import actions
from grants.dispatch.enums import DispatchState, VisitState
from grants.models import Approval, Dispatch, Menu, Visit
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.deciding import record
from tests.factories.dispatch import FIRST, Adviser, accepted, menu, proposed, requested
from tests.factories.grants import Town
from tests.support.threads import race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    menu()
    made = Town()
    assert made.officer
    assert made.chief
    assert made.prefecture
    return made


def test_two_officers_want_the_same_time_and_one_gets_it(town: Town) -> None:
    adviser = Adviser(town)
    assert adviser.row
    cases = [requested(town), requested(town)]

    def ask(pk: object) -> Dispatch:
        return actions.propose_advisor(
            by=town.prefecture, dispatch=Dispatch.objects.get(pk=pk), advisor=adviser.row, visits_count=1,
            starts_at=FIRST, ends_at=FIRST + timedelta(hours=2),
        )  # fmt: skip

    outcomes = race(lambda: ask(cases[0].pk), lambda: ask(cases[1].pk))
    assert sorted(outcome.ok for outcome in outcomes) == [False, True], outcomes
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok), outcomes
    assert Visit.objects.filter(advisor=adviser.row).exclude(state=VisitState.CANCELLED).count() == 1


def test_the_last_visit_of_a_town_is_given_once(town: Town) -> None:
    Menu.objects.filter(pk=menu().pk).update(visits_max=2)
    people = [Adviser(town), Adviser(town)]
    cases = [requested(town), requested(town)]
    assert all(one.row for one in people)

    def ask(number: int) -> Dispatch:
        return actions.propose_advisor(
            by=town.prefecture, dispatch=Dispatch.objects.get(pk=cases[number].pk), advisor=people[number].row,
            visits_count=2, starts_at=FIRST, ends_at=FIRST + timedelta(hours=2),
        )  # fmt: skip

    outcomes = race(lambda: ask(0), lambda: ask(1))
    Menu.objects.filter(pk=menu().pk).update(visits_max=None)
    assert sorted(outcome.ok for outcome in outcomes) == [False, True], outcomes
    assert "のこり0回" in next(str(outcome.error) for outcome in outcomes if not outcome.ok)


def test_an_advisor_accepts_and_declines_at_once_and_one_of_both_is_true(town: Town) -> None:
    adviser = Adviser(town)
    made = proposed(town, adviser, starts_at=FIRST + timedelta(days=2))
    outcomes = race(
        lambda: actions.accept_dispatch(by=adviser.actor, dispatch=Dispatch.objects.get(pk=made.pk)),
        lambda: actions.decline_dispatch(
            by=adviser.actor, dispatch=Dispatch.objects.get(pk=made.pk), note="無理です。"
        ),
    )
    assert sum(outcome.ok for outcome in outcomes) == 1, outcomes
    stored = Dispatch.objects.get(pk=made.pk)
    kept = stored.visits.exclude(state=VisitState.CANCELLED).exists()
    assert kept == (stored.state == DispatchState.ACCEPTED)


def test_a_town_takes_back_while_the_office_asks_and_no_time_stays_kept(town: Town) -> None:
    adviser, made = Adviser(town), requested(town)
    assert adviser.row
    start = FIRST + timedelta(days=4)

    def ask() -> Dispatch:
        return actions.propose_advisor(
            by=town.prefecture, dispatch=Dispatch.objects.get(pk=made.pk), advisor=adviser.row, visits_count=1,
            starts_at=start, ends_at=start + timedelta(hours=2),
        )  # fmt: skip

    outcomes = race(
        ask,
        lambda: actions.withdraw_dispatch(
            by=town.chief, dispatch=Dispatch.objects.get(pk=made.pk), note="やめます。"
        ),
    )
    assert outcomes[1].ok, outcomes
    assert isinstance(outcomes[0].error, Refusal | None), outcomes
    stored = Dispatch.objects.get(pk=made.pk)
    assert stored.state == DispatchState.WITHDRAWN
    assert (stored.advisor is not None) == outcomes[0].ok
    assert not stored.visits.exclude(state=VisitState.CANCELLED).exists()


def test_two_officers_record_the_decision_and_one_letter_goes_out(town: Town) -> None:
    adviser = Adviser(town)
    approval = actions.draft_dispatch_decision(
        by=town.prefecture, dispatch=accepted(town, adviser, starts_at=FIRST + timedelta(days=6))
    )
    values = [record(town.prefecture, commitment_number="") for _ in range(2)]
    outcomes = race(*(partial(_decide, town, approval.pk, each) for each in values))
    assert sorted(outcome.ok for outcome in outcomes) == [False, True], outcomes
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok), outcomes
    papers = Document.objects.filter(object_id=approval.dispatch_id, kind="grants.dispatch_decision")
    assert papers.count() == 1


def _decide(town: Town, pk: UUID, values: dict[str, Any]) -> Approval:
    return actions.record_approval(by=town.prefecture, approval=Approval.objects.get(pk=pk), **values)


def test_of_four_begun_at_once_where_one_is_allowed_one_begins(town: Town) -> None:
    row = menu()
    Menu.objects.filter(pk=row.pk).update(live_max=1)
    row.refresh_from_db()
    start = partial(actions.start_dispatch, by=town.officer, menu=row, municipality=town.area, title="同時")
    try:
        outcomes = race(*[start] * 4)
    finally:
        Menu.objects.filter(pk=row.pk).update(live_max=None)
    assert [each.ok for each in outcomes].count(True) == 1
    assert all(
        isinstance(each.error, Refusal) and "「同時」(下書き)" in str(each.error)
        for each in outcomes
        if not each.ok
    )
    assert Dispatch.objects.filter(municipality=town.area).count() == 1
