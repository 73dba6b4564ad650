"""Forms of what an event asks: the settings, a question."""

from typing import Any
from uuid import UUID

from django import forms

from portal.kernel.forms import OnceForm

from ..enums import QuestionKind
from ..fields import LineField, MomentField, NumberField
from ..models.asks import OLDEST

CHOOSING = (QuestionKind.CHOICE, QuestionKind.CHOICES)


class AskForm(OnceForm):
    """Children, childcare, reminders."""

    children_welcome = forms.BooleanField(
        label="こどもも参加する催しです", required=False,
        help_text="申込みで、18歳未満の人数と、保護者の氏名・連絡先・同意を聞きます。",
    )  # fmt: skip
    childcare_capacity = NumberField(
        label="託児の定員",
        required=False,
        min_value=1,
        max_value=200,
        help_text="空のままにすると、託児はしません。",
    )
    childcare_close_at = MomentField(
        label="託児の締切", required=False, help_text="申込みの締切より前にします。"
    )
    childcare_from_age = NumberField(label="何歳から", min_value=0, max_value=OLDEST, initial=1)
    childcare_to_age = NumberField(label="何歳まで", min_value=0, max_value=OLDEST, initial=6)
    remind_week = forms.BooleanField(label="7日前にメールで知らせる", required=False)
    remind_day = forms.BooleanField(label="前の日にメールで知らせる", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, unit in (
            ("childcare_capacity", "人"),
            ("childcare_from_age", "歳"),
            ("childcare_to_age", "歳"),
        ):
            self.fields[name].widget.attrs["data-ui-unit"] = unit

    def clean(self) -> None:
        data = self.cleaned_data
        if {"childcare_capacity", "childcare_close_at"} & set(self.errors):
            return
        if data.get("childcare_capacity") and not data.get("childcare_close_at"):
            self.add_error("childcare_close_at", "託児をするときは、締切を決めてください。")
        elif data.get("childcare_close_at") and not data.get("childcare_capacity"):
            self.add_error("childcare_capacity", "託児をするときは、定員を決めてください。")
        low, high = data.get("childcare_from_age"), data.get("childcare_to_age")
        if low is not None and high is not None and low > high:
            self.add_error("childcare_to_age", "「何歳から」より小さくはできません。")


class QuestionForm(OnceForm):
    """One question."""

    wording = LineField(label="質問", max_length=200)
    hint = LineField(label="補足", max_length=200, required=False)
    kind = forms.ChoiceField(
        label="答え方", choices=QuestionKind, initial=QuestionKind.TEXT, widget=forms.RadioSelect(attrs={"data-ui-row": "1"})
    )  # fmt: skip
    options = forms.CharField(
        label="選択肢", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="選んでもらうときだけ、1行に一つずつ書きます。",
    )  # fmt: skip
    required = forms.BooleanField(label="必ず答えてもらう", required=False)

    def clean(self) -> None:
        data = self.cleaned_data
        lines = [line.strip() for line in data.get("options", "").splitlines() if line.strip()]
        options = list(dict.fromkeys(lines))
        if data.get("kind") in CHOOSING and len(options) < 2:
            self.add_error("options", "選択肢を、1行に一つずつ、2つ以上書いてください。")
        elif len(options) > 20 or any(len(option) > 80 for option in options):
            self.add_error("options", "選択肢は、一つ80字まで、20個までです。")
        data["options"] = options if data.get("kind") in CHOOSING else []


class RetireForm(OnceForm):
    """One button for each question."""

    question = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def clean_question(self) -> UUID:
        try:
            return UUID(self.cleaned_data["question"])
        except ValueError:
            raise forms.ValidationError("もう一度ボタンを押してください。", code="question") from None
