"""Forms of advance payments."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.money import yen

from ..fields import YenField
from ..forms.examining import AtForm, NoteForm
from ..models import Application
from . import queries


class AdvanceForm(AtForm):
    """How much, why, and the 資金計画: one box for each month from this one to the planned end."""

    name = "advance"
    amount_yen = YenField(label="概算払を請求する額")
    reason = forms.CharField(
        label="概算払が要る理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例:運行の委託料を毎月払うが、町の資金では足りないため。",
    )  # fmt: skip
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )

    def __init__(self, *args: Any, application: Application, room_yen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount_yen"].help_text = f"いま請求できるのは、{yen(room_yen)}までです。"
        self.plan = queries.months_of(application)
        for month in self.plan:
            box = YenField(label=f"{month.year}年{month.month}月", required=False)
            self.fields[self._box(month)] = box

    @staticmethod
    def _box(month: date) -> str:
        return f"month-{month:%Y-%m}"

    def months(self) -> list[Any]:
        """The boxes of the 資金計画, in order."""
        return [self[self._box(month)] for month in self.plan]

    def clean_amount_yen(self) -> int:
        amount = self.cleaned_data["amount_yen"]
        if not amount:
            raise ValidationError("請求する額を、1円から入れてください。")
        return int(amount)

    def clean(self) -> None:
        amount = self.cleaned_data.get("amount_yen")
        planned = sum(part for _, part in self._planned())
        if amount and planned != amount and self.plan:
            text = f"月ごとの額の合計は{yen(planned)}です。請求する額({yen(amount)})と同じにしてください。"
            self.add_error(self._box(self.plan[0]), text)

    def _planned(self) -> list[tuple[date, int]]:
        boxes = [(month, self.cleaned_data.get(self._box(month))) for month in self.plan]
        return [(month, part) for month, part in boxes if part]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        names = ("amount_yen", "reason", "own_number")
        return {name: self.cleaned_data[name] for name in names} | {"plan": self._planned()}


class DraftForm(AtForm):
    """伺い of an advance."""

    name = "draft"
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="決裁する人だけに示します。",
    )  # fmt: skip


class DeclineForm(NoteForm):
    """Why it is not paid in advance."""

    name = "decline"
    note = forms.CharField(
        label="行わない理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="市町村にメールで届きます。",
    )  # fmt: skip
