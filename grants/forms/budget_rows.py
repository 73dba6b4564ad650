"""The rows of 収支予算 as fields: read from what is stored or sent, with a name and a label for every box."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from ..calculations import ExpenseRule
from ..enums import IncomeKind, RuleEffect, Setsu
from ..fields import QuantityField, YenField
from .parts import PartForm

FIRST_SETSU = (Setsu.REWARD, Setsu.TRAVEL, Setsu.SUPPLIES, Setsu.SERVICES, Setsu.COMMISSION, Setsu.RENT)
SETSU_NUMBERS = frozenset(map(str, Setsu.values))  # compared as sent: a number of any length is read nowhere
_EXPENSE = re.compile(r"e-(\d{1,4})-setsu")
_INCOME = re.compile(r"i-(\d{1,4})-kind")
CELLS = ("description", "unit", "quantity", "off")


@dataclass(frozen=True, slots=True)
class ExpenseCells:
    """One row of the expenses as the page shows it."""

    index: int
    boxes: dict[str, BoundField]
    amount_yen: int
    notes: tuple[ExpenseRule, ...]

    @property
    def wrong(self) -> list[BoundField]:
        return [box for box in self.boxes.values() if box.errors]

    @property
    def is_excluded(self) -> bool:
        return any(rule.effect == RuleEffect.EXCLUDE for rule in self.notes)

    @property
    def excluding(self) -> list[ExpenseRule]:
        return [rule for rule in self.notes if rule.effect == RuleEffect.EXCLUDE]


@dataclass(frozen=True, slots=True)
class SetsuGroup:
    """The rows of one 節 with their sum."""

    setsu: Setsu
    rows: list[ExpenseCells]

    @property
    def total_yen(self) -> int:
        return sum(row.amount_yen for row in self.rows)


class BudgetRows(PartForm):
    """Rows are fields of their own (`e-3-unit`), so that every error has its place. An empty row is no row."""

    def read_rows(self) -> None:
        """Find the rows, add the one a button asked for, and make their fields."""
        self._expenses = list(self._known_expenses())
        self._incomes = list(self._known_incomes())
        self._add_asked()
        for index, setsu in self._expenses:
            self._add_expense_fields(index, Setsu(setsu))
        for index, kind in self._incomes:
            self._add_income_fields(index, IncomeKind(kind))

    def _known_expenses(self) -> Iterator[tuple[int, int]]:
        if not self.is_bound:
            lines = [line.setsu for line in self.application.expenses.all()] or list(FIRST_SETSU)
            yield from enumerate(lines)
            return
        for name, found in ((name, _EXPENSE.fullmatch(name)) for name in sorted(self.data)):
            value = str(self.data[name])
            if found and value in SETSU_NUMBERS:
                yield int(found[1]), int(value)

    def _known_incomes(self) -> Iterator[tuple[int, str]]:
        if not self.is_bound:
            kinds = [line.kind for line in self.application.incomes.all()]
            yield from enumerate([*kinds, *self._one_empty_each()])
            return
        for name, found in ((name, _INCOME.fullmatch(name)) for name in sorted(self.data)):
            if found and self.data[name] in IncomeKind.values:
                yield int(found[1]), str(self.data[name])

    def _one_empty_each(self) -> list[str]:
        return (
            [IncomeKind.SPECIFIC, IncomeKind.OWN] if self.application.is_indirect else [IncomeKind.SPECIFIC]
        )

    def _add_asked(self) -> None:
        """The buttons that add a row, for pages without JavaScript."""
        asked = str(self.data.get("add", "")) if self.is_bound else ""
        setsu = str(self.data.get("new_setsu", "")) if asked == "new" else asked
        if setsu in SETSU_NUMBERS:
            index = max((index for index, _ in self._expenses), default=-1) + 1
            self._expenses.append((index, int(setsu)))
            self.data[f"e-{index}-setsu"] = setsu
        elif asked in IncomeKind.values:
            index = max((index for index, _ in self._incomes), default=-1) + 1
            self._incomes.append((index, asked))
            self.data[f"i-{index}-kind"] = asked

    def _add_expense_fields(self, index: int, setsu: Setsu) -> None:
        names = {"description": "の内訳", "unit": "の単価", "quantity": "の数量", "off": "のうち対象外"}
        fields: dict[str, forms.Field] = {
            "description": forms.CharField(max_length=100, required=False),
            "unit": YenField(required=False),
            "quantity": QuantityField(required=False),
            "off": YenField(required=False),
        }
        stored = (
            None
            if self.is_bound
            else next(iter(list(self.application.expenses.all())[index : index + 1]), None)
        )
        self.fields[f"e-{index}-setsu"] = forms.IntegerField(widget=forms.HiddenInput, initial=setsu.value)
        for cell, field in fields.items():
            field.label = f"{setsu.heading}{names[cell]} {index + 1}"
            field.widget.attrs |= {
                "aria-label": field.label,
                "data-cell": cell,
                "maxlength": field.max_length,
            }  # type: ignore[attr-defined]
            self.fields[f"e-{index}-{cell}"] = field
        if stored:
            values = (
                stored.description,
                stored.unit_price_yen,
                stored.quantity,
                stored.ineligible_yen or None,
            )
            self.initial |= {f"e-{index}-{cell}": value for cell, value in zip(CELLS, values, strict=True)}

    def _add_income_fields(self, index: int, kind: IncomeKind) -> None:
        stored = (
            None
            if self.is_bound
            else next(iter(list(self.application.incomes.all())[index : index + 1]), None)
        )
        self.fields[f"i-{index}-kind"] = forms.CharField(widget=forms.HiddenInput, initial=kind.value)
        texts = forms.CharField(max_length=100, required=False, label=f"{kind.label}の内容 {index + 1}")
        money = YenField(required=False, label=f"{kind.label}の金額 {index + 1}")
        for cell, field in (("description", texts), ("amount", money)):
            field.widget.attrs |= {"aria-label": field.label, "data-cell": cell}
            self.fields[f"i-{index}-{cell}"] = field
        if stored:
            self.initial |= {
                f"i-{index}-description": stored.description,
                f"i-{index}-amount": stored.amount_yen,
            }
