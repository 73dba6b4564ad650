"""An officer brings the ward's list in, puts the columns right, registers, takes back, and takes the list out again."""

from pathlib import Path

import pytest

from communities.models import Community
from tests.factories.imports import workbook
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.processes import Worker, wait_until
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)

READINGS = ("ヒトツメ", "フタツメ", "ミッツメ")


def test_officer_imports_corrects_the_mapping_applies_and_undoes(
    demo: World, worker: Worker, people: People, width: int, tmp_path: Path
) -> None:
    names = [f"表の会{width}の{number}" for number in range(3)]
    rows = [["秋葉区の団体一覧"], ["団体", None, "活動", None], ["呼び名", "ふりがな", "ようす", "設立日"]]
    for name, reading in zip(names, READINGS, strict=True):
        rows.append([name, f"{reading}ノカイ", "月に一度、集まっています。", "令和5年4月1日"])
    rows.append([f"表の会{width}の誤り", "アヤマリノカイ", "日付が誤り。", "昭和99年1月1日"])
    table = tmp_path / "一覧.xlsx"
    table.write_bytes(workbook(rows, merged=["A1:D1", "A2:B2", "C2:D2"]))

    officer = Visitor(people, width, "ward-akiha").go("/staff/communities/").press("表からまとめて登録する")
    officer.page.set_input_files("input[type=file]", str(table))
    officer.press("表を送る").reads("表の列を確かめる")
    officer.fill({"column_name": "0", "column_summary": "2", "publish": "1"}).press("この列で読み取る")
    until(officer, "登録できる")
    officer.check().reads("7行目 D列 始まり", "昭和は、元年12月25日から64年1月7日までです。")
    officer.press("登録する")
    until(officer, "登録しました")
    officer.check()
    assert set(Community.objects.filter(name__startswith=f"表の会{width}").values_list("name", "state")) == {
        (name, "published") for name in names
    }
    officer.press("登録を取り消す").press("すべて取り消す")
    until(officer, "取り消しました")
    officer.check()
    assert not Community.objects.filter(name__startswith=f"表の会{width}").exists()
    officer.go("/staff/communities/").press("この一覧を書き出す")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("button", name="書き出す", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")


def until(visitor: Visitor, words: str) -> None:
    """Look at the page again until a worker has done it."""

    def there() -> bool:
        visitor.page.reload()
        return words in visitor.page.locator("main").inner_text()

    wait_until(there, timeout=60, what=words)
