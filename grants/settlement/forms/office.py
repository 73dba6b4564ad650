"""The office's forms of a decided file: inspection, 額の確定, 支出命令, the end."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ...enums import Verdict
from ...fields import DayField, YenField
from ...forms.examining import AtForm, NoteForm
from ...models import Application


class InspectForm(AtForm):
    """What was found, point by point, and what costs are not accepted."""

    name = "inspect"
    inspected_on = DayField(label="検査した日")
    method = forms.CharField(
        label="検査の方法と場所", max_length=120, help_text="例:書面(振興局)、現地(浜坂公民館)"
    )
    disallowed_yen = YenField(
        label="対象外と認める額",
        required=False,
        help_text="報告された補助対象経費から引きます。なければ空のまま。",
    )
    disallowed_reason = forms.CharField(
        label="対象外と認める理由", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    findings = forms.CharField(
        label="所見", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = application.menu.result_checklist
        for row in self.points:
            key = row["key"]
            self.fields[f"verdict_{key}"] = forms.ChoiceField(
                label=row["text"],
                choices=Verdict.choices,
                widget=forms.RadioSelect(attrs={"data-ui-row": True}),
            )
            self.fields[f"note_{key}"] = forms.CharField(label="気づいたこと", max_length=200, required=False)

    def rows(self) -> list[tuple[Any, Any]]:
        """(verdict, word) of every point, in order."""
        return [(self[f"verdict_{row['key']}"], self[f"note_{row['key']}"]) for row in self.points]

    def clean_inspected_on(self) -> Any:
        if self.cleaned_data["inspected_on"] is None:
            raise ValidationError("検査した日を入力してください。")
        return self.cleaned_data["inspected_on"]

    def clean(self) -> None:
        for row in self.points:
            verdict, note = (
                self.cleaned_data.get(f"{cell}_{row['key']}", "") for cell in ("verdict", "note")
            )
            if verdict == Verdict.UNFIT and not note.strip():
                self.add_error(f"note_{row['key']}", "否にするときは、何が合わないかを書いてください。")
        if (
            self.cleaned_data.get("disallowed_yen")
            and not self.cleaned_data.get("disallowed_reason", "").strip()
        ):
            self.add_error("disallowed_reason", "対象外と認める理由を書いてください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        names = ("inspected_on", "method", "disallowed_reason", "findings")
        return {name: values[name] for name in names} | {
            "disallowed_yen": values["disallowed_yen"] or 0,
            "answers": {
                row["key"]: (values[f"verdict_{row['key']}"], values[f"note_{row['key']}"])
                for row in self.points
            },
        }


class ReturnForm(NoteForm):
    """What is to be corrected in the result."""

    name = "return"
    note = forms.CharField(
        label="直してほしいこと", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="市町村にメールで届きます。",
    )  # fmt: skip


class SettleForm(AtForm):
    """伺い of the 額の確定; the amount is computed."""

    name = "settle"
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="決裁する人だけに示します。",
    )  # fmt: skip


class InvoiceForm(AtForm):
    """The municipality's invoice; the amount is what is still to be paid."""

    name = "invoice"
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )
