"""One file of menu ③, from the guide to its end: written, returned, corrected, decided, changed, paid too much, paid back."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from communities.models import Platform
from grants import actions
from grants.enums import Table
from grants.guide import WISHES
from grants.models import Application, Menu, Payment, ProjectType, Reclaim, Workshop
from portal.documents.models import Document
from portal.kernel import clock as kernel_clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import FiscalYear, next_business_day
from tests.journeys.grant_steps import PHONE, WIDE, attaches, charged_to, papers, records
from tests.journeys.steps import Visitor, persona
from tests.support.browser import People
from tests.support.processes import wait_until
from tests.support.world import ClockFile, World

pytestmark = pytest.mark.world(demo=True)
TITLE = "見守りと買い物を続ける事業"
TOWN, CHIEF, OFFICE, TILL = "muni-kanoya", "muni-kanoya-chief", "pref-officer", "pref-accountant"


def test_one_file_from_the_guide_to_its_end(
    demo: World, people: People, clock: ClockFile, tmp_path: Path
) -> None:
    """The town on its phone, the office at its desk: 50,000 yen decided, 60,000 after a change, 40,000 settled, 10,000 back."""
    case = _begins_from_the_guide(people)
    _writes_the_sections(people, case, tmp_path)
    _is_submitted_by_the_chief_alone(people, case)
    _strangers_see_nothing(people, case)
    _is_returned(people, case)
    _corrects(people, case)
    _is_compared_and_passed(people, case)
    clock.set(day := _when_decided(case))
    _is_decided(people, case, day, tmp_path)
    _changes(people, case, day, tmp_path)
    _is_paid_in_advance(people, case, day, tmp_path)
    clock.set(day := (case.ends_on or day) + timedelta(days=1))
    _reports(people, case, tmp_path)
    _inspects_and_settles(people, case, day, tmp_path)
    reclaim = _pays_back(people, case, clock)
    _every_paper_is_there(people, case, reclaim, tmp_path)


def _begins_from_the_guide(people: People) -> Application:
    town = Visitor(people, PHONE, TOWN).go("/grants/guide/")
    town.press("市町村").press(WISHES[Table.SUBSIDY]).press("形成初期")
    town.fill({"purse": "shared", "cost": "100,000"}).press("次へ")
    town.fill({"moment": "now", "students": "no"}).press("次へ")
    town.reads("③が合います", "鹿屋市の枠", "のうち残り").press("この内容で申請を始める")
    town.fill({"title": TITLE}).press("下書きを作る")
    return Application.objects.get(title=TITLE)


def _writes_the_sections(people: People, case: Application, folder: Path) -> None:
    town = Visitor(people, PHONE, TOWN).go(case.get_absolute_url()).press("つづきを書く")
    platform = Platform.objects.get(area="462039", stage="forming")
    kind = ProjectType.objects.get(menu=case.menu, code="1-2")
    town.fill({"platform": str(platform.pk), "project_type": str(kind.pk), "mode": "direct"})
    town.press("保存して次へ進む")
    starts_on = _when_decided(case) + timedelta(days=2)
    town.fill(
        {
            "starts_on": starts_on.isoformat(), "ends_on": (starts_on + timedelta(days=10)).isoformat(),
            "purpose": "買い物に行きにくい世帯を支える。", "content": "週1回の運行と見守りを試す。", "partners": "自治会とNPO",
            "outcome": "利用が月80回をこえる。", "continuation": "会費で続ける。",
        }
    ).press("保存して次へ進む")  # fmt: skip
    _counts_as_one_types(town)
    attaches(town, folder, "規約.pdf", {"kind": "charter"})
    town.reads("SHA-256").go(f"{case.get_absolute_url()}edit/confirm/")
    town.fill({"own_number": "鹿地第501号", "applicant_name": "見本 太郎"}).press("保存する")
    assert (
        town.press("提出する内容を確認する")
        .page.get_by_role("button", name="提出する", exact=True)
        .is_disabled()
    )


def _counts_as_one_types(town: Visitor) -> None:
    """The table counts at once; meals are not eligible, and the rule is shown; the share offered is taken over."""
    town.fill({"e-0-description": "講師の謝金 2人×3回", "e-0-unit": "20,000", "e-0-quantity": "6"})
    town.fill({"e-2-description": "参加者の昼食(食糧費)", "e-2-unit": "800", "e-2-quantity": "40"})
    town.page.locator("[name='e-2-quantity']").blur()
    wait_until(lambda: "152,000" in town.page.locator("main").inner_text(), what="the table counts")
    town.fill({"i-0-description": "参加費 200円×100人", "i-0-amount": "20,000"}).press("保存する")
    town.reads("食糧費", "50,000").page.get_by_role("button", name="計算した額を入れる").click()
    town.press("保存して次へ進む")


def _is_submitted_by_the_chief_alone(people: People, case: Application) -> None:
    chief = Visitor(people, PHONE, CHIEF).go(f"{case.get_absolute_url()}edit/confirm/")
    with chief.page.expect_download() as preview:
        chief.page.get_by_role("link", name="申請書の見本を見る(PDF)").click()
    assert Path(preview.value.path()).read_bytes().startswith(b"%PDF")
    chief.press("提出する内容を確認する").reads("提出すると").press("提出する")
    document = Document.objects.get(object_id=case.pk)
    chief.go(case.get_absolute_url()).reads(document.number_label, "SHA-256")
    case.refresh_from_db()
    assert (case.share_yen, case.incomes.get().amount_yen) == (82_000, 20_000)


def _strangers_see_nothing(people: People, case: Application) -> None:
    document = Document.objects.get(object_id=case.pk)
    addresses = (case.get_absolute_url(), case.get_staff_url(), f"/documents/{document.pk}/file/")
    for key in ("resident-1", "muni-kirishima", "ward-akiha"):
        page = Visitor(people, PHONE, key).page
        assert [page.request.get(address).status for address in addresses] == [404] * 3, key
    anonymous = Visitor(people, PHONE).page.request.get(case.get_absolute_url(), max_redirects=0)
    assert anonymous.status == 302
    assert re.search(r"/accounts/login/", anonymous.headers["location"])


def _is_returned(people: People, case: Application) -> None:
    office = Visitor(people, WIDE, OFFICE).go("/staff/grants/").press(case.title)
    office.press("担当になって形式審査を始める").press("審査をすすめる")
    office.fill({"part": "plan", "text": "運行を続ける費用を、だれが負担するかを書いてください。"}).press(
        "指摘を書きとめる"
    )
    due_on = next_business_day(kernel_clock.today_jst() + timedelta(days=7))
    office.fill({"due_on": due_on.isoformat()}).press("補正を依頼する").reads("補正待ち")


def _corrects(people: People, case: Application) -> None:
    town = Visitor(people, PHONE, TOWN).go("/staff/").go(case.get_absolute_url())
    town.reads("県から補正の依頼があります", "だれが負担するか").press("この部分を直す")
    town.fill({"continuation": "翌年度からは、市と会費で半分ずつ負担する。"}).press("保存する")
    town.go(case.get_absolute_url()).fill({"answer": "続け方に書き加えました。"}).press("回答を保存する")
    chief = Visitor(people, PHONE, CHIEF).go(case.get_absolute_url())
    chief.press("提出する内容を確認する").press("提出する")


def _is_compared_and_passed(people: People, case: Application) -> None:
    office = Visitor(people, WIDE, OFFICE).go(case.get_staff_url())
    office.press("担当になって形式審査を始める").press("前回の提出から変わったところ")
    office.reads("第1回から第2回に変わったところ", "会費で続ける。", "翌年度からは、市と", "半分ずつ負担する")
    office.go(case.get_staff_url()).press("審査をすすめる")
    office.fill({f"verdict_{row['key']}": "fit" for row in case.menu.checklist}).press("項目を保存する")
    office.press("内容審査に進める").press("審査をすすめる").press("決定を起案する")
    office.reads("交付できる額", "市町村の残りの枠")


def _when_decided(case: Application) -> date:
    """A bank day ten days from now, in the 年度 of the programme: its budget has passed then."""
    year = FiscalYear(case.menu.programme.fiscal_year)
    soon = min(kernel_clock.today_jst() + timedelta(days=10), year.end - timedelta(days=30))
    return next_business_day(max(year.start + timedelta(days=10), soon))


def _is_decided(people: People, case: Application, day: date, folder: Path) -> None:
    by, programme = UserActor(persona(OFFICE)), case.menu.programme
    if programme.provisional:  # from February on, the open call is of the year to come
        actions.pass_budget(by=by, programme=programme, passed_on=date(programme.fiscal_year, 3, 25))
        line = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 18, "amount_yen": 20_000_000}
        actions.save_budget_line(by=by, programme=programme, **line)
    Menu.objects.filter(pk=case.menu_id).update(advance_allowed=True)  # as the 要綱 of the demo has it
    office = Visitor(people, WIDE, OFFICE).go(f"{case.get_staff_url()}decide/")
    office.fill(charged_to(case)).press("交付決定を起案する")
    records(office, day, "地共第911号", folder)
    case.refresh_from_db()
    assert (case.state, case.decided_yen) == ("decided", 50_000)


def _changes(people: People, case: Application, day: date, folder: Path) -> None:
    town = Visitor(people, PHONE, TOWN).go(case.get_absolute_url())
    town.reads("補助金の交付が決定しました").press("変更の承認を申請する").press("変更を書く")
    town.fill({"reason": "参加する集落が増えたため。", "e-0-actual": "140,000", "asked_yen": "60,000"})
    town.press("保存する").reads("60,000円")
    Visitor(people, PHONE, CHIEF).go(f"{case.get_absolute_url()}change/").press("変更を申請する")
    office = Visitor(people, WIDE, OFFICE).go(case.get_staff_url())
    office.reads("変更の申請が届いています").press("変更に答える").reads("50,000円", "60,000円")
    office.fill(charged_to(case)).press("承認を起案する")
    records(office, day, "地共第921号", folder)
    case.refresh_from_db()
    assert (case.state, case.decided_yen) == ("decided", 60_000)


def _is_paid_in_advance(people: People, case: Application, day: date, folder: Path) -> None:
    chief = Visitor(people, PHONE, CHIEF).go(case.get_absolute_url()).press("概算払を請求する")
    month = f"month-{case.ends_on:%Y-%m}"
    chief.fill({"amount_yen": "50,000", "reason": "運行の委託料を毎月払うため。", month: "50,000"})
    chief.press("概算払を請求する").reads("第1回 50,000円")
    office = Visitor(people, WIDE, OFFICE).go(case.get_staff_url()).press("概算払を確かめる")
    office.press("概算払を起案する")
    records(office, day, "地共第925号", folder)
    office.go(case.get_staff_url()).press("支出命令を出す").press("支出命令を出す")
    payment = Payment.objects.get(case_id=case.pk)
    till = Visitor(people, WIDE, TILL).go(payment.get_absolute_url())
    till.fill({"paid_on": day.isoformat()}).press("支払いを記録する").reads("支払い済み")


def _reports(people: People, case: Application, folder: Path) -> None:
    """The first line came to 40,000 yen less; the chief hands it in from the phone."""
    town = Visitor(people, PHONE, TOWN).go(case.get_absolute_url())
    town.press("実績報告を開く").press("実績を書く")
    lines = {f"e-{at}-actual": str(line.amount_yen) for at, line in enumerate(case.expenses.all())}
    incomes = {f"i-{at}-actual": str(row.amount_yen) for at, row in enumerate(case.incomes.all())}
    town.fill(
        {
            **lines, **incomes, "e-0-actual": "100,000", "completed_on": (case.ends_on or date.min).isoformat(),
            "content": "話しあいを6回開いた。", "outcome": "手伝いを使ったのは43世帯。", "claimed_yen": "40,000",
        }
    ).press("保存する").reads("決算から計算した額", "40,000円")  # fmt: skip
    attaches(town, folder, "領収書.pdf", {"title": "領収書の写し"})
    chief = Visitor(people, PHONE, CHIEF).go(f"{case.get_absolute_url()}result/")
    chief.press("実績を報告する").reads("実績報告済み")


def _inspects_and_settles(people: People, case: Application, day: date, folder: Path) -> None:
    office = Visitor(people, WIDE, OFFICE).go(case.get_staff_url()).press("検査する")
    verdicts = {f"verdict_{row['key']}": "fit" for row in case.menu.result_checklist}
    office.fill({**verdicts, "inspected_on": day.isoformat(), "method": "書面(大隅地域振興局)"})
    office.press("検査を終える").reads("認めた補助対象経費", "40,000円").press("額の確定を起案する")
    records(office, day, "地共第922号", folder)
    case.refresh_from_db()
    assert (case.state, case.settled_yen) == ("settled", 40_000)


def _pays_back(people: People, case: Application, clock: ClockFile) -> Reclaim:
    """納入通知, seen on the phone, collected by the accountant; then the file is closed."""
    due_on = next_business_day(kernel_clock.today_jst() + timedelta(days=20))
    office = Visitor(people, WIDE, OFFICE).go(case.get_staff_url())
    office.reads("10,000円の返還を求めます").press("納入通知を出す")
    office.fill({"due_on": due_on.isoformat(), "document_number": "地共第3号"}).press("納入通知を出す")
    town = Visitor(people, PHONE, TOWN).go(case.get_absolute_url())
    town.reads("補助金10,000円を返還します").press("納入通知を見る").reads("10,000円", "納期限")
    clock.set(day := next_business_day(kernel_clock.today_jst() + timedelta(days=5)))
    reclaim = Reclaim.objects.get(application=case)
    till = Visitor(people, WIDE, TILL).go(reclaim.get_absolute_url())
    till.fill({"collected_on": day.isoformat()}).press("納入を記録する").reads("納入された日")
    office.go(case.get_staff_url()).press("完了にする").press("完了にする")
    case.refresh_from_db()
    assert case.state == "closed"
    town.go(case.get_absolute_url()).reads("この申請は完了しました")
    return reclaim


def _every_paper_is_there(people: People, case: Application, reclaim: Reclaim, folder: Path) -> None:
    """Each made and read; the letter stands up to whoever reads its QR code."""
    found = papers(people, OFFICE, [case, reclaim], folder)
    assert set(found) >= {
        "grants.application", "grants.decision", "grants.change_request", "grants.change_approval", "grants.advance",
        "grants.result", "grants.inspection", "grants.settlement", "grants.reclaim",
    }  # fmt: skip
    letter = found["grants.decision"]
    Visitor(people, PHONE).go(letter.get_verify_url()).reads("有効", letter.number_label)


def test_the_guide_leads_to_a_workshop(demo: World, people: People) -> None:
    """Five answers name ②; somebody of the municipality begins it from there."""
    officer = Visitor(people, WIDE, TOWN).go("/grants/guide/")
    officer.press("市町村").press(WISHES[Table.WORKSHOP]).press("まだ話しあいも始まっていない")
    officer.fill({"purse": "none"}).press("次へ")
    officer.fill({"moment": "now", "students": "yes"}).press("次へ")
    year = FiscalYear.of(kernel_clock.today_jst())
    if not Menu.objects.filter(table=Table.WORKSHOP, programme__fiscal_year=year.next.year).exists():
        officer.reads("②が合います").press("開催を計画する")
        officer.fill({"title": "話し合いの会"}).press("下書きを作る")
        assert Workshop.objects.get(title="話し合いの会").state == "draft"
    else:  # from February on, the guide is about the year to come
        officer.reads("②が合います", f"{year.next.label}の分は")
