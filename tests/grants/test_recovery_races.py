"""Two at once: money is asked back once and entered once; a revocation and a second draft of it do not pass each other."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from grants.models import Application, CapUse, Reclaim
from grants.recovery.actions import reclaiming, revoking
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor
from tests.factories.deciding import decided, reviewing
from tests.factories.grants import Town, open_call
from tests.factories.recovery import accountant, paid, revoked
from tests.support.threads import Outcome, race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")
DUE = date(2026, 12, 15)


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


def one_won(outcomes: list[Outcome]) -> None:
    """One did it, the others were told why not."""
    lost = [outcome for outcome in outcomes if not outcome.ok]
    assert len(lost) == len(outcomes) - 1, outcomes
    assert all(isinstance(outcome.error, Refusal) and str(outcome.error) for outcome in lost), outcomes


def at_once(call: Callable[[], Any], times: int = 4) -> list[Outcome]:
    return race(*[call] * times)


def test_drafted_asked_and_entered_at_once_each_happens_once(town: Town) -> None:
    case = decided(town, reviewing(town))
    paid(case)
    one_won(
        at_once(
            lambda: revoking.draft_revocation(by=town.prefecture, application=fresh(case), reason="目的の外")
        )
    )
    case.approvals.filter(state="drafted").update(state="dropped", dropped_at=case.created_at)
    case = revoked(town, fresh(case))
    assert not CapUse.objects.filter(application=case).exists()
    one_won(
        at_once(lambda: reclaiming.order_reclaim(by=town.prefecture, application=fresh(case), due_on=DUE))
    )
    reclaim, by = Reclaim.objects.get(application=case), actor(accountant())
    assert Document.objects.filter(object_id=reclaim.pk).count() == 1

    def collect(amount_yen: int | None = None) -> Reclaim:
        row = Reclaim.objects.select_related("application__menu__programme__authority").get(pk=reclaim.pk)
        return reclaiming.collect_reclaim(
            by=by, reclaim=row, collected_on=date(2026, 11, 25), amount_yen=amount_yen
        )

    one_won(at_once(lambda: collect(300_000)))
    one_won(at_once(collect))
    assert sorted(reclaim.repayments.values_list("principal_yen", flat=True)) == [200_000, 300_000]
    reclaim.refresh_from_db()
    assert (reclaim.state, reclaim.amount_yen) == ("collected", 500_000)
