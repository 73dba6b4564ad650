"""Two at once about one file's money, with real threads: asked for, ordered, paid, collected once; losers are told why."""

from collections.abc import Callable
from typing import Any

import pytest

from grants import actions as grants
from grants.advances.actions import deciding, requesting
from grants.models import Advance, Application, Payment
from grants.settlement import queries as settlement
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor
from tests.factories.advances import PLAN, allowing, granted
from tests.factories.grants import Town, open_call
from tests.factories.settlement import accountant
from tests.support.threads import Outcome, race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


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


def one_won(outcomes: list[Outcome]) -> Any:
    """One did it, the others were told why not. Returns what the one made."""
    lost = [outcome for outcome in outcomes if not outcome.ok]
    assert len(lost) == len(outcomes) - 1, outcomes
    assert all(isinstance(outcome.error, Refusal) and str(outcome.error) for outcome in lost), outcomes
    return next(outcome.value for outcome in outcomes if outcome.ok)


def times(call: Callable[[], Any], count: int = 3) -> Any:
    return one_won(race(*[call] * count))


def test_an_advance_is_asked_for_ordered_and_paid_once(town: Town) -> None:
    case = allowing(town)
    values = {"amount_yen": 300_000, "reason": "毎月の支払い。", "plan": PLAN}
    advance = times(lambda: requesting.request_advance(by=town.chief, application=fresh(case), **values))
    granted(town, advance)
    payment = times(
        lambda: deciding.order_advance(by=town.prefecture, advance=Advance.objects.get(pk=advance.pk))
    )
    tills = [actor(accountant()) for _ in range(3)]

    def enter(by: Any) -> Callable[[], Any]:
        row = Payment.objects.select_related("authority__area").get(pk=payment.pk)
        return lambda: grants.enter_payment(by=by, payment=row, paid_on=row.ordered_on)

    one_won(race(*[enter(by) for by in tills]))
    assert settlement.balance_of(case).advanced_yen == 300_000
