"""Officers deciding for one municipality at once, with real threads: the cap holds exactly, losers are told, nobody hangs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions
from grants.models import Application, Approval, BudgetLine, CapUse, Commitment, Menu
from portal.accounts.models import User
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import LINE, STEPS, asking, line_of, open_approval, record, reviewing, twins
from tests.factories.grants import Town, open_call
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


def files(town: Town, count: int) -> list[Application]:
    """Files of one municipality in 内容審査, each worth 300,000; the cap of 1,000,000 holds three and a third."""
    return twins(reviewing(town, asking(town, 2 * SHARE)), count)


def drafting(town: Town, case: Application, line: BudgetLine, amount: int = SHARE) -> Callable[[], Any]:
    return lambda: actions.draft_decision(
        by=town.prefecture,
        application=fresh(case),
        amount_yen=amount,
        line=BudgetLine.objects.get(pk=line.pk),
    )


def told(outcomes: list[Outcome]) -> list[Outcome]:
    """The losers, each of whom got a Refusal with words."""
    lost = [outcome for outcome in outcomes if not outcome.ok]
    assert all(isinstance(outcome.error, Refusal) and str(outcome.error) for outcome in lost), outcomes
    return lost


@pytest.mark.parametrize("officers", [2, 10, 50])
def test_drafted_at_once_the_cap_holds_exactly(town: Town, officers: int) -> None:
    cases = files(town, officers)
    line = line_of(town, cases[0].menu)
    lost = told(race(*[drafting(town, case, line) for case in cases]))
    assert len(lost) == max(0, officers - 3)
    assert all("計算した額(100,000円)" in str(outcome.error) for outcome in lost)
    uses = CapUse.objects.filter(account__municipality=town.area).values_list("amount_yen", flat=True)
    assert sum(uses) == SHARE * min(officers, 3)
    planned = Commitment.objects.filter(approval__application__municipality=town.area)
    assert planned.count() == min(officers, 3)


def test_one_file_is_drafted_once(town: Town) -> None:
    case = files(town, 1)[0]
    line = line_of(town, case.menu)
    assert len(told(race(*[drafting(town, case, line) for _ in range(4)]))) == 3
    assert case.approvals.count() == 1


def test_recorded_and_sent_back_at_once_end_in_one_of_the_two(town: Town) -> None:
    case = files(town, 1)[0]
    drafting(town, case, line_of(town, case.menu))()
    approval = open_approval(case)
    values = record(town.prefecture)

    def again() -> Approval:
        return Approval.objects.get(pk=approval.pk)

    outcomes = race(
        lambda: actions.record_approval(by=town.prefecture, approval=again(), **values),
        lambda: actions.send_back_approval(by=town.prefecture, approval=again(), note="積算を直す。"),
        lambda: actions.withdraw(by=town.chief, application=fresh(case), note="やめます。"),
    )
    assert any(outcome.ok for outcome in outcomes), outcomes
    told(outcomes)
    state = fresh(case).state
    used = CapUse.objects.filter(application=case).count()
    live = Commitment.objects.filter(approval__application=case, released_at__isnull=True).count()
    assert (used, live) == ((1, 1) if state == "decided" else (0, 0))


def test_signing_and_drafting_cross_without_a_deadlock(town: Town) -> None:
    """Half of the officers record, half draft; the numbers of the letters have no gap."""
    cases = files(town, 6)
    line = line_of(town, cases[0].menu)
    for case in cases[:3]:
        drafting(town, case, line)()
    papers = [record(town.prefecture, document_number=f"第{n}号") for n in range(3)]
    calls = [
        lambda case=case, values=values: actions.record_approval(
            by=town.prefecture, approval=open_approval(case), **values
        )
        for case, values in zip(cases[:3], papers, strict=True)
    ]
    outcomes = race(*calls, *[drafting(town, case, line) for case in cases[3:]])
    assert all(outcome.ok for outcome in outcomes[:3]), outcomes
    assert len(told(outcomes)) == 3
    numbers = Document.objects.filter(kind="grants.decision").order_by("number")
    assert [row.number for row in numbers] == list(range(1, len(numbers) + 1))


def test_the_budget_line_is_not_passed_by_towns_at_once(town: Town) -> None:
    others = [Town(office=town.office) for _ in range(4)]
    for other in others:
        assert other.prefecture
    cases = [(one, reviewing(one, asking(one, 2 * SHARE))) for one in others]
    menu = cases[0][1].menu
    line = BudgetLine.objects.create(
        programme=menu.programme, **(LINE | {"moku": f"目{town.area.pk}"}), amount_yen=2 * SHARE
    )
    lost = told(race(*[drafting(one, case, line) for one, case in cases]))
    assert len(lost) == 2
    assert all("残りは0円" in str(outcome.error) for outcome in lost)
    assert sum(Commitment.objects.filter(line=line).values_list("amount_yen", flat=True)) == 2 * SHARE


def kept_here(town: Town) -> Approval:
    """A 交付決定 whose 決裁 is kept here: 課長, then 部長."""
    case = files(town, 1)[0]
    Menu.objects.filter(pk=case.menu_id).update(approval="portal", numbering="portal", approval_steps=STEPS)
    drafting(town, case, line_of(town, case.menu))()
    Menu.objects.filter(pk=case.menu_id).update(approval="external", numbering="external", approval_steps=[])
    return open_approval(case)


def signing(user: User, approval: Approval, position: int | None) -> Callable[[], Any]:
    return lambda: actions.sign_approval(
        by=actor(user), approval=Approval.objects.get(pk=approval.pk), position=position
    )


def test_two_sign_one_step_at_once_and_the_later_signs_no_other(town: Town) -> None:
    """Both hold both roles, and both have the first step open; the loser must not sign the second by it."""
    approval = kept_here(town)
    pair = [officer("prefecture_section_chief", KAGOSHIMA) for _ in range(2)]
    for user in pair:
        officer("prefecture_head", KAGOSHIMA, user=user)
    lost = told(race(*[signing(user, approval, 1) for user in pair]))
    assert len(lost) == 1
    assert "さんが押しました" in str(lost[0].error)
    first, second = approval.steps.all()
    assert first.signed_by in pair
    assert second.signed_by is None


def test_one_person_in_two_tabs_signs_once(town: Town) -> None:
    approval = kept_here(town)
    one = officer("prefecture_section_chief", KAGOSHIMA)
    officer("prefecture_head", KAGOSHIMA, user=one)
    outcomes = race(*[signing(one, approval, None) for _ in range(3)])
    lost = [outcome.error for outcome in outcomes if not outcome.ok]
    assert len(lost) == 2
    assert all(isinstance(error, PermissionDenied) and "一人で二つの順" in str(error) for error in lost), (
        outcomes
    )
    assert approval.steps.filter(signed_by=one).count() == 1
    assert Approval.objects.get(pk=approval.pk).state == "drafted"
