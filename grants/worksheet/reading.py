"""A worksheet that came back, as what the section's form would have been sent. Values are judged by that form."""

import unicodedata
from collections.abc import Iterator

from portal.kernel import sheets
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..enums import LINES_MAX
from .columns import (
    EXPENSE,
    HEADINGS,
    INCOME,
    INCOMES,
    KIND,
    OFF,
    OUTLAY,
    PRICE,
    QUANTITY,
    SETSU,
    SHARE,
    SIDE,
    SIDES,
    TEXT,
    TYPED,
)

TOLD = 5  # faults that are told at once
NUMBERS = {str(row.value): row for row in SETSU.values()}


def read(stored: StoredFile, *, indirect: bool) -> dict[str, list[str]]:
    """Form values by name, as a browser would send them. An empty row is no row.

    Raises Refusal at the field 「file」 for a table without the headings of the worksheet, a row whose 区分 or 節 is unknown,
    a cell with a formula, more rows than a budget may have.
    """
    with sheets.opened(stored) as table:
        found = list(_typed(table.rows()))
    if len(found) > LINES_MAX:
        raise Refusal(f"行は、支出と収入を合わせて{LINES_MAX}行までです。", field="file")
    values: dict[str, list[str]] = {}
    faults = [fault for row in found for fault in _taken(row, values, indirect=indirect)]
    if faults:
        more = f"ほかに{len(faults) - TOLD}か所あります。" if len(faults) > TOLD else ""
        raise Refusal(" ".join(faults[:TOLD]) + more, field="file", code="worksheet")
    if not values:
        raise Refusal("表に、何も書かれていません。", field="file", code="worksheet")
    return values


def _typed(rows: Iterator[sheets.Row]) -> Iterator[sheets.Row]:
    """The rows below the headings in which somebody wrote. Raises Refusal when there are no headings."""
    for row in rows:
        if tuple(_plain(row.text(place)) for place in range(TYPED)) == tuple(map(_plain, HEADINGS[:TYPED])):
            break
    else:
        raise Refusal(
            "この申請の「表計算の用紙」ではないようです。用紙の見出しの行を消さずに、書き込んでください。",
            field="file",
            code="worksheet",
        )
    for row in rows:
        faulty = any(place < TYPED for place in row.faults)
        if faulty or any(row.text(place).strip() for place in (TEXT, PRICE, QUANTITY, OFF)):
            yield row


def _taken(row: sheets.Row, values: dict[str, list[str]], *, indirect: bool) -> Iterator[str]:
    """Put what the row says into `values`; yield what cannot be taken."""
    if wrong := [text for place, text in sorted(row.faults.items()) if place < TYPED]:
        yield f"{row.number}行目: {wrong[0]}"
        return
    side, kind = _plain(row.text(SIDE)), _plain(row.text(KIND))
    if side == _plain(EXPENSE):
        setsu = {_plain(heading): one for heading, one in SETSU.items()}.get(kind) or NUMBERS.get(kind)
        if setsu is None:
            yield f"{row.number}行目: 「{row.text(KIND)}」という節はありません。一覧から選んでください。"
            return
        cells = {
            "setsu": str(setsu.value),
            "description": TEXT,
            "unit": PRICE,
            "quantity": QUANTITY,
            "off": OFF,
        }
        _put(values, f"e-{row.number}", cells, row)
    elif side == _plain(INCOME):
        income = {_plain(label): one for label, one in INCOMES.items()}.get(kind)
        if income is None:
            yield f"{row.number}行目: 「{row.text(KIND)}」という収入の種類はありません。一覧から選んでください。"
            return
        _put(values, f"i-{row.number}", {"kind": income.value, "description": TEXT, "amount": PRICE}, row)
    elif side == _plain(SHARE):
        values["share_yen"] = [row.text(PRICE)]
    elif side == _plain(OUTLAY) and indirect:
        values["outlay_yen"] = [row.text(PRICE)]
    else:
        yield f"{row.number}行目: 区分は{'・'.join(SIDES if indirect else SIDES[:-1])}から選んでください。"


def _put(values: dict[str, list[str]], name: str, cells: dict[str, str | int], row: sheets.Row) -> None:
    for cell, told in cells.items():
        values[f"{name}-{cell}"] = [row.text(told) if isinstance(told, int) else told]


def _plain(text: str) -> str:
    """For comparing: full-width and half-width alike, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
