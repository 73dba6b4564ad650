"""Forms of the examination: many stand on one page, each acts at an address of its own."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.forms import OnceForm

from ..enums import Part, Verdict
from ..fields import DayField
from ..models import Application, CheckAnswer


class AtForm(OnceForm):
    """A form on one page that acts at another address `at`; there, its key counts."""

    name: ClassVar[str] = ""

    def __init__(self, *args: Any, at: str = "", **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, auto_id=f"{self.name or type(self).__name__.lower()}_%s", **kwargs)

    def _purpose(self) -> str:
        return f"{type(self).__name__}:{self.at or self.request.path}"


class ChecksForm(AtForm):
    """適/否/該当なし and a word for every point of the menu's checklist."""

    name = "checks"

    def __init__(
        self, *args: Any, application: Application, found: Mapping[str, CheckAnswer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = application.menu.checklist
        for row in self.points:
            key, before = row["key"], found.get(row["key"])
            self.fields[f"verdict_{key}"] = forms.ChoiceField(
                label=row["text"], choices=Verdict.choices, required=False, initial=before and before.verdict,
                widget=forms.RadioSelect(attrs={"data-ui-row": True, "data-ui-need": "進めるまでに必須"}),
            )  # fmt: skip
            self.fields[f"note_{key}"] = forms.CharField(
                label="気づいたこと", max_length=200, required=False, initial=before.note if before else ""
            )

    def rows(self) -> list[tuple[dict[str, str], Any, Any]]:
        """(point, its verdict, its word) in order."""
        return [
            (
                {**row, "part_label": Part(row["part"]).label},
                self[f"verdict_{row['key']}"],
                self[f"note_{row['key']}"],
            )
            for row in self.points
        ]

    def clean(self) -> None:
        for row in self.points:
            key = row["key"]
            note = self.cleaned_data.get(f"note_{key}", "")
            verdict = self.cleaned_data.get(f"verdict_{key}")
            if verdict == Verdict.UNFIT and not note.strip():
                self.add_error(f"note_{key}", "否にするときは、何が合わないかを書いてください。")
            if note.strip() and not verdict and f"verdict_{key}" not in self.errors:
                self.add_error(f"verdict_{key}", "判定を選んでください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        given = [row["key"] for row in self.points if values.get(f"verdict_{row['key']}")]
        return {"answers": {key: (values[f"verdict_{key}"], values[f"note_{key}"]) for key in given}}


class RemarkForm(AtForm):
    """What is to be mended in one section."""

    name = "remark"
    part = forms.ChoiceField(label="どの部分ですか", choices=Part.choices)
    text = forms.CharField(
        label="直してほしいこと", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="補正を依頼したときに、市町村に届きます。",
    )  # fmt: skip


class DueForm(AtForm):
    """Until when."""

    name = "due"
    due_on = DayField(label="補正の期限", help_text="この日の24時までに提出されたものを受け付けます。")

    def clean_due_on(self) -> Any:
        if self.cleaned_data["due_on"] is None:
            raise ValidationError("補正の期限を入力してください。")
        return self.cleaned_data["due_on"]


class ExtendForm(DueForm):
    """A later day for an open correction."""

    name = "extend"


class NoteForm(AtForm):
    """A reason that the other side sees."""

    name = "note"
    note = forms.CharField(
        label="理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="相手に表示されます。",
    )


class EndForm(NoteForm):
    """What becomes of a correction whose deadline has passed."""

    name = "end"
    step = forms.ChoiceField(
        label="どうしますか",
        choices=[("resume", "提出された内容のまま、審査をつづける"), ("lapse", "取り下げとして扱う")],
        widget=forms.RadioSelect,
    )


class AnswerForm(AtForm):
    """The municipality's answer to one remark."""

    name = "answer"
    answer = forms.CharField(label="回答", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, remark: Any, **kwargs: Any) -> None:
        self.remark = remark
        self.name = f"answer{str(remark.pk)[:8]}"  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["answer"].initial = remark.answer
