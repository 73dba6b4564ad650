"""The forms of the panel: seats, declarations, rulings, score sheets, opinions, ties, 「もし」."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from portal.kernel import wording
from portal.kernel.fields import clean_text
from portal.kernel.forms import OnceForm

from ...fields import QuantityField
from ...forms.examining import AtForm
from ...models import CommissionCall, CommissionItem, PanelInterest, Proposal, ScoreSheet
from ..enums import Declared, InterestKind, Ruling
from .themes import area


class SeatForm(AtForm):
    """Who is seated."""

    name = "seat"
    email = forms.EmailField(label="審査委員のメールアドレス", help_text="利用者登録の済んだ人を入れます。")
    title = forms.CharField(label="職・専門", max_length=80, help_text="例:大学准教授(地域福祉)")


class DeclareForm(OnceForm):
    """Clear, or a conflict with its kinds."""

    declared = forms.ChoiceField(label="利害関係", choices=Declared.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="どの関係ですか", choices=InterestKind.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="利害関係があるときに選びます。事務局だけが見ます。寄附したことは、利害関係になりません。",
    )  # fmt: skip

    def clean(self) -> None:
        if self.cleaned_data.get("declared") == Declared.CONFLICT and not self.cleaned_data.get("kinds"):
            self.add_error("kinds", "どの関係かを選んでください。")


class RuleForm(AtForm):
    """What the secretariat decides about one reviewer and one proposal."""

    ruling = forms.ChoiceField(label="判断", choices=Ruling.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="理由", max_length=400, help_text="事務局の記録に残ります。議事録には載りません。"
    )

    def __init__(self, *args: Any, interest: PanelInterest, **kwargs: Any) -> None:
        self.name = f"rule{str(interest.pk)[:8]}"  # type: ignore[misc]
        super().__init__(*args, at=interest.get_rule_url(), **kwargs)
        if not interest.recorded:
            self.fields["ruling"].choices = [(Ruling.EXCLUDED.value, Ruling.EXCLUDED.label)]


class SheetForm(OnceForm):
    """One sheet: points and a reason for each item, in rows."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = area("全体の意見", rows=4, most=1000, required=False)

    def __init__(
        self, *args: Any, items: Sequence[CommissionItem], sheet: ScoreSheet | None, **kwargs: Any
    ) -> None:
        self.items, self.sheet = items, sheet
        given = {row.item_id: row for row in sheet.points.all()} if sheet else {}
        known = {"revision": sheet.revision if sheet else 0, "comment": sheet.comment if sheet else ""}
        super().__init__(*args, initial=known, **kwargs)
        for item in items:
            row = given.get(item.pk)
            self.fields[f"points_{item.position}"] = forms.IntegerField(
                label=f"{item.label}(0〜{item.points}点)", min_value=0, max_value=item.points, required=False,
                initial=row.points if row else None, widget=forms.NumberInput(attrs={"data-ui-size": "s", "data-ui-unit": "点"}),
            )  # fmt: skip
            self.fields[f"reason_{item.position}"] = forms.CharField(
                label=f"{item.label}の理由", max_length=300, required=False, initial=row.comment if row else "",
                validators=[clean_text],
            )  # fmt: skip
        wording.teach(self.fields)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """(points, reason) as bound fields, in the order of the items."""
        return [(self[f"points_{item.position}"], self[f"reason_{item.position}"]) for item in self.items]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        points: dict[UUID, tuple[int | None, str]] = {
            item.pk: (values[f"points_{item.position}"], values[f"reason_{item.position}"])
            for item in self.items
        }
        return {"revision": values["revision"], "comment": values["comment"], "points": points}


class OpinionForm(AtForm):
    """The words of the theme's municipality."""

    name = "opinion"
    text = area("意見", rows=4, most=2000, help_text="審査委員が読みます。点は付けません。")


class TieForm(AtForm):
    """The panel's own order of equals, by their places."""

    name = "tie"

    def __init__(self, *args: Any, tied: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tied = tied
        choices = [(str(n), f"{n}番め") for n in range(1, len(tied) + 1)]
        for row in tied:
            self.fields[f"place_{row.pk}"] = forms.ChoiceField(
                label=str(row), choices=choices, widget=forms.RadioSelect(attrs={"data-ui-row": True})
            )
        self.fields["note"] = area("合議の内容", rows=3, most=1000, help_text="議事録に載ります。")
        wording.teach(self.fields)

    def clean(self) -> None:
        given = [self.cleaned_data.get(f"place_{row.pk}") for row in self.tied]
        if None not in given and len(set(given)) < len(given):
            self.add_error(None, "同じ順の提案があります。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        order = sorted(self.tied, key=lambda row: int(values[f"place_{row.pk}"]))
        return {"order": order, "note": values["note"]}


class WhatIfForm(forms.Form):
    """「もし」: another floor, or one proposal less. Nothing is stored."""

    floor = QuantityField(label="最低基準(%)", required=False)
    without = forms.ModelChoiceField(
        label="いないことにする提案", queryset=Proposal.objects.none(), required=False, empty_label="なし"
    )

    def __init__(self, *args: Any, call: CommissionCall, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["floor"].initial = call.floor_percent
        self.fields["without"].queryset = seen

    def clean_floor(self) -> int | None:
        found: int | None = self.cleaned_data["floor"]
        if found is not None and found > 100:
            raise forms.ValidationError("最低基準は、1から100までです。")
        return found

    def asked(self) -> dict[str, Any]:
        """What to ask the ranking."""
        if not self.is_valid():
            return {}
        left = self.cleaned_data["without"]
        return {"floor_percent": self.cleaned_data["floor"], "without": [left.pk] if left else []}
