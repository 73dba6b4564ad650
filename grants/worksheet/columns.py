"""The columns of the worksheet, for writing and for reading it."""

from ..enums import IncomeKind, Setsu

HEADINGS = ("区分", "節・種類", "内容", "単価・金額(円)", "数量", "うち対象外(円)", "計算した金額")
SIDE, KIND, TEXT, PRICE, QUANTITY, OFF, AMOUNT = range(len(HEADINGS))
TYPED = (
    AMOUNT  # columns before this one are read; what lies right of them is the spreadsheet's own arithmetic
)

EXPENSE, INCOME, SHARE, OUTLAY = "支出", "収入", "市町村負担", "18節の額"
SIDES = (EXPENSE, INCOME, SHARE, OUTLAY)
SETSU = {row.heading: row for row in Setsu}
INCOMES = {row.label: row for row in IncomeKind}
