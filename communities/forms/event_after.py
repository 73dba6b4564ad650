"""Forms of pitches, and of the time after a meeting."""

from collections.abc import Iterable
from typing import Any

from django import forms

from portal.kernel import uploads
from portal.kernel.forms import OnceForm
from portal.kernel.uploads import UploadField

from ..fields import LineField, NumberField, PersonField
from ..models import EventSurvey, Pitch

PHOTO_BYTES = 10 * uploads.MEGABYTE
COUNT = {"min_value": 0, "max_value": 100_000}


class PitchForm(OnceForm):
    """One's name and what one will talk about, in a minute."""

    name = PersonField(
        label="話す人の名前",
        max_length=80,
        help_text="当日の画面と進行表に出ます。公開のページには出ません。",
    )
    title = LineField(label="題", max_length=80, help_text="催しのページに出ます。")


class AskPitchForm(PitchForm):
    """With a word to the organisers."""

    note = LineField(label="世話人へのひとこと", max_length=200, required=False)


class MoveForm(OnceForm):
    """The buttons 「上へ」 and 「下へ」 of a run: `step` is `up:<id>` or `down:<id>` of one of `rows`."""

    def __init__(self, *args: Any, rows: Iterable[Pitch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}

    def clean(self) -> None:
        step, _, pk = str(self.data.get("step", "")).partition(":")
        if step not in {"up", "down"} or pk not in self.rows:
            raise forms.ValidationError(
                "どのボタンが押されたか分かりませんでした。もう一度押してください。", code="step"
            )
        self.cleaned_data.update(step=step, pitch=self.rows[pk])


class ReportForm(OnceForm):
    """What came of it, who was there by kind, the minutes."""

    result = forms.CharField(
        label="どうなったか",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="公開のページに出ます。",
    )
    adults_count = NumberField(label="大人", **COUNT)
    children_count = NumberField(label="18歳未満", required=False, initial=0, **COUNT)
    online_count = NumberField(label="オンライン", required=False, initial=0, **COUNT)
    staff_count = NumberField(label="運営・登壇者", required=False, initial=0, **COUNT)
    minutes = forms.CharField(
        label="議事録", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="公開のページに出ます。本人の了解がない名前は、書かないでください。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("adults_count", "children_count", "online_count", "staff_count"):
            self.fields[name].widget.attrs["data-ui-unit"] = "人"

    def clean(self) -> None:
        for name in ("children_count", "online_count", "staff_count"):
            self.cleaned_data[name] = self.cleaned_data.get(name) or 0


class PhotoForm(OnceForm):
    """A photo and its words."""

    file = UploadField(label="写真", accept=uploads.IMAGES, max_bytes=PHOTO_BYTES)
    alt = LineField(
        label="写真の説明",
        max_length=200,
        help_text="見えない人に、何が写っているかを伝えます。例:20人ほどが輪になって話している",
    )
    caption = LineField(label="そえる言葉", max_length=120, required=False)
    consented = forms.BooleanField(label="写っている人の了解を得ました")


class SurveyForm(OnceForm):
    """The one question with choices. Stars and a free text are always asked."""

    question = LineField(
        label="えらんで答える質問",
        max_length=100,
        required=False,
        help_text="例:この集まりを何で知りましたか",
    )
    choices = forms.CharField(
        label="選択肢", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行に一つずつ、2つから8つまで。",
    )  # fmt: skip

    def clean_choices(self) -> list[str]:
        rows = [" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines()]
        rows = [row for row in dict.fromkeys(rows) if row]
        if any(len(row) > 60 for row in rows):
            raise forms.ValidationError("選択肢は、一つ60字までにしてください。", code="max_length")
        return rows

    def clean(self) -> None:
        question, choices = self.cleaned_data.get("question"), self.cleaned_data.get("choices", [])
        if (question or choices) and not (question and 2 <= len(choices) <= 8):
            self.add_error("choices", "質問を書くときは、選択肢を2つから8つまで書いてください。")


STARS = [
    ("5", "とてもよかった"),
    ("4", "よかった"),
    ("3", "ふつう"),
    ("2", "あまりよくなかった"),
    ("1", "よくなかった"),
]


class AnswerForm(OnceForm):
    """What one anonymous person says."""

    stars = forms.TypedChoiceField(
        label="参加して、どうでしたか", choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    choice = forms.TypedChoiceField(
        label="", coerce=int, required=False, empty_value=None, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="感想や、次にほしいこと", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="名前や連絡先は書かないでください。",
    )  # fmt: skip

    def __init__(self, *args: Any, survey: EventSurvey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not survey.question:
            del self.fields["choice"]
            return
        self.fields["choice"].label = survey.question
        self.fields["choice"].choices = [(str(number), text) for number, text in enumerate(survey.choices, 1)]  # type: ignore[attr-defined]
