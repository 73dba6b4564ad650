"""Menu ① from the first word of a request to the closed file: corrected, declined, taken on, moved, held, reported, paid."""

from pathlib import Path

import pytest
from django.urls import reverse

from grants.models import Approval, Dispatch, Payment, Visit
from portal.accounts.enums import Role
from tests.factories.accounts import officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import line_of
from tests.factories.dispatch import Adviser, menu
from tests.factories.grants import Town
from tests.support.browser import People
from tests.support.processes import Worker, wait_until
from tests.support.world import World

from .commission import START, at, choose, paper_of, reads_paper
from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")
DESK, PHONE = 1280, 390
WORDS = {
    "subject": "block_grant",
    "issue": "補助金が六つに分かれ、地区の役員の手間になっている。",
    "wishes": "まとめる手順と、地区への説明のしかた。",
    "times": "いつでも。",
    "visits_wanted": "1",
    "manner": "visit",
    "applicant_name": "試験 一郎",
    "own_number": "試地第12号",
}
ASKED = {
    "visits_count": "1",
    "starts_at": "2026-12-10T13:30",
    "ends_at": "2026-12-10T15:30",
    "place": "市役所",
}


def test_from_the_first_word_to_the_closed_file(
    world: World, worker: Worker, people: People, tmp_path: Path
) -> None:
    world.clock.set(START)
    menu()
    town = Town()
    first, second = Adviser(town, {"name": "助言 花子"}), Adviser(town, {"name": "知恵 次郎"})
    assert first.row
    assert second.row
    line = line_of(town, menu())
    clerk = Visitor(people, DESK, user=town.officer_user)
    chief = Visitor(people, DESK, user=town.chief_user)
    desk = Visitor(people, DESK, user=town.prefecture_user)
    phone = Visitor(people, PHONE, user=second.user)
    case = _requested_and_corrected(clerk, chief, desk)
    _declined_by_one_taken_on_by_another(people, desk, phone, case, first, second)
    _decided(desk, case, str(line.pk), tmp_path)
    assert "支出負担行為" in desk.go(reverse("grants:execution_line", args=[line.programme.slug, line.pk])).page.locator("main").inner_text()  # fmt: skip
    visit = _moved_held_and_reported(world, clerk, phone, case)
    payment = _paid_and_closed(world, people, desk, phone, case, visit)
    _papers(clerk, phone, desk, case, visit, payment)


def _requested_and_corrected(clerk: Visitor, chief: Visitor, desk: Visitor) -> Dispatch:
    """Typed, saved by itself, requested by the chief, returned, corrected, requested again."""
    clerk.go("/grants/dispatches/new/").fill({"title": "交付金の制度づくり"}).press("下書きを作る")
    clerk.fill(WORDS)
    saved = clerk.page.locator("#saved")
    wait_until(lambda: "に保存しました" in saved.inner_text(), what="it is saved while one types")
    case = Dispatch.objects.get(title="交付金の制度づくり")
    wait_until(lambda: Dispatch.objects.get(pk=case.pk).own_number == "試地第12号", what="all of it is saved")
    clerk.press("保存する").reads("決裁者の役職を持つ人")
    chief.go(case.get_absolute_url()).press("派遣を申し込む").reads("県がアドバイザーと調整しています")
    desk.go("/staff/").go(case.get_staff_url()).fill({"note": "時期を、月まで書いてください。"})
    desk.press("補正を依頼する").reads("直しています")
    clerk.go(case.get_absolute_url()).reads("時期を、月まで書いてください。")
    clerk.go(case.get_edit_url()).fill({"times": "12月の平日の午後。"}).press("保存する")
    chief.go(case.get_absolute_url()).press("派遣を申し込む")
    desk.go(case.get_staff_url()).reads("2回目の申込み", "12月の平日の午後。")
    return case


def _declined_by_one_taken_on_by_another(
    people: People, desk: Visitor, phone: Visitor, case: Dispatch, first: Adviser, second: Adviser
) -> None:
    desk.go(case.get_staff_url()).fill({"advisor": str(first.row.pk), **ASKED}).press("この内容で打診する")
    other = Visitor(people, PHONE, user=first.user)
    other.go("/grants/advisor/").press("内容を見て返事をする").fill({"note": "その週は県外にいます。"})
    other.press("引き受けないと伝える").reads("返事を待つ打診はありません")
    desk.go(case.get_staff_url()).fill({"advisor": str(second.row.pk), **ASKED}).press("この内容で打診する")
    phone.go("/grants/advisor/").reads("交付金の制度づくり").press("内容を見て返事をする").press("引き受ける")


