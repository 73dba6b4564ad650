"""Figures beside the decided budget as boxes: read from what is stored or sent, with a name and a label for every box."""

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms

from portal.kernel.money import digits

from ... import calculations
from ...calculations import Amounts, ExpenseRow, ExpenseRule, IncomeRow
from ...enums import IncomeKind, RuleEffect, Setsu
from ...fields import YenField
from ...forms.seen import SeenForm
from ...models import Application
from ..rows import ExpenseActual, IncomeActual
from .cells import Cells

NOT_STORED = {"once", "seen", "tab"}
MORE = 3  # empty rows under the decided ones, for what came in addition
ROWS_MAX = 60  # further rows of one kind that a page can send


class AccountRows(SeenForm):
    """Figures beside the decided budget. Saved by its button or while people
    type; `tab` names the page, so that its own lost answer is no conflict. Decided lines are `e-0-actual`, further ones `x-0-…`; income `i-…` and `j-…`.

    `figure` is what the typed figures are called, `column` what they are stored under, `names` the other stored columns,
    `sheet` which of the two it is.
    """

    tab = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    sheet: ClassVar[str]
    figure: ClassVar[str]
    column: ClassVar[str]
    names: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        self.budget = list(application.expenses.all())
        self.income_budget = list(application.incomes.all())
        self.held = self.record()
        self._held = self._read(self.held)
        self._shown: dict[str, Any] | None = self._held  # what this page is made from is not read twice
        super().__init__(*args, row=application, under=application, **kwargs)
        self._shown = None
        if not application.is_indirect:
            del self.fields["outlay_yen"]
        self._add_rows()
        self.initial["tab"] = str(uuid.uuid4())
        self.initial.update({name: value for name, value in self._held.items() if value not in (None, "")})
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[assignment]

    def record(self) -> Any:
        """What is stored, with its lines as `expenses` and `incomes`; None before the first word."""
        raise TypeError(f"{type(self).__name__} does not say what it stores")

    def worked_out(
        self, expenses: list[ExpenseRow], incomes: list[IncomeRow], outlay_yen: int | None
    ) -> Amounts:
        """The arithmetic of what the boxes hold."""
        raise TypeError(f"{type(self).__name__} does not say how it is worked out")

    def stored(self) -> dict[str, Any]:
        """What the database holds now, by the name of the box."""
        held = self._read(self.record())
        return {name: held.get(name) for name in self.fields if name not in NOT_STORED}

    def rebase(self) -> None:
        super().rebase()
        self.data["tab"] = str(uuid.uuid4())  # type: ignore[index]
        self._fresh_key()

    def _saved_here(self) -> bool:
        record = self.record()
        return bool(record and record.saved_tab and record.saved_tab == self.cleaned_data["tab"])

    def _digest(self) -> str:
        """Of everything that is stored, boxes that this page has not made included."""
        held = self._read(self.record()) if self._shown is None else self._shown
        return hashlib.sha256(repr(sorted(held.items())).encode()).hexdigest()[:32]

    def _read(self, record: Any) -> dict[str, Any]:
        if record is None:
            return {}
        return {name: getattr(record, name) for name in self.names} | self._lines(record)

    def _lines(self, record: Any) -> dict[str, Any]:
        """The stored lines by box: a decided line under its own place, the others as further rows."""
        held: dict[str, Any] = {}
        known = [(line.setsu, line.description) for line in self.budget]
        further = 0
        for row in record.expenses.all():
            if row.position < len(known) and (row.setsu, row.description) == known[row.position]:
                at = f"e-{row.position}"
            else:
                at, further = f"x-{further}", further + 1
                held |= {f"{at}-setsu": str(row.setsu), f"{at}-text": row.description}
            held |= {
                f"{at}-actual": getattr(row, self.column) or None,
                f"{at}-off": row.ineligible_yen or None,
            }
        typed = [(line.kind, line.description) for line in self.income_budget]
        further = 0
        for income in record.incomes.all():
            if income.position < len(typed) and (income.kind, income.description) == typed[income.position]:
                held[f"i-{income.position}-actual"] = getattr(income, self.column) or None
            else:
                at, further = f"j-{further}", further + 1
                held |= {
                    f"{at}-kind": income.kind,
                    f"{at}-text": income.description,
                    f"{at}-actual": getattr(income, self.column) or None,
                }
        return held

    def _further(self, letter: str) -> range:
        """The numbers of the further rows: what is stored or sent, and a few empty ones."""
        names = {*self._held, *(self.data if self.is_bound else ())}
        used = [
            int(name.split("-")[1])
            for name in names
            if name.startswith(f"{letter}-") and name.split("-")[1].isdigit()
        ]
        if self.is_bound:
            return range(min(max(used, default=MORE - 1) + 1, ROWS_MAX))
        return range(max(used, default=-1) + 1 + MORE)

    def _add_rows(self) -> None:
        for at, line in enumerate(self.budget):
            self._money(f"e-{at}-actual", f"{line.description}の{self.figure}")
            self._money(f"e-{at}-off", f"{line.description}のうち対象外")
        for at in self._further("x"):
            choices = [("", "節を選ぶ"), *((str(row.value), row.heading) for row in Setsu)]
            self.fields[f"x-{at}-setsu"] = forms.ChoiceField(
                label=f"ほかの支出{at + 1}の節", choices=choices, required=False
            )
            self._words(f"x-{at}-text", f"ほかの支出{at + 1}の内訳")
            self._money(f"x-{at}-actual", f"ほかの支出{at + 1}の{self.figure}")
            self._money(f"x-{at}-off", f"ほかの支出{at + 1}のうち対象外")
        for at, income in enumerate(self.income_budget):
            self._money(f"i-{at}-actual", f"{income.description}の{self.figure}")
        for at in self._further("j"):
            kinds = [("", "区分を選ぶ"), *IncomeKind.choices]
            self.fields[f"j-{at}-kind"] = forms.ChoiceField(
                label=f"ほかの収入{at + 1}の区分", choices=kinds, required=False
            )
            self._words(f"j-{at}-text", f"ほかの収入{at + 1}の内容")
            self._money(f"j-{at}-actual", f"ほかの収入{at + 1}の{self.figure}")
        for name, field in self.fields.items():
            if "-" in name:
                field.widget.attrs["aria-label"] = field.label

    def _money(self, name: str, label: str) -> None:
        self.fields[name] = YenField(label=label, required=False)

    def _words(self, name: str, label: str) -> None:
        self.fields[name] = forms.CharField(label=label, max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, row, notes in self._judged(data):
            if any(rule.effect == RuleEffect.EXCLUDE for rule in notes):
                data[f"{name}-off"] = row.ineligible_yen
                self.data[f"{name}-off"] = digits(row.ineligible_yen)  # type: ignore[index]
            elif row.ineligible_yen > row.amount_yen:
                self.add_error(f"{name}-off", "対象外の額は、その行の額までにしてください。")
        for letter, box in (("x", "setsu"), ("j", "kind")):
            for at in self._further(letter):
                texts = [data.get(f"{letter}-{at}-{cell}") for cell in (box, "text", "actual")]
                if any(value not in (None, "") for value in texts) and any(
                    value in (None, "") for value in texts
                ):
                    self.add_error(f"{letter}-{at}-text", "区分・内訳・金額を、そろえて入れてください。")
        return data

    def _typed(self, data: dict[str, Any]) -> Iterator[tuple[str, ExpenseActual]]:
        """Every line of expenses with the name of its boxes; a further row that says nothing is no row."""
        for at, line in enumerate(self.budget):
            yield f"e-{at}", ExpenseActual(
                setsu=line.setsu, description=line.description, budget_yen=line.amount_yen,
                actual_yen=data.get(f"e-{at}-actual") or 0, ineligible_yen=data.get(f"e-{at}-off") or 0,
            )  # fmt: skip
        for at in self._further("x"):
            setsu, text = data.get(f"x-{at}-setsu"), data.get(f"x-{at}-text")
            if setsu and text:
                yield f"x-{at}", ExpenseActual(
                    setsu=int(setsu), description=text, budget_yen=0,
                    actual_yen=data.get(f"x-{at}-actual") or 0, ineligible_yen=data.get(f"x-{at}-off") or 0,
                )  # fmt: skip

    def _typed_incomes(self, data: dict[str, Any]) -> Iterator[IncomeActual]:
        for at, line in enumerate(self.income_budget):
            yield IncomeActual(
                kind=line.kind, description=line.description, budget_yen=line.amount_yen,
                actual_yen=data.get(f"i-{at}-actual") or 0,
            )  # fmt: skip
        for at in self._further("j"):
            kind, text = data.get(f"j-{at}-kind"), data.get(f"j-{at}-text")
            if kind and text:
                yield IncomeActual(
                    kind=kind, description=text, budget_yen=0, actual_yen=data.get(f"j-{at}-actual") or 0
                )

    def _judged(self, data: dict[str, Any]) -> list[tuple[str, ExpenseRow, tuple[ExpenseRule, ...]]]:
        """The lines with the menu's rules applied."""
        pairs = [
            (
                name,
                ExpenseRow(
                    setsu=row.setsu, description=row.description, unit_price_yen=row.actual_yen, ineligible_yen=row.ineligible_yen
                ),
            )
            for name, row in self._typed(data)
        ]  # fmt: skip
        judged = calculations.apply_rules([row for _, row in pairs], self.application.menu.rules)
        return [(name, row, notes) for (name, _), (row, notes) in zip(pairs, judged, strict=True)]

    @property
    def _values(self) -> dict[str, Any]:
        """What the boxes hold, as far as it can be read."""
        if self.is_bound:
            return self.cleaned_data if self.errors is not None else {}
        return {name: self.initial.get(name) for name in self.fields}

    @property
    def amounts(self) -> Amounts:
        """The arithmetic of what the boxes hold."""
        values = self._values
        incomes = [
            IncomeRow(kind=row.kind, description=row.description, amount_yen=row.actual_yen)
            for row in self._typed_incomes(values)
        ]
        return self.worked_out([row for _, row, _ in self._judged(values)], incomes, values.get("outlay_yen"))

    @property
    def lines(self) -> list[Cells]:
        """The decided lines of expenses, in their order."""
        notes = {name: rules for name, _, rules in self._judged(self._values)}
        return [
            Cells(
                heading=Setsu(line.setsu).heading, description=line.description, budget_yen=line.amount_yen,
                boxes={cell: self[f"e-{at}-{cell}"] for cell in ("actual", "off")}, notes=notes.get(f"e-{at}", ()),
            )
            for at, line in enumerate(self.budget)
        ]  # fmt: skip

    @property
    def further(self) -> list[Cells]:
        """The further lines of expenses."""
        notes = {name: rules for name, _, rules in self._judged(self._values)}
        return [
            Cells(
                heading="", description="", budget_yen=0, notes=notes.get(f"x-{at}", ()),
                boxes={cell: self[f"x-{at}-{cell}"] for cell in ("setsu", "text", "actual", "off")},
            )
            for at in self._further("x")
        ]  # fmt: skip

    @property
    def income_lines(self) -> list[Cells]:
        """The decided lines of income."""
        return [
            Cells(
                heading=IncomeKind(line.kind).label, description=line.description, budget_yen=line.amount_yen,
                boxes={"actual": self[f"i-{at}-actual"]},
            )
            for at, line in enumerate(self.income_budget)
        ]  # fmt: skip

    @property
    def further_incomes(self) -> list[Cells]:
        """The further lines of income."""
        return [
            Cells(
                heading="", description="", budget_yen=0,
                boxes={cell: self[f"j-{at}-{cell}"] for cell in ("kind", "text", "actual")},
            )
            for at in self._further("j")
        ]  # fmt: skip

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = self.cleaned_data
        values = {name: value for name, value in super().cleaned_data_for_action().items() if "-" not in name}
        return values | {
            "expenses": [row for _, row in self._typed(data)],
            "incomes": list(self._typed_incomes(data)),
        }
