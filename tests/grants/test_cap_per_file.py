"""A cap counted over one file (「1件あたり」): it holds from the first budget to the last signature, and no file uses another's."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from grants import actions, queries
from grants.actions import ask_needs, capping
from grants.beginning import cap_rule
from grants.calculations import ExpenseRow, Terms, grant
from grants.capped import lock_left, most
from grants.documents import application_snapshot
from grants.enums import ApplicationState, CapScope, UseBasis
from grants.models import Application, CapAccount, CapUse, Menu, NeedsAnswer
from grants.settlement.actions import answering
from grants.settlement.queries import changes
from portal.kernel import clock
from portal.kernel.actors import JobActor
from portal.kernel.refusals import Refusal
from tests.factories.deciding import asking, decided, line_of, open_approval, record, reviewing
from tests.factories.grants import SHARE_YEN, Town, open_call
from tests.factories.settlement import changing

from .pages import text_of
from .test_constraints import change, refuses
from .test_guide_beginning import address

CAP = 500_000
OWN_SHARE = 952_000  # 1,492,000 − 40,000 − 500,000
BY = JobActor("tests")
YEN = some.integers(min_value=0, max_value=10**9)


@pytest.fixture
def menu(town: Town) -> Menu:
    """③ as a year that gives each file at most 500,000 yen."""
    row = open_call().menu
    Menu.objects.filter(pk=row.pk).update(cap_scope=CapScope.CONTRACT, cap_yen=CAP)
    row.refresh_from_db()
    return row


@pytest.fixture
def case(town: Town, menu: Menu) -> Application:
    return reviewing(town, actions.submit(by=town.chief, application=town.ready(share_yen=OWN_SHARE)))


def draft(town: Town, case: Application, amount_yen: int = CAP) -> Application:
    return actions.draft_decision(
        by=town.prefecture, application=case, amount_yen=amount_yen, line=line_of(town, case.menu)
    )


@given(base=YEN, cap=some.integers(min_value=1, max_value=2_000_000), others=some.lists(YEN, max_size=5))
def test_no_other_file_takes_of_it(base: int, cap: int, others: list[int]) -> None:
    """Whatever others were granted, the file gets the share of its base up to the cap, in thousands."""
    row = Menu(share_numerator=1, share_denominator=2, cap_scope=CapScope.CONTRACT, cap_yen=cap)
    file = Application(base_yen=base, grant_yen=base, menu=row)
    state = queries.cap(file)
    assert state is not None
    assert (state.left_yen, state.used_yen, lock_left(file)) == (cap, 0, cap)
    amount = most(file, lock_left(file))
    assert (
        amount == grant(base_yen=base, terms=Terms(share=row.share, cap_left_yen=cap)) <= min(cap, base // 2)
    )
    assert amount % 1000 == 0
    assert [most(Application(base_yen=other, grant_yen=other, menu=row), cap) <= cap for other in others] == [
        True for _ in others
    ]


def test_the_budget_is_capped_and_submitted_only_in_balance(town: Town, menu: Menu, client: Client) -> None:
    file = town.ready(share_yen=SHARE_YEN)
    assert file.grant_yen == CAP
    with pytest.raises(Refusal, match="市町村負担を計算した額\\(952,000円\\)にすると合います"):
        actions.submit(by=town.chief, application=file)
    client.force_login(town.officer_user)
    words = text_of(client.get(file.get_edit_url("budget")))
    assert "1件あたりの上限額になりました。" in words
    assert "1件あたり500,000円まで" in words
    assert "市町村の残りの枠" not in words
    assert f"{town.area.name}の枠" not in words
    file = actions.submit(by=town.chief, application=town.ready(share_yen=OWN_SHARE))
    assert file.grant_yen == CAP
    assert "（上限まで）" in str(application_snapshot(file)["income"])


def test_a_second_file_of_the_town_gets_as_much(town: Town, menu: Menu) -> None:
    cases = [decided(town, draft(town, reviewing(town, asking_capped(town, 1_200_000)))) for _ in range(2)]
    assert [row.decided_yen for row in cases] == [CAP, CAP]
    assert not CapUse.objects.exists()
    assert not CapAccount.objects.exists()


def asking_capped(town: Town, base_yen: int) -> Application:
    """A submitted file with that base under the cap of one file."""
    row = ExpenseRow(setsu=12, description="買い物の試行運行", unit_price_yen=base_yen + 40_000)
    return actions.submit(by=town.chief, application=town.ready(share_yen=base_yen - CAP, expenses=[row]))


def test_above_it_no_decision_is_drafted_or_signed(town: Town, case: Application, client: Client) -> None:
    with pytest.raises(Refusal, match="計算した額"):
        draft(town, case, CAP + 1000)
    client.force_login(town.prefecture_user)
    page = text_of(client.get(case.get_decide_url()))
    assert "1件あたりの上限" in page
    draft(town, case)
    Menu.objects.filter(pk=case.menu_id).update(cap_yen=CAP - 1)
    with pytest.raises(Refusal, match="上限は1件あたり499,999円です。500,000円にはできません") as refused:
        actions.record_approval(by=town.prefecture, approval=open_approval(case), **record(town.prefecture))
    assert refused.value.code == "cap"
    assert Application.objects.get(pk=case.pk).state == ApplicationState.DECIDING


def test_a_change_stays_under_it(town: Town, case: Application) -> None:
    """Here decided lower than the cap; the change may rise to the cap, and no further."""
    case = decided(town, draft(town, case))
    case.refresh_from_db()
    changing(town, case, more_yen=200_000, asked_yen=CAP)
    row = changes.open_change(case)
    assert row is not None
    assert changes.amounts_of(case, row).grant_yen == CAP
    type(row).objects.filter(pk=row.pk).update(asked_yen=CAP + 1000)
    with pytest.raises(Refusal, match="500,000円までです\\(1件あたりの上限500,000円と補助率による\\)"):
        answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))


def test_using_it_asks_no_account(town: Town, case: Application, assert_queries: Any) -> None:
    assert case.menu.file_cap_yen == CAP
    with assert_queries(0):
        assert capping.use_cap(by=BY, application=case, amount_yen=CAP, basis=UseBasis.DECIDED) is None
        assert lock_left(case) == CAP
    with pytest.raises(Refusal, match="上限は1件あたり500,000円"):
        capping.use_cap(by=BY, application=case, amount_yen=CAP + 1, basis=UseBasis.DECIDED)
    with pytest.raises(Refusal, match="市町村ごとの枠がありません"):
        actions.record_outside_use(
            by=town.prefecture, municipality=town.area, menu=case.menu, title="紙の決定", amount_yen=1
        )


def test_the_notice_reaches_as_many_caps_as_projects(town: Town, menu: Menu) -> None:
    assert town.chief
    ask_needs(by=town.prefecture, menu=menu, due_on=clock.today_jst().replace(month=12))
    answer = NeedsAnswer.objects.select_related("survey__menu").get(municipality=town.area)
    items = [actions.needs.Wanted("一", 600_000), actions.needs.Wanted("二", 600_000)]
    actions.save_needs(by=town.officer, answer=answer, revision=answer.revision, items=items)
    actions.send_needs(by=town.chief, answer=answer)
    with pytest.raises(Refusal, match="上限は1件あたり500,000円、合わせて1,000,000円です"):
        actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=1_000_001)
    noticed = actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=900_000)
    with pytest.raises(Refusal, match="合わせて1,000,000円です"):
        actions.agree_above_notice(by=town.prefecture, answer=noticed, agreed_yen=1_000_001, agreed_note="x")


def test_the_guide_says_the_rule_to_everybody(town: Town, menu: Menu, client: Client) -> None:
    assert cap_rule(menu) == "補助金は、1件の申請につき500,000円までです。ほかの申請の額は、引かれません。"
    client.force_login(town.officer_user)
    words = text_of(client.get(address(want="subsidy")))
    assert "1件あたり500,000円" in words
    assert "のうち残り" not in words


@pytest.mark.parametrize(
    ("number", "scope"), [(1, CapScope.CONTRACT), (2, CapScope.MUNICIPALITY), (4, CapScope.MUNICIPALITY)]
)
def test_a_scope_that_no_rule_of_the_menu_reads_is_not_stored(menu: Menu, number: int, scope: str) -> None:
    row = menu.programme.menus.get(number=number)
    refuses("menu_cap_scope_of_table", change(row, cap_scope=scope, cap_yen=1_000_000))


def test_over_a_municipality_nothing_changed(town: Town) -> None:
    """The seed of 令和6年度: 1市町村あたり上限100万円."""
    case = reviewing(town, asking(town, 2_400_000))
    account = CapAccount.objects.get(municipality=town.area)
    assert (account.limit_yen, case.menu.cap_left_label, lock_left(case)) == (
        1_000_000,
        "市町村の残りの枠",
        1_000_000,
    )
