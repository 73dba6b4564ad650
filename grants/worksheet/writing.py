"""The worksheet of one draft: what is stored, empty rows, choices, and sums that the spreadsheet works out itself."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from ..calculations import ExpenseRow
from ..enums import IncomeKind
from ..forms.budget_rows import FIRST_SETSU
from ..models import Application
from .columns import EXPENSE, HEADINGS, INCOME, INCOMES, OUTLAY, SETSU, SHARE, SIDES

HEAD_ROW, ROWS = 4, 80
LAST = HEAD_ROW + ROWS
WIDTHS = (12, 28, 44, 16, 8, 16, 16, 3, 20, 16)
GREY, BLUE = PatternFill("solid", fgColor="FFF2F2F2"), PatternFill("solid", fgColor="FFE8EEF4")
HINT = "1行に1つずつ書きます。金額は円、数量が空のときは1です。書いたあとはポータルの同じ画面で読み込み、確かめてから保存します。"


def write(application: Application) -> IO[bytes]:
    """An xlsx file at its beginning; the caller closes it. Uses the prefetched rows: no query."""
    book = Workbook()
    sheet = book.active
    sheet.title = "収支予算"
    sheet["A1"], sheet["A2"] = f"収支予算 {application}", HINT
    sheet["A1"].font = Font(bold=True, size=14)
    for place, heading in enumerate(HEADINGS, 1):
        cell = sheet.cell(HEAD_ROW, place, heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), BLUE, Alignment(vertical="center")
    for number, values in enumerate(_rows(application), HEAD_ROW + 1):
        _fill(sheet, number, values)
    for number in range(HEAD_ROW + 1, LAST + 1):
        _arithmetic(sheet, number)
    _sums(sheet)
    _choices(book, sheet)
    for letter, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (
        "landscape",
        1,
        0,
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _rows(application: Application) -> Iterator[Sequence[Any]]:
    """Stored rows, or one empty row for each usual 節; then the incomes and the shares."""
    expenses: list[ExpenseRow] = [line.row for line in application.expenses.all()]
    headings = {row.value: heading for heading, row in SETSU.items()}
    for row in expenses:
        off = row.ineligible_yen or None
        yield EXPENSE, headings[row.setsu], row.description, row.unit_price_yen, row.quantity, off
    if not expenses:
        for setsu in FIRST_SETSU:
            yield EXPENSE, setsu.heading, "", None, None, None
    incomes = [line.row for line in application.incomes.all()]
    for income in incomes:
        yield INCOME, IncomeKind(income.kind).label, income.description, income.amount_yen, None, None
    if not incomes:
        yield INCOME, IncomeKind.SPECIFIC.label, "", None, None, None
    yield SHARE, "", "", application.share_yen, None, None
    if application.is_indirect:
        yield OUTLAY, "", "", application.outlay_yen, None, None


def _fill(sheet: Any, number: int, values: Sequence[Any]) -> None:
    for place, value in enumerate(values, 1):
        cell = sheet.cell(number, place, value if value != "" else None)
        if isinstance(value, str):
            cell.data_type, cell.quotePrefix = (
                "s",
                value.startswith(("=", "+", "-", "@")),
            )  # text, never a formula


def _arithmetic(sheet: Any, number: int) -> None:
    made = sheet.cell(number, 7, f'=IF(D{number}="","",D{number}*IF(E{number}="",1,E{number}))')
    made.fill = GREY
    for place in (4, 6, 7):
        sheet.cell(number, place).number_format = "#,##0"
    for place in range(1, 7):
        sheet.cell(number, place).protection = Protection(locked=False)


def _sums(sheet: Any) -> None:
    """To the right of the table: the sums, and what is still missing between the two sides."""
    sides, amounts = f"$A${HEAD_ROW + 1}:$A${LAST}", f"$G${HEAD_ROW + 1}:$G${LAST}"
    off = f"$F${HEAD_ROW + 1}:$F${LAST}"
    rows = (
        ("支出の合計", f'=SUMIF({sides},"{EXPENSE}",{amounts})'),
        ("うち対象外", f'=SUMIF({sides},"{EXPENSE}",{off})'),
        ("収入の合計", f'=SUMIF({sides},"{INCOME}",{amounts})'),
        (SHARE, f'=SUMIF({sides},"{SHARE}",{amounts})'),
        ("補助金などで埋める額", "=J5-J7-J8"),
    )
    for number, (label, formula) in enumerate(rows, HEAD_ROW + 1):
        sheet.cell(number, 9, label).font = Font(bold=True)
        made = sheet.cell(number, 10, formula)
        made.number_format, made.fill = "#,##0", GREY


def _choices(book: Workbook, sheet: Any) -> None:
    """The lists of 区分 and of 節・種類, kept on a sheet of their own that is not shown."""
    lists = book.create_sheet("一覧")
    lists.sheet_state = "hidden"
    for column, values in (("A", SIDES), ("B", (*SETSU, *INCOMES))):
        for number, value in enumerate(values, 1):
            lists[f"{column}{number}"] = value
        rule = DataValidation(
            type="list", formula1=f"=一覧!${column}$1:${column}${len(values)}", allow_blank=True,
            showErrorMessage=True, errorTitle="選んでください", error="一覧にあるものを選んでください。",
        )  # fmt: skip
        sheet.add_data_validation(rule)
        rule.add(f"{column}{HEAD_ROW + 1}:{column}{LAST}")
