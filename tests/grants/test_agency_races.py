"""A visit is paid in one way, whoever comes first: 精算書 against direct payment, two drafts, two checks at once."""

import pytest

from grants import actions
from grants.agency.actions import statements
from grants.agency.queries import with_statement
from grants.models import AgencyContract, AgencyStatement, Payment, VisitCost
from portal.kernel.refusals import Refusal
from tests.factories.agency import NOVEMBER, agency, reported_visits
from tests.factories.dispatch import Adviser, menu
from tests.factories.grants import Town
from tests.support.threads import Outcome, race
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


def refused(outcomes: list[Outcome]) -> bool:
    return all(outcome.ok or isinstance(outcome.error, Refusal) for outcome in outcomes)


def test_a_statement_and_a_direct_payment_want_one_visit_and_a_check_pays_once(town: Town) -> None:
    [visit] = reported_visits(town, Adviser(town), count=1)
    contract = agency(town)

    def collect() -> AgencyStatement:
        fresh = AgencyContract.objects.get(pk=contract.pk)
        return statements.start_statement(by=town.prefecture, contract=fresh, month=NOVEMBER)

    outcomes = race(
        collect, collect, lambda: actions.order_visit_payment(by=town.prefecture, visit=visit),
        lambda: actions.order_visit_payment(by=town.prefecture, visit=visit),
    )  # fmt: skip
    assert refused(outcomes), outcomes
    assert sum(outcome.ok for outcome in outcomes) == 1, outcomes
    cost = VisitCost.objects.get(visit=visit)
    paid_directly = Payment.objects.filter(case_id=visit.dispatch_id).count()
    assert (cost.statement is None, paid_directly) in {(True, 1), (False, 0)}
    _check_once(town, contract)


def _check_once(town: Town, contract: AgencyContract) -> None:
    """Two officers submit and check the same 精算書: one payment."""
    made = AgencyStatement.objects.filter(contract=contract).first()
    if made is None:
        reported_visits(town, Adviser(town), count=1)
        made = statements.start_statement(by=town.prefecture, contract=contract, month=NOVEMBER)
    statements.write_statement(by=town.prefecture, statement=made, revision=0, travel={}, hand_in=True)

    def check() -> AgencyStatement:
        fresh = with_statement(AgencyStatement.objects.all()).get(pk=made.pk)
        return statements.check_statement(by=town.prefecture, statement=fresh)

    outcomes = race(check, check)
    assert refused(outcomes), outcomes
    assert sum(outcome.ok for outcome in outcomes) == 1, outcomes
    assert Payment.objects.filter(case_id=made.pk).count() == 1
