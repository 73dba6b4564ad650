"""Tables from people's disks: read as they stand, bounded, never evaluated, and written so that nothing in them runs."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from portal.kernel import sheets
from portal.kernel.refusals import Refusal
from portal.kernel.sheets import cells, delimited, writing
from portal.kernel.sheets.workbook import Workbook as Reader
from portal.kernel.sheets.workbook import begins_plainly
from tests.factories.imports import workbook

NAMES = {"name": ("名称", "団体名"), "kana": ("フリガナ", "よみ"), "start": ("開始時刻", "始まり 時刻"), "end": ("終わり 時刻",), "day": ("日付",)}  # fmt: skip


def csv_rows(content: bytes) -> list[list[str]]:
    return [row.cells for row in delimited.Delimited(io.BytesIO(content)).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_every_kind_reads_the_same(encoding: str, delimiter: str) -> None:
    text = f'名前{delimiter}紹介\r\n本の会{delimiter}"読む、\r\n書く"\r\n'
    assert csv_rows(text.encode(encoding)) == [["名前", "紹介"], ["本の会", "読む、\r\n書く"]]


def test_csv_without_a_known_encoding_or_form_is_refused() -> None:
    with pytest.raises(Refusal, match="文字コードを読み取れませんでした"):
        delimited.Delimited(io.BytesIO(b"\xff\xff\x81"))
    with pytest.raises(Refusal, match="CSVの形がくずれています"):
        delimited.Delimited(io.BytesIO(("a,b\n" + '"' + "x" * 200_000).encode()))


@pytest.mark.parametrize(
    "text", ["=1+1", "＝1+1", "@SUM(A1)", "+SUM(1,2)", "-2+3+cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", " =A1"]
)
def test_formulas_are_told_from_text(text: str) -> None:
    assert sheets.is_formula(text)
    assert cells.tested(1, [text]).faults == {0: cells.FORMULA}


@pytest.mark.parametrize(
    "text", ["-", "－", "+81-25-226-2066", "-5", "- 月に2回", "-活動は土曜", "a=b", "＠", "本の会"]
)
def test_dashes_numbers_and_lists_are_text(text: str) -> None:
    assert not sheets.is_formula(text)


def test_values_of_a_workbook_read_as_a_person_sees_them() -> None:
    moment, day = datetime.fromisoformat("2026-11-25 18:30"), date(2026, 11, 25)
    row = [" 本の会 ", 150, 150.0, 1.5, moment, day, time(9, 5), timedelta(hours=18, minutes=30), True, None]
    found = list(Reader(io.BytesIO(workbook([row]))).rows())
    assert found[0].cells[:10] == [
        "本の会", "150", "150", "1.5", "2026-11-25 18:30", "2026-11-25", "09:05", "18:30", "True", "",
    ]  # fmt: skip


def test_formulas_and_errors_of_a_workbook_are_named_and_never_evaluated() -> None:
    row = next(iter(Reader(io.BytesIO(workbook([["=1+1", "#N/A", "本"]]))).rows()))
    assert row.faults == {
        0: cells.FORMULA,
        1: "Excelのエラー(#N/A)が入っています。値を入力し直してください。",
    }
    assert row.cells[0] == ""


def with_shared_strings(rows: list[list[str]], head: str = "") -> bytes:
    """The same workbook as Excel writes it: texts in a table of their own. `head` goes before that table."""
    words = [word for row in rows for word in row]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    body = "".join(
        f'<row r="{number}">' + "".join(f'<c t="s"><v>{words.index(word)}</v></c>' for word in row) + "</row>"
        for number, row in enumerate(rows, 1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["x"]]))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).decode()
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = f"<worksheet {main}><sheetData>{body}</sheetData></worksheet>"
            named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
            new.writestr(entry.filename, content.replace("</Types>", named))
        table = "".join(f"<si><t>{word}</t></si>" for word in words)
        new.writestr("xl/sharedStrings.xml", f"{head}<sst {main}>{table}</sst>")
    return out.getvalue()


def test_shared_strings_of_excel_are_read_from_disk() -> None:
    rows = [["名称", "フリガナ"], ["本の会", "ホンノカイ"]]
    assert [row.cells[:2] for row in Reader(io.BytesIO(with_shared_strings(rows))).rows()] == rows


def test_bombs_are_refused_before_they_unpack() -> None:
    for name, size, message in (
        ("xl/worksheets/sheet1.xml", 130_000_000, "大きすぎて"),
        ("xl/styles.xml", 9_000_000, "大きすぎて"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
            bomb.writestr("[Content_Types].xml", "<Types/>")
            bomb.writestr(name, b" " * size)
        assert len(out.getvalue()) < 200_000
        with pytest.raises(Refusal, match=message):
            Reader(out)


def test_own_entities_and_broken_files_are_refused() -> None:
    content = with_shared_strings([["a"]])
    entities = with_shared_strings([["a"]], '<!DOCTYPE x [<!ENTITY a "aaaa">]>')
    far_down = with_shared_strings([["a"]], f'<!--{" " * 9_000}--><!DOCTYPE x [<!ENTITY a "aaaa">]>')
    for broken in (entities, far_down, content[:200], b"PK\x03\x04nothing"):
        with pytest.raises(Refusal, match="読み取れませんでした"):
            Reader(io.BytesIO(broken))


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b'<?xml version="1.0"?>\r\n<!-- a --> <x:sst>', True),
        (b"\xef\xbb\xbf<sst/>", True),
        (b"", True),
        ('<?xml version="1.0"?><!DOCTYPE a []><sst/>'.encode("utf-16"), False),
        (b"<!--" + b" " * 70_000, False),
        (b"<!-- <sst> --><!DOCTYPE a []><sst/>", False),
    ],
)
def test_a_part_comes_to_its_first_element_at_once(head: bytes, plain: bool) -> None:
    assert begins_plainly(head) is plain


def test_too_many_rows_or_columns_are_refused() -> None:
    with pytest.raises(Refusal, match="一度に読み取れるのは20,000行までです"):
        list(cells.bounded(cells.Row(number, ["a"]) for number in range(1, 20_100)))
    with pytest.raises(Refusal, match="100列まで"):
        list(cells.bounded([cells.Row(1, [*[""] * 100, "a"])]))


def test_hidden_sheets_are_not_offered() -> None:
    book = Workbook()
    book.active.title = "一覧"
    book.create_sheet("かくし").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert Reader(out).sheets == ("一覧",)


def test_headings_are_found_below_titles_and_over_two_rows() -> None:
    head = [
        cells.Row(1, ["令和8年度 行事予定"]),
        cells.Row(3, ["団体名", "よみ", "日付", "始まり", "", "終わり"]),
        cells.Row(4, ["", "", "", "時刻", "曜日", "時刻"]),
        cells.Row(5, ["本の会", "ホンノカイ", "R8.11.25", "18:30", "水", "20:30"]),
    ]
    layout = sheets.guess(head, NAMES)
    assert (layout.first, layout.depth) == (3, 2)
    assert layout.columns == {"name": 0, "kana": 1, "day": 2, "start": 3, "end": 5}
    assert layout.labels[4] == "始まり 曜日"


def test_a_title_right_above_the_headings_is_no_part_of_them() -> None:
    head = [
        cells.Row(1, ["令和8年度 秋葉区コミュニティ一覧"]),
        cells.Row(2, ["団体名", "よみ", "日付"]),
        cells.Row(3, ["本の会", "ホンノカイ", "R8.11.25"]),
    ]
    layout = sheets.guess(head, NAMES)
    assert (layout.first, layout.depth, layout.labels) == (2, 1, ["団体名", "よみ", "日付"])


def test_what_is_written_runs_nowhere() -> None:
    rows = [["名前"], ["=1+1"], ["＝1+1"], ["+81"], ["-5"], ["@x"], ["\tx"], ["普通"], [-5]]
    text = b"".join(sheets.csv_pieces(rows)).decode("utf-8-sig")
    assert text.split("\r\n")[:-1] == ["名前", "'=1+1", "'＝1+1", "'+81", "'-5", "'@x", "'\tx", "普通", "-5"]
    sheet = load_workbook(sheets.xlsx_file(rows, title="表")).active
    assert [cell.data_type for (cell,) in sheet.iter_rows()][1:-1] == ["s"] * 7
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].quotePrefix
    assert sheet["A9"].value == -5


def test_our_own_csv_reads_back_without_the_marks() -> None:
    pieces = b"".join(sheets.csv_pieces([["名前"], ["=会"], ["'引用"]]))
    assert csv_rows(pieces) == [["名前"], ["=会"], ["'引用"]]


def test_cp932_takes_kin_and_marks_what_it_has_not() -> None:
    assert writing.encoded("〜−—髙𠮷😀", "cp932").decode("cp932") == "～－―髙〓〓"
    assert b"".join(sheets.csv_pieces([["あ"]], encoding="cp932")) == "あ\r\n".encode("cp932")
    assert b"".join(sheets.csv_pieces([["あ"]])).startswith(b"\xef\xbb\xbf")
