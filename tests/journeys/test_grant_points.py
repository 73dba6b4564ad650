"""Three ways of the grants beside the file that goes through: a year is opened, files come late and are decided together or in
the portal, and what follows a decision. The towns on a phone, the prefecture at its desk; states before come from factories.
"""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from grants.enums import Keeping
from grants.models import (
    Admission,
    Application,
    Approval,
    LetterBatch,
    Menu,
    NeedsAnswer,
    Programme,
    Reclaim,
    SubGrant,
)
from grants.settlement.queries import money
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.documents.models import Document
from portal.kernel import jobs
from portal.kernel.models import Job
from tests.factories.accounts import officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.assets import closed, listed
from tests.factories.deciding import STEPS, decided, line_of, reviewing
from tests.factories.grants import Town, open_call
from tests.factories.subgrants import indirect
from tests.support.browser import People
from tests.support.world import World

from .grant_steps import PHONE, WIDE, records
from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")
START, CLOSED = (
    "2026-11-25T10:00:00+09:00",
    "2026-12-04T10:00:00+09:00",
)  # the call of the year closes on 3 December
TODAY, AFTER = date(2026, 11, 25), date(2026, 12, 4)


def done(key: str) -> None:
    """The job of that key, as a worker would do it."""
    assert jobs.run(Job.objects.get(key=key).pk)


def test_the_next_year_is_opened_asked_for_and_passed(world: World, people: People) -> None:
    """A copy, its changes, provisional and published, 要望調査 and 内示, the budget: no code, only data."""
    world.clock.set(START)
    town, old = Town(), open_call().menu.programme
    office = Visitor(people, WIDE, user=town.prefecture_user).go(old.get_absolute_url())
    office.press("次の年度へ写す").fill({"fiscal_year": "2027"}).press("写しを作る").reads(
        "準備中", "予算成立前提"
    )
    new = Programme.objects.get(fiscal_year=2027, copied_from=old)
    office.press("条件を直す ③").fill({"cap_yen": "1,200,000"}).press("保存する")
    office.press("前の年度と変わったところを見る").reads("1,000,000円", "1,200,000")
    office.go(new.get_absolute_url()).press("公開する").reads("予算成立前提").press("要望調査 ③")
    office.fill({"due_on": "R8.12.18", "text": "来年度の予定をお知らせください。"}).press("市町村に照会する")
    answer = NeedsAnswer.objects.get(survey__menu__programme=new, municipality=town.area)
    writer = Visitor(people, PHONE, user=town.officer_user).go("/grants/needs/").press(str(answer))
    writer.fill({"title_1": "買い物と見守りの運行", "amount_1": "1,300,000"}).press("保存する")
    chief = Visitor(people, PHONE, user=town.chief_user).go(answer.get_absolute_url())
    chief.press("保存した回答を提出する").reads("1,300,000円")
    office.go(answer.survey.get_absolute_url()).press(town.area.name)
    office.fill({"notice_yen": "1,200,000", "document_number": "地共第1号"}).press("内示をする").reads(
        "内示済み"
    )
    chief.go(answer.get_absolute_url()).reads("1,200,000円", "請求権は生じません")
    world.clock.set("2027-03-26T10:00:00+09:00")
    office = Visitor(people, WIDE, user=town.prefecture_user).go(new.get_absolute_url())
    office.press("予算の成立を記録する").fill({"passed_on": "2027-03-25"}).press("記録する")
    assert "予算成立前提" not in office.page.locator("main").inner_text()


def test_a_late_file_is_let_in_decided_with_another_and_a_third_signed_here(
    world: World, people: People, tmp_path: Path
) -> None:
    """受理 after the deadline with its 収受日; one 決裁 for two files with their letters; 決裁 and number in the portal."""
    world.clock.set(START)
    town = Town()
    late, other, third = town.ready(), _of(town).submitted(), _of(town).submitted()
    world.clock.set(CLOSED)
    _is_let_in(people, town, late)
    other = reviewing(town, other)
    case = reviewing(town, Application.objects.get(pk=late.pk))
    _are_decided_together(people, town, [case, other], tmp_path)
    _is_signed_in_the_portal(people, town, reviewing(town, third))


