"""Choosing many files: to record one 決裁 of the office, to draft, to sign, to give the 内示."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.kernel import uploads
from portal.kernel.forms import OnceForm
from portal.kernel.money import yen

from ..enums.approving import Matter
from ..fields import DayField, YenField
from ..models import Application, Approval, BudgetLine, NeedsAnswer
from ..queries import approving

SMALL = {"data-ui-size": "m"}
LONG = {"rows": 3}


class ChooseForm(OnceForm):
    """Which files, and what a draft of them needs; what the matter does not need is not asked."""

    applications = forms.MultipleChoiceField(
        label="申請", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "申請を1件以上選んでください。"},
    )  # fmt: skip
    line = forms.ModelChoiceField(
        label="科目", queryset=BudgetLine.objects.none(), required=False, empty_label="選んでください",
        help_text="内容審査中の申請は、計算した額でこの科目から起案します。",
    )  # fmt: skip
    reason = forms.CharField(
        label="不交付の理由", max_length=1000, required=False, widget=forms.Textarea(attrs=LONG),
        help_text="内容審査中の申請は、この理由で起案します。不交付決定通知書に、このまま印刷します。",
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[Application], matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        choices: Any = self.fields["applications"]
        choices.choices = [(key, _words(row)) for key, row in self.rows.items()]
        if matter != Matter.REJECTION:
            del self.fields["reason"]
        if matter == Matter.DECISION:
            self._offer_lines(rows)
        else:
            for name in ("line", "commitment_number"):
                self.fields.pop(name, None)

    def _offer_lines(self, rows: Sequence[Application]) -> None:
        programmes = {row.menu.programme for row in rows}
        lines = [line for programme in programmes for line in approving.lines_with_left(programme)]
        field: Any = self.fields["line"]
        field.queryset = BudgetLine.objects.filter(programme__in=programmes)
        field.choices = [
            ("", "選んでください"),
            *((row.pk, f"{row}(残り{yen(approving.left_of(row))})") for row in lines),
        ]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """The files in the order of the list, not of the clicks."""
        chosen = set(self.cleaned_data["applications"])
        values = super().cleaned_data_for_action()
        return values | {"applications": [row for key, row in self.rows.items() if key in chosen]}


class DraftsForm(ChooseForm):
    """Many files to be drafted for a 決裁 that is kept here."""

    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs=LONG),
        help_text="決裁する人だけに示します。",
    )  # fmt: skip


class LettersForm(ChooseForm):
    """Which files, and what the office's own 決裁 says of all of them."""

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

    def clean(self) -> None:
        for name in ("decided_on", "effective_on"):
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, f"{self.fields[name].label}を入力してください。")


class SignaturesForm(OnceForm):
    """Which 決裁 to sign, of those that wait for this person."""

    approvals = forms.MultipleChoiceField(
        label="決裁", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "決裁を1件以上選んでください。"},
    )  # fmt: skip
    document_number = forms.CharField(
        label="文書番号", max_length=50, required=False, widget=forms.TextInput(attrs=SMALL),
        help_text="あなたが最後に押し、文書番号を庁内で付けるときだけ入れます。2件目からは枝番が付きます。",
    )  # fmt: skip
    commitment_number = forms.CharField(
        label="支出負担行為の番号", max_length=30, required=False, widget=forms.TextInput(attrs=SMALL),
        help_text="交付決定で、あなたが最後に押すときに入れます。空なら、ポータルの番号を付けます。",
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[Approval], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        field: Any = self.fields["approvals"]
        field.choices = [(key, _asked(row)) for key, row in self.rows.items()]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        chosen = set(self.cleaned_data["approvals"])
        values = super().cleaned_data_for_action()
        return values | {"approvals": [row for key, row in self.rows.items() if key in chosen]}


class NoticesForm(OnceForm):
    """The 内示 of each municipality that has answered; an empty amount is given none now."""

    notice_note = forms.CharField(
        label="添え書き", max_length=1000, required=False, widget=forms.Textarea(attrs=LONG),
        help_text="選んだすべての市町村の内示に書きます。",
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Sequence[NeedsAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = {f"yen_{row.pk.hex}": row for row in rows}
        for name, row in self.answers.items():
            label = f"{row.municipality.name}の内示額"
            self.fields[name] = YenField(label=label, required=False)

    @property
    def lines(self) -> list[tuple[NeedsAnswer, Any]]:
        """(answer, its amount as a bound field)."""
        return [(row, self[name]) for name, row in self.answers.items()]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        given = [(row, self.cleaned_data[name]) for name, row in self.answers.items()]
        return {
            "amounts": [(row, amount) for row, amount in given if amount is not None],
            "notice_note": self.cleaned_data["notice_note"],
        }


def _words(row: Application) -> str:
    return f"{row.municipality.name} {row.title}({row.get_state_display()}・交付申請額 {yen(row.grant_yen)})"


def _asked(row: Approval) -> str:
    step = approving.next_step(row)
    amount = f"・{yen(row.commitment.amount_yen)}" if hasattr(row, "commitment") else ""
    return f"{row.menu.short} {row.get_matter_display()} {row.title}({step.place if step else ''}{amount})"
