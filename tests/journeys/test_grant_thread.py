"""The grant thread: 鹿屋市 drafts menu ③ section by section, its chief submits, the prefecture takes it and gets the paper."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from communities.models import Platform
from grants.models import Application, ProjectType
from portal.documents.models import Document
from portal.kernel import clock
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.processes import Worker, wait_until
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_grant_thread(demo: World, worker: Worker, people: People, width: int, tmp_path: Path) -> None:
    title = f"買い物と見守りを支える事業 {width}"
    pk = _officer_drafts(people, width, title)
    _officer_plans(people, width, pk)
    _officer_counts(people, width, pk)
    _officer_attaches(people, width, pk, tmp_path)
    _officer_may_not_submit(people, width, pk)
    document = _chief_submits(people, width, pk)
    _prefecture_takes_and_reads(people, width, title, pk, document)
    _anyone_verifies(people, width, document)
    _strangers_see_nothing(people, width, pk, document)


def _officer_drafts(people: People, width: int, title: str) -> str:
    officer = Visitor(people, width, "muni-kanoya").go("/grants/applications/new/")
    officer.page.locator("main [name=call]").first.check()
    officer.fill({"title": title}).press("下書きを作る")
    draft = Application.objects.get(title=title)
    platform = (
        Platform.objects.filter(area_id="462039", stage="forming").first()
        or Platform.objects.filter(area_id="462039").first()
    )
    kind = (
        ProjectType.objects.filter(menu=draft.menu, code="①-1").first()
        or ProjectType.objects.filter(menu=draft.menu).first()
    )
    officer.fill({"platform": str(platform.pk), "project_type": str(kind.pk), "mode": "direct"})
    officer.press("保存して次へ進む")
    return str(draft.pk)


def _officer_plans(people: People, width: int, pk: str) -> None:
    year = clock.today_jst().year if clock.today_jst().month > 3 else clock.today_jst().year - 1
    officer = Visitor(people, width, "muni-kanoya").go(f"/grants/applications/{pk}/edit/plan/")
    officer.fill(
        {
            "starts_on": f"令和{year - 2018 + 1}年1月12日",
            "ends_on": f"{year + 1}-03-19",
            "purpose": "買い物に行きにくい86世帯を対象に、週1回の運行と見守りを試行する。",
            "content": "車両を借り上げ、週1回運行する。",
            "partners": "自治会、社会福祉協議会、NPO",
            "outcome": "利用が月80回をこえる。",
            "continuation": "会費と協賛で続ける。",
        }
    )
    officer.press("保存して次へ進む")


def _officer_counts(people: People, width: int, pk: str) -> None:
    """The table counts while one types; meals are not eligible; the share offered is taken over."""
    officer = Visitor(people, width, "muni-kanoya").go(f"/grants/applications/{pk}/edit/budget/")
    for row, description, unit, quantity in (
        (0, "講師の謝金 2人×3回", "20,000", "6"),
        (2, "参加者の昼食(食糧費)", "800", "40"),
        (5, "車両の借上げ", "100,000", "12"),
    ):
        for name, value in (("description", description), ("unit", unit), ("quantity", quantity)):
            officer.page.locator(f"[name='e-{row}-{name}']").fill(value)
    officer.page.locator("[name='e-5-quantity']").blur()
    wait_until(
        lambda: "1,352,000" in officer.page.locator("main").inner_text(), what="the table counts as one types"
    )
    officer.page.locator("[name='i-0-description']").fill("参加費 200円×200人")
    officer.page.locator("[name='i-0-amount']").fill("40,000")
    officer.press("保存する").reads("食糧費", "640,000")
    officer.page.get_by_role("button", name="計算した額を入れる").click()
    officer.press("保存して次へ進む")
    application = Application.objects.get(pk=pk)
    assert (application.share_yen, application.incomes.get().amount_yen) == (672_000, 40_000)


def _officer_attaches(people: People, width: int, pk: str, folder: Path) -> None:
    officer = Visitor(people, width, "muni-kanoya").go(f"/grants/applications/{pk}/edit/attachments/")
    for kind in ("charter", "estimate", "budget_copy"):
        paper = folder / f"{kind}.pdf"
        paper.write_bytes(PAPER)
        officer.fill({"kind": kind})
        officer.page.locator("main input[type=file]").set_input_files(paper)
        officer.press("添付する").reads(f"{kind}.pdf", "SHA-256")


def _officer_may_not_submit(people: People, width: int, pk: str) -> None:
    officer = Visitor(people, width, "muni-kanoya").go(f"/grants/applications/{pk}/edit/confirm/")
    officer.fill({"own_number": "鹿地第412号", "applicant_name": "見本 太郎"}).press("保存する")
    officer.press("提出する内容を確認する")
    assert officer.page.get_by_role("button", name="提出する", exact=True).is_disabled()


def _chief_submits(people: People, width: int, pk: str) -> Document:
    chief = Visitor(people, width, "muni-kanoya-chief").go(f"/grants/applications/{pk}/edit/confirm/")
    with chief.page.expect_download() as preview:
        chief.page.get_by_role("link", name="申請書の見本を見る(PDF)").click()
    assert b"%PDF" in Path(preview.value.path()).read_bytes()[:8]
    chief.press("提出する内容を確認する").reads("提出すると").press("提出する")
    document = Document.objects.get(object_id=pk)
    wait_until(
        lambda: Document.objects.get(pk=document.pk).state == "issued", timeout=40, what="the paper is made"
    )
    chief.go(f"/grants/applications/{pk}/").reads(document.number_label, "SHA-256")
    return document


def _prefecture_takes_and_reads(people: People, width: int, title: str, pk: str, document: Document) -> None:
    officer = Visitor(people, width, "pref-officer").go("/staff/").go("/staff/grants/").press(title)
    officer.press("担当になって形式審査を始める")
    assert Application.objects.get(pk=pk).state == "screening"
    answer = officer.page.request.get(f"/documents/{document.pk}/file/")
    assert answer.status == 200
    with pikepdf.open(io.BytesIO(answer.body())) as paper:
        assert len(paper.pages) >= 2
        assert "/StructTreeRoot" in paper.Root


def _anyone_verifies(people: People, width: int, document: Document) -> None:
    Visitor(people, width).go(document.get_verify_url()).reads("有効", document.number_label)


def _strangers_see_nothing(people: People, width: int, pk: str, document: Document) -> None:
    for key in ("resident-1", "muni-kirishima", "ward-akiha"):
        page = Visitor(people, width, key).page
        for address in (
            f"/grants/applications/{pk}/",
            f"/staff/grants/applications/{pk}/",
            f"/documents/{document.pk}/file/",
        ):
            assert page.request.get(address).status == 404, (key, address)
    anonymous = Visitor(people, width).page.request.get(f"/grants/applications/{pk}/", max_redirects=0)
    assert anonymous.status == 302
    assert re.search(r"/accounts/login/", anonymous.headers["location"])
