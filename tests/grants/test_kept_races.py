"""Two at once: decisions below one 18節 line, one 処分 drafted twice, a 廃棄 against a new hold."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from grants.models import Application, Discard, Disposal, Hold, SubGrant
from grants.retention import actions as retention
from grants.subgrants import actions, queries
from portal.accounts.enums import Role
from portal.kernel import clock
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.assets import answering_it, asked, closed, listed
from tests.factories.deciding import decided
from tests.factories.grants import Town, open_call
from tests.factories.subgrants import draft, indirect, written
from tests.support.threads import Outcome, race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")
BIG = {"reward": 400_000}


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    made = Town()
    assert made.officer
    assert made.chief
    assert made.prefecture
    return made


def refused(outcomes: list[Outcome]) -> list[str]:
    lost = [outcome for outcome in outcomes if not outcome.ok]
    assert all(isinstance(outcome.error, Refusal) for outcome in lost), outcomes
    return [str(outcome.error) for outcome in lost]


def test_two_decisions_never_pass_the_line_and_a_disposal_is_drafted_once(town: Town) -> None:
    case = indirect(town)
    first = written(town, draft(town, case), amounts=BIG, asked_yen=400_000)
    second = SubGrant.objects.create(
        application=case, platform=Town(office=town.office).platform, title="二つ目", applicant_name="会長", content="する",
        asked_yen=400_000, state="submitted", submitted_at=clock.now(),
    )  # fmt: skip
    actions.submit_subgrant(by=town.officer, subgrant=first)

    def decide(row: SubGrant) -> Callable[[], Any]:
        fresh = SubGrant.objects.select_related("application__menu__programme__authority").get(pk=row.pk)
        return lambda: actions.decide_subgrant(
            by=town.chief, subgrant=fresh, decided_yen=400_000, document_number="1"
        )

    said = refused(race(decide(first), decide(second)))
    assert said == ["18節の残りは200,000円です。"]
    assert queries.used_yen(case) == 400_000
    wish = asked(town, listed(town, case))

    def answer() -> Any:
        return answering_it(town, Disposal.objects.get(pk=wish.pk))

    assert len(refused(race(answer, answer, answer))) == 2
    assert wish.approvals.count() == 1


def test_a_hold_and_an_approval_at_once_leave_one_of_them(town: Town) -> None:
    case = closed(decided(town))
    long_ago = clock.now() - timedelta(days=2400)
    Application.objects.filter(pk=case.pk).update(closed_at=long_ago)
    case.refresh_from_db()
    row = retention.propose_discard(by=town.prefecture, case=case)
    chief = actor(officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA))

    def approve() -> Any:
        return retention.approve_discard(by=chief, discard=Discard.objects.get(pk=row.pk))

    def hold() -> Any:
        fresh = Application.objects.get(pk=case.pk)
        return retention.hold_file(by=town.prefecture, case=fresh, kind="suit", reason="訴えが出た。")

    assert len(refused(race(approve, hold))) == 1
    case.refresh_from_db()
    assert (case.erased_at is None) == Hold.objects.filter(application=case).exists()