def _of(town: Town) -> Town:
    """Another town of the same office, whose files the same officer holds."""
    made = Town(office=town.office)
    made.__dict__["prefecture_user"] = town.prefecture_user
    return made


def _is_let_in(people: People, town: Town, late: Application) -> None:
    call = late.call
    writer = Visitor(people, PHONE, user=town.officer_user).go(late.get_absolute_url())
    writer.reads("締切を過ぎました").press("やむをえない事情があるときは、締切のあとの受理を申し出る")
    writer.fill({"reason": "3日の夕方、庁内の回線が止まったため。"}).press("申し出る").reads(
        "判断を待っています"
    )
    office = Visitor(people, WIDE, user=town.prefecture_user).go(call.get_relief_url())
    office.fill({"received_on": AFTER.isoformat(), "received_number": "収第88号", "due_on": "2026-12-10"})
    office.page.locator("#admit_reason").fill("回線の障害を確かめたため。")
    office.press("受理する").reads("収第88号")
    assert Admission.objects.get(application=late).state == "admitted"
    chief = Visitor(people, PHONE, user=town.chief_user).go(late.get_absolute_url())
    chief.reads("締切のあとの受理が認められています").press("提出する内容を確認する").press("提出する")
    office.go(late.get_staff_url()).reads("締切のあとに受理した申請です", "収第88号")


def _are_decided_together(people: People, town: Town, cases: list[Application], folder: Path) -> None:
    line = line_of(town, cases[0].menu)
    office = Visitor(people, WIDE, user=town.prefecture_user).go("/staff/grants/approvals/")
    office.press("まとめて決定する")
    for case in cases:
        office.fill({"applications": str(case.pk)})
    paper = folder / "決裁済.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    office.page.locator("main input[type=file]").set_input_files(paper)
    office.fill(
        {
            "line": str(line.pk), "record_number": "起-700", "decided_on": AFTER.isoformat(), "approver_title": "課長",
            "approver_name": "決裁 花子", "effective_on": AFTER.isoformat(), "document_number": "く共第700号",
            "commitment_number": "負-700",
        }
    ).press("選んだ申請を決定する")  # fmt: skip
    done(LetterBatch.objects.get(record_number="起-700").job_key)
    office.go(office.path).reads("2件のうち、済んだもの2件")
    chief = Visitor(people, PHONE, user=town.chief_user).go(cases[0].get_absolute_url())
    chief.reads("補助金の交付が決定しました", "く共第700号")


def _is_signed_in_the_portal(people: People, town: Town, case: Application) -> None:
    kept = {"approval": Keeping.PORTAL, "numbering": Keeping.PORTAL, "approval_steps": STEPS}
    before = {name: getattr(case.menu, name) for name in kept}
    Menu.objects.filter(pk=case.menu_id).update(**kept)
    office = Visitor(people, WIDE, user=town.prefecture_user).go(f"{case.get_staff_url()}decide/")
    office.fill({"line": str(line_of(town, case.menu).pk)}).press("交付決定を起案する")
    approval = Approval.objects.get(application=case)
    assert "決裁する" not in office.page.locator("main").inner_text(), "who drafted it does not sign it"
    for user in (_signer(Role.PREFECTURE_SECTION_CHIEF), _signer(Role.PREFECTURE_HEAD)):
        signer = Visitor(people, WIDE, user=user).go("/staff/").go(approval.get_absolute_url())
        signer.press("決裁する")
    case.refresh_from_db()
    assert case.state == "decided"
    Menu.objects.filter(pk=case.menu_id).update(**before)


def _signer(role: Role) -> User:
    return officer(role, KAGOSHIMA)


def test_what_follows_a_decision(world: World, people: People, tmp_path: Path) -> None:
    """繰越し, 間接補助, 財産処分 with its 納付金, and everything of a file as one PDF."""
    world.clock.set(START)
    town = Town()
    _is_carried_over(people, town, tmp_path)
    _is_passed_on(people, _of(town))
    third = _of(town)
    case = closed(decided(third, reviewing(third, third.submitted())))
    _is_disposed_of(people, third, case, tmp_path)
    _is_put_together(people, third, case)


