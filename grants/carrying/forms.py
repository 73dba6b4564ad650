"""Forms of carry-overs."""

from typing import Any

from django import forms

from ..forms.examining import AtForm, NoteForm
from ..relief.forms import DAY_HELP, RequiredDay
from .enums import CarryKind


class CarryForm(AtForm):
    """What the municipality asks."""

    name = "carry"
    kind = forms.ChoiceField(
        label="種類", choices=CarryKind.choices, widget=forms.RadioSelect(attrs={"data-ui-row": True})
    )
    reason = forms.CharField(
        label="繰越しの理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="年度の中に終わらない理由を書きます。事故繰越しは、避けられなかった事情も書きます。",
    )  # fmt: skip
    ends_on = RequiredDay(label="繰越し後の完了予定", help_text="次の年度の日にします。")
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )


class DraftForm(AtForm):
    """The day of the 議決 or 承認, and 伺い."""

    name = "draft"
    authorised_on = RequiredDay(label="議決日・承認日", help_text=DAY_HELP)
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="決裁する人だけに示します。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authorised_on"].help_text = "繰越明許費は県議会の議決日、事故繰越しは承認日。"


class DeclineForm(NoteForm):
    """Why it is not carried over."""

    name = "decline"
    note = forms.CharField(
        label="承認しない理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="市町村にメールで届きます。",
    )  # fmt: skip
