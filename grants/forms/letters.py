"""Choosing many files for one 決裁 of the office."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.kernel import uploads
from portal.kernel.forms import OnceForm
from portal.kernel.money import yen

from ..fields import DayField
from ..models import Application, BudgetLine
from ..queries import approving

SMALL = {"data-ui-size": "m"}


class LettersForm(OnceForm):
    """Which files, and what the office's own 決裁 says of all of them."""

    applications = forms.MultipleChoiceField(
        label="申請", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "申請を1件以上選んでください。"},
    )  # fmt: skip
    line = forms.ModelChoiceField(
        label="科目", queryset=BudgetLine.objects.none(), required=False, empty_label="選んでください",
        help_text="内容審査中の申請は、計算した額でこの科目から起案します。",
    )  # fmt: skip
    record_number = forms.CharField(label="起案番号", max_length=40, widget=forms.TextInput(attrs=SMALL))
    decided_on = DayField(label="決裁日")
    approver_title = forms.CharField(label="決裁権者の職", max_length=60)
    approver_name = forms.CharField(label="決裁権者の氏名", max_length=60)
    paper = uploads.UploadField(label="決裁済みの文書", accept=(uploads.PDF,))
    effective_on = DayField(label="施行日", help_text="通知書の日付になります。")
    document_number = forms.CharField(
        label="文書番号", max_length=50, required=False, widget=forms.TextInput(attrs=SMALL),
        help_text="2件目からは枝番が付きます(第123号の2)。ポータルが番号を付けるメニューでは空にします。",
    )  # fmt: skip
    commitment_number = forms.CharField(
        label="支出負担行為の番号", max_length=30, required=False, widget=forms.TextInput(attrs=SMALL),
        help_text="2件目からは枝番が付きます。",
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        choices: Any = self.fields["applications"]
        choices.choices = [(key, _words(row)) for key, row in self.rows.items()]
        programmes = {row.menu.programme for row in rows}
        lines = [line for programme in programmes for line in approving.lines_with_left(programme)]
        field: Any = self.fields["line"]
        field.queryset = BudgetLine.objects.filter(programme__in=programmes)
        field.choices = [
            ("", "選んでください"),
            *((row.pk, f"{row}(残り{yen(approving.left_of(row))})") for row in lines),
        ]

    def clean(self) -> None:
        for name in ("decided_on", "effective_on"):
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, f"{self.fields[name].label}を入力してください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """The files in the order of the list, not of the clicks."""
        chosen = set(self.cleaned_data["applications"])
        values = super().cleaned_data_for_action()
        return values | {"applications": [row for key, row in self.rows.items() if key in chosen]}


def _words(row: Application) -> str:
    return f"{row.municipality.name} {row.title}({row.get_state_display()}・交付申請額 {yen(row.grant_yen)})"
