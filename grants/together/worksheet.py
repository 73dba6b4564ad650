"""The worksheet of a draft of ①, ② or ④: taken home with what is stored, and brought back to be looked at before it is saved."""

import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.db import transaction
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from portal.kernel import permissions, sheets
from portal.kernel.actors import UserActor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..models import DraftTyped
from .actions import keep_draft
from .boxes import HEADINGS, NAME, TYPED_IN, Box
from .drafts import Draft, is_open, right

HEAD_ROW = 4
BLUE = PatternFill("solid", fgColor="FFE8EEF4")
HINT = "「記入」の列に書きます。「欄」の列は変えません。書いたあとはポータルの同じ画面で読み込み、確かめてから保存します。"
TOLD = 5  # faults that are told at once
PRICES, TOTAL = "金額", "経費の合計(計算)"


def write(title: str, rows: Sequence[Box]) -> IO[bytes]:
    """An xlsx file at its beginning; the caller closes it. Sums of a price breakdown are the spreadsheet's own arithmetic."""
    book = Workbook()
    sheet = book.active
    sheet.title = "下書き"
    _text(sheet, "A1", title)
    sheet["A1"].font, sheet["A2"] = Font(bold=True, size=14), HINT
    for place, heading in enumerate(HEADINGS, 1):
        cell = sheet.cell(HEAD_ROW, place, heading)
        cell.font, cell.fill = Font(bold=True), BLUE
    for number, box in enumerate(rows, HEAD_ROW + 1):
        for letter, words in zip("ABC", (box.label, box.shown(), box.help), strict=True):
            _text(sheet, f"{letter}{number}", words)
        sheet[f"B{number}"].alignment = Alignment(wrap_text=True, vertical="top")
    _figures(sheet, rows)
    _lists(book, sheet, rows)
    for letter, width in zip("ABC", (36, 70, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _text(sheet: Any, address: str, words: str) -> None:
    """Words as text, never as a formula."""
    cell = sheet[address]
    cell.value = words or None
    if words:
        cell.data_type, cell.quotePrefix = "s", words.startswith(("=", "+", "-", "@"))


def _figures(sheet: Any, rows: Sequence[Box]) -> None:
    """Amounts as figures, and below the table their sum."""
    found = [number for number, box in enumerate(rows, HEAD_ROW + 1) if box.label.endswith(PRICES)]
    for number in found:
        cell = sheet[f"B{number}"]
        digits = str(cell.value or "").replace(",", "")
        if digits.isdigit():
            cell.value, cell.data_type, cell.number_format = int(digits), "n", "#,##0"
    if found:
        last = HEAD_ROW + len(rows) + 2
        sheet[f"A{last}"], sheet[f"B{last}"] = TOTAL, f"=SUM({','.join(f'B{number}' for number in found)})"
        sheet[f"A{last}"].font, sheet[f"B{last}"].number_format = Font(bold=True), "#,##0"


def _lists(book: Workbook, sheet: Any, rows: Sequence[Box]) -> None:
    """What can be chosen, on a sheet of its own: one column a box."""
    lists, column = book.create_sheet("一覧"), 0
    for number, box in enumerate(rows, HEAD_ROW + 1):
        if not box.choices:
            continue
        column += 1
        letter = sheets.column_letter(column - 1)
        _text(lists, f"{letter}1", box.label)
        for place, words in enumerate(box.choices, 2):
            _text(lists, f"{letter}{place}", words)
        if not box.takes_many:
            rule = DataValidation(
                type="list", formula1=f"=一覧!${letter}$2:${letter}${len(box.choices) + 1}", allow_blank=True
            )
            sheet.add_data_validation(rule)
            rule.add(f"B{number}")


def read(stored: StoredFile, rows: Sequence[Box]) -> dict[str, dict[str, list[str]]]:
    """Form values by section and name, as a browser would send them; a box that is not in the sheet stays as it is stored.

    Raises Refusal at the field 「file」 with the rows of what cannot be taken: no headings, an unknown 欄, a 欄 twice, a formula,
    words that are no choice. Values are judged by the form.
    """
    known = {_plain(box.label): box for box in rows}
    values: dict[str, dict[str, list[str]]] = {}
    for box in rows:
        values.setdefault(box.part, {})[box.bound.html_name] = box.stored()
    with sheets.opened(stored) as table:
        faults = list(_taken(_below(table.rows()), known, values))
    if faults:
        more = f"ほかに{len(faults) - TOLD}か所あります。" if len(faults) > TOLD else ""
        raise Refusal(" ".join(faults[:TOLD]) + more, field="file", code="worksheet")
    return values


def _below(rows: Iterator[sheets.Row]) -> Iterator[sheets.Row]:
    """The rows below the headings. Raises Refusal when there are none."""
    for row in rows:
        if [_plain(row.text(place)) for place in range(2)] == [_plain(text) for text in HEADINGS[:2]]:
            break
    else:
        message = (
            "この下書きの「表計算の用紙」ではないようです。用紙の見出しの行を消さずに、書き込んでください。"
        )
        raise Refusal(message, field="file", code="worksheet")
    yield from rows


def _taken(
    rows: Iterable[sheets.Row], known: dict[str, Box], values: dict[str, dict[str, list[str]]]
) -> Iterator[str]:
    """Put what the rows say into `values`; yield what cannot be taken."""
    seen: set[str] = set()
    for row in rows:
        label = _plain(row.text(NAME))
        if label == _plain(TOTAL) or (row.is_blank and not row.faults):
            continue
        box = known.get(label)
        if box is None:
            yield f"{row.number}行目: 「{row.text(NAME)}」という欄はありません。"
        elif label in seen:
            yield f"{row.number}行目: 「{box.label}」が二度あります。"
        elif TYPED_IN in row.faults:
            yield f"{row.number}行目: {row.faults[TYPED_IN]}"
        else:
            seen.add(label)
            try:
                values[box.part][box.bound.html_name] = box.sent(row.text(TYPED_IN))
            except KeyError as wrong:
                yield f"{row.number}行目: {box.label}に「{wrong.args[0]}」は選べません。一覧から選んでください。"


def _plain(text: str) -> str:
    """For comparing: full-width and half-width alike, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@transaction.atomic
def bring_draft(*, by: UserActor, draft: Draft, rows: Sequence[Box], file: StoredFile) -> DraftTyped:
    """Keep what the worksheet says aside for `by`, section by section, to be looked at and saved there. Nothing stored changes.

    Returns what was kept of the first section that differs from what is stored. Raises PermissionDenied, Refusal (a draft that
    is sent, what cannot be read, by row; nothing differs).
    """
    permissions.require(by, right(draft), draft)
    if not is_open(draft):
        raise Refusal(
            f"いまは「{draft.get_state_display()}」です。用紙は、直せるあいだだけ読み込めます。", code="moved"
        )
    values = read(file, rows)
    differing = {box.part for box in rows if box.differs(values[box.part][box.bound.html_name])}
    changed = [part for part in values if part in differing]
    if not changed:
        raise Refusal("用紙の内容は、保存されている内容と同じです。", field="file", code="worksheet")
    kept = [
        keep_draft(by=by, draft=draft, part=part, revision=draft.revision, sent=values[part])
        for part in changed
    ]
    return kept[0]