def _is_carried_over(people: People, town: Town, folder: Path) -> None:
    case = decided(town)
    chief = (
        Visitor(people, PHONE, user=town.chief_user).go(case.get_absolute_url()).press("次の年度に繰り越す")
    )
    chief.fill({"kind": "appropriated", "reason": "資材が年度内に届かないため。", "ends_on": "2027-09-30"})
    chief.press("繰越しを申請する")
    office = Visitor(people, WIDE, user=town.prefecture_user).go(case.get_staff_url()).press("繰越しに答える")
    office.fill({"authorised_on": TODAY.isoformat()}).press("繰越しの承認を起案する")
    records(office, TODAY, "く共第750号", folder)
    chief.go(case.get_absolute_url())
    assert Application.objects.get(pk=case.pk).ends_on == date(2027, 9, 30)


def _is_passed_on(people: People, town: Town) -> None:
    case = indirect(town)
    writer = Visitor(people, PHONE, user=town.officer_user).go(case.get_absolute_url())
    writer.press("コミプラへの間接補助を進める").fill(
        {"platform": str(town.platform.pk), "title": "買い物の送迎"}
    )
    writer.press("始める")
    row = SubGrant.objects.get(application=case)
    writer.go(row.get_absolute_url()).fill(
        {
            "applicant_name": "会長 浜坂 花子",
            "content": "毎週水曜に送迎をする。",
            "asked_yen": "120,000",
            "yen_reward": "120,000",
        }
    )
    writer.press("保存する").press("市町村に申請する")
    chief = Visitor(people, PHONE, user=town.chief_user).go(row.get_absolute_url())
    chief.fill({"decided_yen": "120,000", "document_number": "試企第500号"}).press("交付を決定する")
    row.refresh_from_db()
    assert (row.state, row.decided_yen) == ("decided", 120_000)


def _is_disposed_of(people: People, town: Town, case: Application, folder: Path) -> None:
    asset = listed(town, case)
    writer = Visitor(people, PHONE, user=town.officer_user).go(case.get_absolute_url())
    writer.press("取得財産等管理台帳").press(asset.name)
    writer.fill(
        {
            "kind": "transfer",
            "planned_on": "2026-12-25",
            "price_yen": "300,000",
            "reason": "運行を終えるため。",
        }
    )
    writer.fill({"plan": "市内の福祉施設に譲る。"}).press("内容を保存する")
    chief = Visitor(people, PHONE, user=town.chief_user).go(writer.path).press("承認を申請する")
    office = Visitor(people, WIDE, user=town.prefecture_user).go(chief.path)
    office.fill({"answer": "approve", "basis": "price"}).press("起案する")
    records(office, TODAY, "く共第760号", folder)
    office.go(chief.path).fill({"due_on": "2027-01-15"}).press("納入通知を出す")
    chief.go(chief.path).press("納入通知を見る").reads("150,000円", "納期限")
    assert Reclaim.objects.get(application=case).cause == "disposal"
    assert money.balance_of(case).due_back_yen == 0, "a 納付金 is not the grant coming back"


def _is_put_together(people: People, town: Town, case: Application) -> None:
    for document in Document.objects.filter(object_id=case.pk):
        done(document.job_key)
    letter = Document.objects.get(object_id=case.pk, kind="grants.decision")
    Visitor(people, PHONE).go(letter.get_verify_url()).reads("有効", letter.number_label)
    office = Visitor(people, WIDE, user=town.prefecture_user).go(case.get_staff_url())
    office.press("一つのPDFにまとめる・黒塗りの写し").press("一件書類を作る")
    whole = case.dossiers.get()
    done(whole.job_key)
    office.go(reverse("grants:dossier_list", args=[case.pk])).reads("ページ", "SHA-256")
    answer = office.page.request.get(whole.get_file_url())
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
