"""Menu ① with real threads: one time of an advisor, the last visit of a town, and one answer, whoever comes first."""

from datetime import timedelta

import pytest

from grants import actions
from grants.dispatch.enums import DispatchState, VisitState
from grants.models import Dispatch, Menu, Visit
from portal.kernel.refusals import Refusal
from tests.factories.dispatch import FIRST, Adviser, menu, proposed, requested
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
