"""変更 as a form: reason, content, and the new budget beside the decided one; the office's two answers."""

from typing import Any

from django import forms

from portal.kernel.money import yen

from ...calculations import Amounts, ExpenseRow, IncomeRow
from ...enums import Sheet
from ...fields import DayField, YenField
from ...forms.examining import AtForm
from ...models import Application, BudgetLine, ChangeRequest
from ...queries import approving
from ..queries import changes as queries
from .account_rows import AccountRows

MEMO = "決裁する人だけに示します。"


class ChangeForm(AccountRows):
    """Saved as far as it is written; what is not typed yet stands as it was decided."""

    reason = forms.CharField(
        label="変更の理由", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    content = forms.CharField(
        label="変更する内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="事業の内容を変えるときに書きます。予算だけのときは空のまま。",
    )  # fmt: skip
    ends_on = DayField(label="変更後の完了予定", required=False, help_text="変えないときは空のまま。")
    asked_yen = YenField(
        label="変更後の交付申請額", required=False, help_text="千円単位。計算した額までです。"
    )
    outlay_yen = YenField(label="変更後の18節の額", required=False)
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )

    sheet = Sheet.CHANGE
    figure, column = "変更後の額", "changed_yen"
    names = ("reason", "content", "ends_on", "asked_yen", "outlay_yen", "own_number")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        if not self._held:
            self.initial["asked_yen"] = application.decided_yen
            for at, line in enumerate(self.budget):
                self.initial |= {
                    f"e-{at}-actual": line.amount_yen,
                    f"e-{at}-off": line.ineligible_yen or None,
                }
            self.initial |= {f"i-{at}-actual": row.amount_yen for at, row in enumerate(self.income_budget)}
            self.initial["outlay_yen"] = application.outlay_yen

    def record(self) -> ChangeRequest | None:
        return queries.open_change(self.application)

    def worked_out(
        self, expenses: list[ExpenseRow], incomes: list[IncomeRow], outlay_yen: int | None
    ) -> Amounts:
        return queries.amounts(self.application, expenses=expenses, incomes=incomes, outlay_yen=outlay_yen)


class ApproveForm(AtForm):
    """The approval of a change: the 科目 of what rises, and 伺い."""

    name = "approve"
    line = forms.ModelChoiceField(
        label="増える額の科目", queryset=BudgetLine.objects.none(), empty_label="選んでください"
    )
    memo = forms.CharField(
        label="伺い",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=MEMO,
    )

    def __init__(self, *args: Any, application: Application, change: ChangeRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (change.asked_yen or 0) <= (application.decided_yen or 0):
            del self.fields["line"]
            return
        lines = approving.lines_with_left(application.menu.programme)
        field: Any = self.fields["line"]
        field.queryset = BudgetLine.objects.filter(programme=application.menu.programme_id)
        field.choices = [
            ("", "選んでください"),
            *((row.pk, f"{row}(残り{yen(approving.left_of(row))})") for row in lines),
        ]
        if len(lines) == 1:
            self.initial["line"] = lines[0].pk


class RefuseChangeForm(AtForm):
    """Why a change is not approved."""

    name = "refuse"
    reason = forms.CharField(
        label="承認しない理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="変更不承認通知書に、このまま印刷します。",
    )  # fmt: skip
    memo = forms.CharField(
        label="伺い",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=MEMO,
    )
