"""Menu ③ from a change to the closed file, and money that was paid too much and comes back."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from grants.models import Application, Payment, Reclaim
from portal.kernel import clock as kernel_clock
from portal.kernel.fiscal import next_business_day, previous_business_day
from tests.factories.recovery import paid
from tests.journeys.grant_steps import PHONE, WIDE, attaches, charged_to, papers, records
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.world import ClockFile, World

pytestmark = pytest.mark.world(demo=True)
DECIDED = "子どもの居場所を地域で開く事業"  # 鹿児島市, decided on the day of the first start: 129,000円
INSPECTED = "通学路の見守りを続けるしくみ"  # 鹿屋市: 50,000円 decided, 40,000円 to be settled


def test_from_a_change_to_the_closed_file(
    demo: World, people: People, clock: ClockFile, tmp_path: Path
) -> None:
    """Changed, reported with 決算 and evidence, inspected, settled, invoiced, paid, closed; every paper is there."""
    case = Application.objects.get(title=DECIDED)
    day = kernel_clock.today_jst() + timedelta(days=1)
    clock.set(day)
    _asks_for_a_change(people, case)
    clock.set(day := day + timedelta(days=1))
    _approves_the_change(people, case, day, tmp_path)
    clock.set(day := max(day, case.ends_on or day) + timedelta(days=1))
    _reports(people, case, tmp_path)
    clock.set(day := day + timedelta(days=2))
    _inspects_and_settles(people, case, day, tmp_path)
    clock.set(day := next_business_day(day + timedelta(days=1)))
    _is_paid(people, case, day)
    found = papers(people, "pref-officer-2", [case], tmp_path)
    assert set(found) >= {
        "grants.change_request", "grants.change_approval", "grants.result", "grants.inspection", "grants.settlement",
        "grants.invoice",
    }  # fmt: skip
    Visitor(people, PHONE, "muni-kagoshima").go(case.get_absolute_url()).reads(
        "この申請は完了しました", "139,000円"
    )


def _asks_for_a_change(people: People, case: Application) -> None:
    officer = Visitor(people, WIDE, "muni-kagoshima").go("/staff/").go(case.get_absolute_url())
    officer.press("変更の承認を申請する").press("変更を書く")
    officer.fill({"reason": "参加する集落が増えたため。", "e-0-actual": "160,000", "asked_yen": "149,000"})
    officer.press("保存する").reads("149,000円", "配分の変更")
    Visitor(people, WIDE, "chief-kagoshima").go(f"{case.get_absolute_url()}change/").press("変更を申請する")


def _approves_the_change(people: People, case: Application, day: date, folder: Path) -> None:
    officer = Visitor(people, WIDE, "pref-officer-2").go("/staff/").go(case.get_staff_url())
    officer.reads("変更の申請が届いています").press("変更に答える").reads("129,000円", "149,000円")
    officer.fill(charged_to(case)).press("承認を起案する")
    records(officer, day, "地共第921号", folder)
    case.refresh_from_db()
    assert (case.state, case.decided_yen) == ("decided", 149_000)


def _reports(people: People, case: Application, folder: Path) -> None:
    """The first line came to 20,000 yen less; on the phone, as from a meeting."""
    officer = Visitor(people, PHONE, "muni-kagoshima").go(case.get_absolute_url())
    officer.press("実績報告を開く").press("実績を書く")
    lines = {f"e-{at}-actual": str(line.amount_yen) for at, line in enumerate(case.expenses.all())}
    incomes = {f"i-{at}-actual": str(row.amount_yen) for at, row in enumerate(case.incomes.all())}
    officer.fill(
        {
            **lines, **incomes, "e-0-actual": "140,000", "completed_on": (case.ends_on or date.min).isoformat(),
            "content": "話しあいを6回開いた。", "outcome": "手伝いを使ったのは43世帯。", "claimed_yen": "139,000",
        }
    ).press("保存する").reads("決算から計算した額", "139,000円")  # fmt: skip
    attaches(officer, folder, "領収書.pdf", {"title": "領収書の写し"})
    chief = Visitor(people, PHONE, "chief-kagoshima").go(f"{case.get_absolute_url()}result/")
    chief.press("実績を報告する").reads("実績報告済み")


def _inspects_and_settles(people: People, case: Application, day: date, folder: Path) -> None:
    officer = Visitor(people, WIDE, "pref-officer-2").go(case.get_staff_url()).press("検査する")
    verdicts = {f"verdict_{row['key']}": "fit" for row in case.menu.result_checklist}
    officer.fill({**verdicts, "inspected_on": day.isoformat(), "method": "書面(鹿児島地域振興局)"})
    officer.press("検査を終える").reads("認めた補助対象経費", "139,000円").press("額の確定を起案する")
    records(officer, day, "地共第922号", folder)
    case.refresh_from_db()
    assert (case.state, case.settled_yen) == ("settled", 139_000)


def _is_paid(people: People, case: Application, day: date) -> None:
    chief = Visitor(people, PHONE, "chief-kagoshima").go(case.get_absolute_url()).press("請求書を出す")
    chief.reads("確定額", "139,000円").press("請求書を出す").reads("を請求しました")
    officer = Visitor(people, WIDE, "pref-officer-2").go(case.get_staff_url()).press("支出命令を出す")
    officer.press("支出命令を出す")
    accountant = Visitor(people, WIDE, "pref-accountant").go("/staff/grants/payments/")
    payment = Payment.objects.get(case_id=case.pk)
    accountant.press(payment.title).fill({"paid_on": day.isoformat()}).press("支払いを記録する")
    officer.go(case.get_staff_url()).reads("残額がありません").press("完了にする").press("完了にする")
    case.refresh_from_db()
    assert case.state == "closed"


def test_what_was_paid_too_much_comes_back(
    demo: World, people: People, clock: ClockFile, tmp_path: Path
) -> None:
    """More was paid than is settled: 納入通知, seen on the phone, collected by the accountant, the file closed."""
    case = Application.objects.get(title=INSPECTED)
    today = kernel_clock.today_jst()
    paid(case, 50_000, on=previous_business_day(today), kind="advance")
    clock.set(day := today + timedelta(days=1))
    officer = Visitor(people, WIDE, "pref-officer").go("/staff/").go(case.get_staff_url()).press("起案する")
    officer.press("額の確定を起案する")
    records(officer, day, "地共第931号", tmp_path)
    due_on = next_business_day(day + timedelta(days=20))
    officer.go(case.get_staff_url()).reads("10,000円の返還を求めます").press("納入通知を出す")
    officer.fill({"due_on": due_on.isoformat()}).press("納入通知を出す")
    town = Visitor(people, PHONE, "muni-kanoya").go("/staff/").go(case.get_absolute_url())
    town.reads("補助金10,000円を返還します").press("納入通知を見る").reads("10,000円", "納期限")
    clock.set(day := next_business_day(day + timedelta(days=5)))
    reclaim = Reclaim.objects.get(application=case)
    accountant = Visitor(people, WIDE, "pref-accountant").go("/staff/").go(reclaim.get_absolute_url())
    accountant.fill({"collected_on": day.isoformat()}).press("納入を記録する").reads("納入された日")
    officer.go(case.get_staff_url()).press("完了にする").press("完了にする")
    case.refresh_from_db()
    assert (case.state, case.settled_yen) == ("closed", 40_000)
    found = papers(people, "pref-officer", [case, reclaim], tmp_path)
    assert set(found) >= {"grants.settlement", "grants.reclaim"}