def _decided(desk: Visitor, case: Dispatch, line: str, folder: Path) -> None:
    """The office's own 決裁 is recorded; the letters go out."""
    desk.go(case.get_staff_url()).fill({"line": line, "amount_yen": "25,000"}).press("この内容で起案する")
    approval = Approval.objects.get(dispatch=case)
    desk.press("決裁の画面を開く").reads("知恵 次郎", "25,000円").fill(
        {
            "record_number": "起-1024", "decided_on": "R8.11.25", "approver_title": "くらし共生協働課長",
            "approver_name": "決裁 花子", "effective_on": "R8.11.25", "document_number": "地共第123号",
            "commitment_number": "負-55",
        }
    )  # fmt: skip
    choose(desk, "paper", folder, "決裁済.pdf").press("記録して決定する")
    approval.refresh_from_db()
    assert (approval.state, approval.commitment.amount_yen) == ("signed", 25_000)


def _moved_held_and_reported(world: World, clerk: Visitor, phone: Visitor, case: Dispatch) -> Visit:
    visit = case.visits.exclude(state="cancelled").get()
    clerk.go(visit.get_absolute_url()).fill(
        {"starts_at": "2026-12-11T10:00", "ends_at": "2026-12-11T12:00", "reason": "議会の日と重なったため"}
    )
    clerk.press("日程を変える").reads("議会の日と重なったため")
    world.clock.set("2026-12-11T13:00:00+09:00")
    clerk.go("/staff/").reads("第1回を報告する")
    clerk.go(visit.get_absolute_url()).press("実施を記録する").fill(
        {"content": "要綱の例を見た。", "outcome": "素案をつくる。", "people_count": "9"}
    )
    clerk.press("報告を出す")
    phone.go("/grants/advisor/visits/").press("実施と報告を書く").fill(
        {"content": "手順を説明した。", "outcome": "素案を見る。", "minutes": "120"}
    )
    phone.press("報告を出す").reads("報告済み")
    return visit


def _paid_and_closed(
    world: World, people: People, desk: Visitor, phone: Visitor, case: Dispatch, visit: Visit
) -> Payment:
    """Fee and travel with 源泉徴収, paid by the accountant; the advisor sees what came of it; the file is closed."""
    at(world, "2026-12-14")
    desk.go("/staff/").go(visit.get_absolute_url()).fill({"travel_yen": "1,000"}).press("支出命令を出す")
    payment = Payment.objects.get(case_id=case.pk)
    assert (payment.gross_yen, payment.withheld_yen, payment.net_yen) == (21_000, 2_144, 18_856)
    accounts = Visitor(people, DESK, user=officer(Role.ACCOUNTANT, KAGOSHIMA))
    accounts.go("/staff/").go(payment.get_absolute_url()).fill({"paid_on": "R8.12.14"})
    accounts.press("支払いを記録する").reads("支払い済み")
    phone.go("/grants/advisor/visits/").reads("21,000円", "2,144円", "18,856円", "支払通知書")
    desk.go(case.get_staff_url()).press("終了する").reads("終了")
    return payment


def _papers(
    clerk: Visitor, phone: Visitor, desk: Visitor, case: Dispatch, visit: Visit, payment: Payment
) -> None:
    """Every paper is made, says what it has to, and is read by whom it is addressed to."""
    assert "12月の平日の午後" in reads_paper(clerk, paper_of(case, "grants.dispatch_request"))
    assert "知恵次郎" in reads_paper(clerk, paper_of(case, "grants.dispatch_decision"))
    assert "源泉徴収" in reads_paper(phone, paper_of(case, "grants.dispatch_notice"))
    assert "要綱の例を見た" in reads_paper(desk, paper_of(visit, "grants.visit_report"))
    assert "18,856円" in reads_paper(phone, paper_of(payment, "grants.payment_notice"))
