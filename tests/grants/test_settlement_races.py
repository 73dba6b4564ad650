"""Officers drafting, changing and settling for one municipality at once, with real threads: the cap holds exactly."""

from collections.abc import Callable
from typing import Any

import pytest

from grants import actions
from grants.models import Application, BudgetLine, CapUse, Commitment
from grants.settlement.actions import answering, paying
from portal.kernel.refusals import Refusal
from tests.factories.deciding import asking, decided, line_of, open_approval, record, reviewing
from tests.factories.grants import Town, open_call
from tests.factories.settlement import DONE, changing, inspected, reported, settling_case
from tests.support.threads import Outcome, race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")
SHARE = 300_000


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    made = Town()
    assert made.officer
    assert made.chief
    assert made.prefecture
    return made


def fresh(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)


def told(outcomes: list[Outcome]) -> list[Outcome]:
    """The losers, each of whom got a Refusal with words."""
    lost = [outcome for outcome in outcomes if not outcome.ok]
    assert all(isinstance(outcome.error, Refusal) and str(outcome.error) for outcome in lost), outcomes
    return lost


def used(town: Town) -> int:
    return sum(CapUse.objects.filter(account__municipality=town.area).values_list("amount_yen", flat=True))


def drafting(town: Town, case: Application, line: BudgetLine) -> Callable[[], Any]:
    return lambda: actions.draft_decision(
        by=town.prefecture, application=fresh(case), amount_yen=SHARE, line=BudgetLine.objects.get(pk=line.pk)
    )


def approving(town: Town, case: Application, line: BudgetLine) -> Callable[[], Any]:
    return lambda: answering.draft_approval(
        by=town.prefecture, application=fresh(case), line=BudgetLine.objects.get(pk=line.pk)
    )


def test_drafting_changing_and_settling_at_once_never_pass_the_cap(town: Town, world: World) -> None:
    """Two files of 300,000 stand; one asks for 300,000 more, one settles, two more are drafted: 1,000,000 holds."""
    rows = [asking(town, 2 * SHARE) for _ in range(4)]
    first, second = (decided(town, reviewing(town, row), amount_yen=SHARE) for row in rows[:2])
    others = [reviewing(town, row) for row in rows[2:]]
    line = line_of(town, first.menu)
    changing(town, first, more_yen=2 * SHARE, asked_yen=2 * SHARE)
    world.clock.set(DONE)
    settling_case(town, inspected(town, reported(town, second, less_yen=200_000, claimed_yen=200_000)))
    values = record(town.prefecture, document_number="第9号", commitment_number="")
    outcomes = race(
        approving(town, first, line),
        lambda: actions.record_approval(by=town.prefecture, approval=open_approval(fresh(second)), **values),
        *[drafting(town, case, line) for case in others],
    )
    told(outcomes)
    assert outcomes[1].ok, outcomes
    assert fresh(second).settled_yen == 200_000
    uses = {use.application_id: use for use in CapUse.objects.filter(account__municipality=town.area)}
    assert uses[second.pk].amount_yen == 200_000
    assert used(town) <= 1_000_000
    lost = [outcome for outcome in (outcomes[0], *outcomes[2:]) if not outcome.ok]
    assert 1 <= len(lost) <= 2, outcomes
    live = Commitment.objects.filter(approval__application__municipality=town.area, released_at__isnull=True)
    assert sum(live.values_list("amount_yen", flat=True)) == used(town)


def test_one_change_is_answered_once(town: Town) -> None:
    case = decided(town, reviewing(town, asking(town, 2 * SHARE)), amount_yen=SHARE)
    line = line_of(town, case.menu)
    changing(town, case, more_yen=200_000, asked_yen=400_000)
    refusing = [
        lambda: answering.draft_refusal(by=town.prefecture, application=fresh(case), reason="余裕がない。")
        for _ in range(2)
    ]
    assert len(told(race(approving(town, case, line), approving(town, case, line), *refusing))) == 3
    assert case.approvals.filter(state="drafted").count() == 1
    assert used(town) in {SHARE, 400_000}


def test_a_file_is_ordered_once_however_many_officers_press(town: Town, world: World) -> None:
    case = decided(town, reviewing(town, asking(town, 2 * SHARE)), amount_yen=SHARE)
    world.clock.set(DONE)
    settling_case(town, inspected(town, reported(town, case)))
    values = record(town.prefecture, document_number="第8号", commitment_number="")
    actions.record_approval(by=town.prefecture, approval=open_approval(case), **values)
    invoices = race(*[lambda: paying.send_invoice(by=town.chief, application=fresh(case)) for _ in range(3)])
    assert len(told(invoices)) == 2
    orders = race(
        *[lambda: paying.order_grant(by=town.prefecture, application=fresh(case)) for _ in range(3)]
    )
    assert len(told(orders)) == 2
