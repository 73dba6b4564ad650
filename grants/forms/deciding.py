"""Forms of the decision: what the officer drafts, what is recorded of a 決裁, what who signs adds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.areas.models import Authority
from portal.kernel import uploads
from portal.kernel.forms import OnceForm
from portal.kernel.money import yen

from ..enums.approving import STEPS_MAX
from ..fields import DayField, YenField
from ..models import Application, Approval, BudgetLine
from ..queries import approving
from .examining import AtForm, NoteForm

LONG = {"rows": 3}
MEMO = "決裁する人だけに示します。"


class GrantForm(AtForm):
    """A 交付決定: how much, from which 科目, and the reasons that are needed."""

    name = "grant"
    amount_yen = YenField(label="交付決定額", help_text="千円単位。計算した額までです。")
    line = forms.ModelChoiceField(
        label="科目", queryset=BudgetLine.objects.none(), empty_label="選んでください"
    )
    note = forms.CharField(
        label="減らす理由", max_length=1000, required=False, widget=forms.Textarea(attrs=LONG),
        help_text="計算した額より少なくするときに書きます。交付決定通知書に印刷します。",
    )  # fmt: skip
    conditions = forms.CharField(
        label="この申請だけに付ける条件", max_length=2000, required=False, widget=forms.Textarea(attrs=LONG),
        help_text="1行に1つずつ書きます。メニューの条件のあとに、交付決定通知書に印刷します。",
    )  # fmt: skip
    stage_reason = forms.CharField(
        label="型と段階が合わなくても認める理由", max_length=1000, widget=forms.Textarea(attrs=LONG)
    )
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs=LONG), help_text=MEMO
    )

    def __init__(self, *args: Any, application: Application, most_yen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = approving.lines_with_left(application.menu.programme)
        field: Any = self.fields["line"]
        field.queryset = BudgetLine.objects.filter(programme=application.menu.programme_id)
        field.choices = [
            ("", "選んでください"),
            *((row.pk, f"{row}(残り{yen(approving.left_of(row))})") for row in self.lines),
        ]
        if application.stage_fits is not False:
            del self.fields["stage_reason"]
        self.initial.setdefault("amount_yen", most_yen or None)
        if len(self.lines) == 1:
            self.initial.setdefault("line", self.lines[0].pk)

    def clean_amount_yen(self) -> int:
        amount = self.cleaned_data["amount_yen"]
        if not amount:
            raise ValidationError("交付決定額を入力してください。", code="zero")
        return int(amount)


class RefuseForm(AtForm):
    """A 不交付決定: why."""

    name = "refuse"
    reason = forms.CharField(
        label="不交付の理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="不交付決定通知書に、このまま印刷します。",
    )  # fmt: skip
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs=LONG), help_text=MEMO
    )


class SignForm(AtForm):
    """What the last signature adds: the letter's number, where it is the office's own."""

    name = "sign"
    position = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=STEPS_MAX)
    document_number = forms.CharField(
        label="文書番号",
        max_length=60,
        help_text="例:地共第123号",
        widget=forms.TextInput(attrs={"data-ui-size": "m"}),
    )
    commitment_number = forms.CharField(
        label="支出負担行為の番号", max_length=40, required=False,
        widget=forms.TextInput(attrs={"data-ui-size": "m"}), help_text="財務会計システムの番号。空なら、ポータルの番号を付けます。",
    )  # fmt: skip

    def __init__(self, *args: Any, approval: Approval, is_last: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step = approving.next_step(approval)
        self.initial["position"] = step.position if step else None
        if not (is_last and approval.takes_number):
            del self.fields["document_number"]
        self.takes_commitment = is_last and hasattr(approval, "commitment")
        if not self.takes_commitment:
            del self.fields["commitment_number"]


class RecordForm(SignForm):
    """What an officer records of the office's own 決裁."""

    name = "record"
    record_number = forms.CharField(
        label="起案番号", max_length=40, widget=forms.TextInput(attrs={"data-ui-size": "m"})
    )
    decided_on = DayField(label="決裁日")
    approver_title = forms.CharField(label="決裁権者の職", max_length=60, help_text="例:くらし共生協働課長")
    approver_name = forms.CharField(label="決裁権者の氏名", max_length=60)
    paper = uploads.UploadField(label="決裁済みの文書", accept=(uploads.PDF,))
    effective_on = DayField(label="施行日", help_text="通知書の日付になります。")

    field_order = (
        "record_number", "decided_on", "approver_title", "approver_name", "paper", "effective_on",
        "document_number", "commitment_number",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["position"]
        if "commitment_number" in self.fields:
            self.fields["commitment_number"].required = True
            self.fields["commitment_number"].help_text = "財務会計システムの番号。"

    def clean(self) -> None:
        for name, words in (("decided_on", "決裁日"), ("effective_on", "施行日")):
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, f"{words}を入力してください。")


class DeputyForm(OnceForm):
    """Who signs in one's place, and from when to when."""

    role = forms.ChoiceField(label="役職")
    deputy = forms.ModelChoiceField(
        label="代決する人", queryset=User.objects.none(), empty_label="選んでください"
    )
    starts_on = DayField(label="いつから")
    ends_on = DayField(label="いつまで", help_text="この日の終わりまで。")

    def __init__(self, *args: Any, authority: Authority, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        people = approving.colleagues(authority).exclude(pk=self.request.scope.user_id)
        self.fields["deputy"].queryset = people
        self.fields["deputy"].label_from_instance = lambda user: user.name

    def clean(self) -> None:
        for name in ("starts_on", "ends_on"):
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.add_error(name, f"「{self.fields[name].label}」を入力してください。")


class SendBackForm(NoteForm):
    """Why a draft is sent back."""

    name = "send_back"
    note = forms.CharField(
        label="差し戻す理由", max_length=1000, widget=forms.Textarea(attrs=LONG),
        help_text="起案した人に示します。",
    )  # fmt: skip
