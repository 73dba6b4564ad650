"""Menu ③ from the guide to the letter: found, written, returned, corrected, compared, decided. And the guide to ②."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from communities.models import Platform
from grants import actions
from grants.enums import Table
from grants.guide import WISHES
from grants.models import Application, Menu, ProjectType, Workshop
from portal.kernel import clock as kernel_clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import FiscalYear, next_business_day
from tests.journeys.grant_steps import PHONE, WIDE, attaches, charged_to, papers, records
from tests.journeys.steps import Visitor, persona
from tests.support.browser import People
from tests.support.world import ClockFile, World

pytestmark = pytest.mark.world(demo=True)


def test_from_the_guide_to_the_letter(demo: World, people: People, clock: ClockFile, tmp_path: Path) -> None:
    """Found by the guide, written, submitted, returned, corrected, compared, passed, decided."""
    case = _begins_from_the_guide(people)
    _writes_the_sections(people, case, tmp_path)
    _chief_submits(people, case)
    _is_returned(people, case)
    _corrects(people, case)
    _is_compared_and_passed(people, case)
    day = _when_decided(case)
    clock.set(day)
    _is_decided(people, case, day, tmp_path)
    letter = papers(people, "muni-kanoya", [case], tmp_path)["grants.decision"]
    town = Visitor(people, PHONE, "muni-kanoya").go(case.get_absolute_url())
    town.reads("補助金の交付が決定しました", letter.number_label)


def _begins_from_the_guide(people: People) -> Application:
    officer = Visitor(people, WIDE, "muni-kanoya").go("/grants/guide/")
    officer.press("市町村").press(WISHES[Table.SUBSIDY]).press("形成初期")
    officer.fill({"purse": "shared", "cost": "100,000"}).press("次へ")
    officer.fill({"moment": "now", "students": "no"}).press("次へ")
    officer.reads("③が合います", "鹿屋市の枠", "のうち残り").press("この内容で申請を始める")
    officer.fill({"title": "見守りと買い物を続ける事業"}).press("下書きを作る")
    return Application.objects.get(title="見守りと買い物を続ける事業")


def _writes_the_sections(people: People, case: Application, folder: Path) -> None:
    officer = Visitor(people, WIDE, "muni-kanoya").go(case.get_absolute_url()).press("つづきを書く")
    platform = Platform.objects.get(area="462039", stage="forming")
    kind = ProjectType.objects.get(menu=case.menu, code="1-2")
    officer.fill({"platform": str(platform.pk), "project_type": str(kind.pk), "mode": "direct"})
    officer.press("保存して次へ進む")
    starts_on = _when_decided(case) + timedelta(days=5)
    officer.fill(
        {
            "starts_on": starts_on.isoformat(), "ends_on": (starts_on + timedelta(days=20)).isoformat(),
            "purpose": "買い物に行きにくい世帯を支える。", "content": "週1回の運行と見守りを試す。", "partners": "自治会とNPO",
            "outcome": "利用が月80回をこえる。", "continuation": "会費で続ける。",
        }
    ).press("保存して次へ進む")  # fmt: skip
    officer.fill({"e-0-description": "講師の謝金 2人×3回", "e-0-unit": "20,000", "e-0-quantity": "6"})
    officer.fill({"i-0-description": "参加費 200円×100人", "i-0-amount": "20,000"}).press("保存する")
    officer.page.get_by_role("button", name="計算した額を入れる").click()
    officer.press("保存して次へ進む")
    attaches(officer, folder, "規約.pdf", {"kind": "charter"})
    officer.go(f"{case.get_absolute_url()}edit/confirm/")
    officer.fill({"own_number": "鹿地第501号", "applicant_name": "見本 太郎"}).press("保存する")


def _chief_submits(people: People, case: Application) -> None:
    chief = Visitor(people, WIDE, "muni-kanoya-chief").go(case.get_absolute_url())
    chief.press("提出する内容を確認する").reads("提出すると").press("提出する")


def _is_returned(people: People, case: Application) -> None:
    case.refresh_from_db()
    officer = Visitor(people, WIDE, "pref-officer").go("/staff/grants/").press(case.title)
    officer.press("担当になって形式審査を始める").press("審査をすすめる")
    officer.fill({"part": "plan", "text": "運行を続ける費用を、だれが負担するかを書いてください。"}).press(
        "指摘を書きとめる"
    )
    due_on = next_business_day(kernel_clock.today_jst() + timedelta(days=7))
    officer.fill({"due_on": due_on.isoformat()}).press("補正を依頼する").reads("補正待ち")


def _corrects(people: People, case: Application) -> None:
    officer = Visitor(people, PHONE, "muni-kanoya").go("/staff/").go(case.get_absolute_url())
    officer.reads("県から補正の依頼があります", "だれが負担するか").press("この部分を直す")
    officer.fill({"continuation": "翌年度からは、市と会費で半分ずつ負担する。"}).press("保存する")
    officer.go(case.get_absolute_url()).fill({"answer": "続け方に書き加えました。"}).press("回答を保存する")
    chief = Visitor(people, PHONE, "muni-kanoya-chief").go(case.get_absolute_url())
    chief.press("提出する内容を確認する").press("提出する")


def _is_compared_and_passed(people: People, case: Application) -> None:
    officer = Visitor(people, WIDE, "pref-officer").go(case.get_staff_url())
    officer.press("担当になって形式審査を始める").press("前回の提出から変わったところ")
    officer.reads(
        "第1回から第2回に変わったところ", "会費で続ける。", "翌年度からは、市と", "半分ずつ負担する"
    )
    officer.go(case.get_staff_url()).press("審査をすすめる")
    officer.fill({f"verdict_{row['key']}": "fit" for row in case.menu.checklist}).press("項目を保存する")
    officer.press("内容審査に進める").press("審査をすすめる").press("決定を起案する")
    officer.reads("交付できる額", "市町村の残りの枠")


def _when_decided(case: Application) -> date:
    """Ten days from now, in the 年度 of the programme: its budget has passed then."""
    year = FiscalYear(case.menu.programme.fiscal_year)
    return max(
        year.start + timedelta(days=10),
        min(kernel_clock.today_jst() + timedelta(days=10), year.end - timedelta(days=30)),
    )


def _is_decided(people: People, case: Application, day: date, folder: Path) -> None:
    by, programme = UserActor(persona("pref-officer")), case.menu.programme
    if programme.provisional:  # from February on, the open call is of the year to come
        actions.pass_budget(by=by, programme=programme, passed_on=date(programme.fiscal_year, 3, 25))
        line = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 18, "amount_yen": 20_000_000}
        actions.save_budget_line(by=by, programme=programme, **line)
    officer = Visitor(people, WIDE, "pref-officer").go(f"/staff/grants/applications/{case.pk}/decide/")
    officer.fill(charged_to(case)).press("交付決定を起案する")
    records(officer, day, "地共第911号", folder)
    case.refresh_from_db()
    assert (case.state, case.decided_yen) == ("decided", 50_000)


def test_the_guide_leads_to_a_workshop(demo: World, people: People, width: int) -> None:
    """Five answers name ②; somebody of the municipality begins it from there."""
    officer = Visitor(people, width, "muni-kanoya").go("/grants/guide/")
    officer.press("市町村").press(WISHES[Table.WORKSHOP]).press("まだ話しあいも始まっていない")
    officer.fill({"purse": "none"}).press("次へ")
    officer.fill({"moment": "now", "students": "yes"}).press("次へ")
    year = FiscalYear.of(kernel_clock.today_jst())
    if not Menu.objects.filter(table=Table.WORKSHOP, programme__fiscal_year=year.next.year).exists():
        officer.reads("②が合います").press("開催を計画する")
        officer.fill({"title": f"話し合いの会 {width}"}).press("下書きを作る")
        assert Workshop.objects.get(title=f"話し合いの会 {width}").state == "draft"
    else:  # from February on, the guide is about the year to come
        officer.reads("②が合います", f"{year.next.label}の分は")
