"""収支予算 as a form: rows under their 節, the rules shown at the rows, the amounts worked out from what is typed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from portal.kernel.money import digits, yen

from .. import calculations, queries
from ..calculations import Amounts, ExpenseRow, ExpenseRule, IncomeRow
from ..enums import LINES_MAX, IncomeKind, Mode, Part, RuleEffect, Setsu
from ..fields import YenField
from ..models import Application
from .budget_rows import CELLS, BudgetRows, ExpenseCells, SetsuGroup


class BudgetForm(BudgetRows):
    """Rows are fields of their own (`e-3-unit`), so that every error has its place. An empty row is no row."""

    part = Part.BUDGET
    share_yen = YenField(label="市町村負担", required=False)
    outlay_yen = YenField(label="18節 負担金、補助及び交付金", required=False)
    new_setsu = forms.TypedChoiceField(
        label="足す節",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[(row.value, row.heading) for row in Setsu],
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        self.cap = queries.cap(application)
        if application.mode == Mode.DIRECT:
            del self.fields["outlay_yen"]
        if self.is_bound:
            self.data = self.data.copy()
        self.read_rows()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for index, row, notes in self._judged(data):
            name = f"e-{index}-off"
            if any(rule.effect == RuleEffect.EXCLUDE for rule in notes):
                data[name] = row.ineligible_yen
                self.data[name] = digits(row.ineligible_yen)
            elif row.ineligible_yen > row.amount_yen:
                self.add_error(name, "対象外の額は、金額までにしてください。")
        if len(self._expenses) + len(self._incomes) > LINES_MAX + len(Setsu):
            self.add_error(None, f"行は、支出と収入を合わせて{LINES_MAX}行までです。")
        return data

    def _judged(self, data: dict[str, Any]) -> list[tuple[int, ExpenseRow, tuple[ExpenseRule, ...]]]:
        """The rows that say something, with the menu's rules applied."""
        pairs = list(self._typed_expenses(data))
        judged = calculations.apply_rules([row for _, row in pairs], self.application.menu.rules)
        return [(index, row, notes) for (index, _), (row, notes) in zip(pairs, judged, strict=True)]

    def _typed_expenses(self, data: dict[str, Any]) -> Iterator[tuple[int, ExpenseRow]]:
        for index, setsu in sorted(self._expenses, key=lambda row: (row[1], row[0])):
            text, unit, quantity, off = (data.get(f"e-{index}-{cell}") for cell in CELLS)
            if text or unit is not None or quantity is not None or off is not None:
                yield (
                    index,
                    ExpenseRow(
                        setsu=setsu,
                        description=text or "",
                        unit_price_yen=unit or 0,
                        quantity=quantity or 1,
                        ineligible_yen=off or 0,
                    ),
                )

    def _typed_incomes(self, data: dict[str, Any]) -> Iterator[IncomeRow]:
        for index, kind in self._incomes:
            text, amount = data.get(f"i-{index}-description"), data.get(f"i-{index}-amount")
            if text or amount is not None:
                yield IncomeRow(kind=kind, description=text or "", amount_yen=amount or 0)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "revision": data["revision"],
            "tab": data["tab"],
            "share_yen": data.get("share_yen"),
            "outlay_yen": data.get("outlay_yen"),
            "expenses": [row for _, row in self._typed_expenses(data)],
            "incomes": list(self._typed_incomes(data)),
        }

    def stored_values(self) -> dict[str, Any]:
        return {"share_yen": self.application.share_yen, "outlay_yen": self.application.outlay_yen}

    def differences(self) -> list[tuple[str, str, str]]:
        """The whole table as text, typed and stored: rows have no identity that two people share."""
        data = self.cleaned_data_for_action()
        typed = _as_text(data["expenses"], data["incomes"], data["share_yen"])
        case = self.application
        stored = _as_text(
            [line.row for line in case.expenses.all()],
            [line.row for line in case.incomes.all()],
            case.share_yen,
        )
        return [("収支予算", typed, stored)] if typed != stored else []

    @property
    def _values(self) -> dict[str, Any]:
        """What the boxes hold, as far as it can be read: typed (only what is valid), or stored."""
        if self.is_bound:
            return self.cleaned_data if self.errors is not None else {}
        return {name: self.initial.get(name) for name in self.fields}

    @property
    def amounts(self) -> Amounts:
        """The amounts of what the boxes hold, under the cap as it stands."""
        values = self._values
        return calculations.compute(
            expenses=[row for _, row, _ in self._judged(values)],
            incomes=self._typed_incomes(values),
            share_yen=values.get("share_yen"),
            outlay_yen=values.get("outlay_yen") if self.application.is_indirect else None,
            terms=queries.terms(self.application, self.cap),
        )

    @property
    def groups(self) -> list[SetsuGroup]:
        """The rows under their 節, in order of the 節's numbers."""
        judged = {index: (row, notes) for index, row, notes in self._judged(self._values)}
        found: dict[int, list[ExpenseCells]] = {}
        for index, setsu in self._expenses:
            row, notes = judged.get(index, (None, ()))
            boxes = {cell: self[f"e-{index}-{cell}"] for cell in CELLS}
            cells = ExpenseCells(
                index=index, boxes=boxes, amount_yen=row.amount_yen if row else 0, notes=notes
            )
            found.setdefault(setsu, []).append(cells)
        return [SetsuGroup(Setsu(number), rows) for number, rows in sorted(found.items())]

    @property
    def income_rows(self) -> list[tuple[IncomeKind, BoundField, BoundField]]:
        return [
            (IncomeKind(kind), self[f"i-{index}-description"], self[f"i-{index}-amount"])
            for index, kind in self._incomes
        ]

    @property
    def rules_json(self) -> list[dict[str, Any]]:
        """The rules that take rows out, for showing them while people type; the server applies them again."""
        return [
            {"setsu": rule.setsu, "words": rule.words, "text": rule.text}
            for rule in self.application.menu.rules
            if rule.effect == RuleEffect.EXCLUDE
        ]

    @property
    def excluded(self) -> dict[str, str]:
        """By name of the row: what the rule says that takes the whole row out."""
        return {
            f"e-{index}": " ".join(rule.text for rule in notes if rule.effect == RuleEffect.EXCLUDE)
            for index, _, notes in self._judged(self._values)
            if any(rule.effect == RuleEffect.EXCLUDE for rule in notes)
        }

    @property
    def notices(self) -> list[str]:
        """What the rules ask to make sure of, once each."""
        texts = [
            rule.text
            for _, _, notes in self._judged(self._values)
            for rule in notes
            if rule.effect == RuleEffect.NOTICE
        ]
        return list(dict.fromkeys(texts))

    @property
    def only_looks(self) -> bool:
        """Whether a button asked for another row or for the computed share: shown, not saved."""
        return self.is_bound and bool({"add", "fill"} & set(self.data))

    def fill_share(self) -> None:
        """Put the computed 市町村負担 into its box."""
        if self.is_bound and self.data.get("fill") == "share":
            self.data["share_yen"] = digits(self.amounts.share_offered_yen)
            self.full_clean()


def _as_text(expenses: Iterable[ExpenseRow], incomes: Iterable[IncomeRow], share_yen: int | None) -> str:
    lines = [
        f"{Setsu(row.setsu).heading} {row.description} {digits(row.unit_price_yen)}円×{digits(row.quantity)}"
        + (f"(対象外 {yen(row.ineligible_yen)})" if row.ineligible_yen else "")
        for row in expenses
    ]
    lines += [f"{IncomeKind(row.kind).label} {row.description} {yen(row.amount_yen)}" for row in incomes]
    return "\n".join([*lines, f"市町村負担 {'未入力' if share_yen is None else yen(share_yen)}"])
