"""実績報告 as a form: what was done, and the 決算 beside the decided budget, line by line."""

from django import forms

from portal.kernel import uploads

from ...calculations import Amounts, ExpenseRow, IncomeRow
from ...enums import Sheet
from ...fields import DayField, YenField
from ...forms.examining import AtForm
from ...models import ResultReport
from .. import queries
from .account_rows import AccountRows

TEXT = {"rows": 5}


class ResultForm(AccountRows):
    """Saved as far as it is written."""

    completed_on = DayField(label="完了した日", required=False, help_text="例:令和9年3月19日")
    content = forms.CharField(
        label="実施した内容", max_length=2000, required=False, widget=forms.Textarea(attrs=TEXT)
    )
    outcome = forms.CharField(
        label="成果", max_length=2000, required=False, widget=forms.Textarea(attrs=TEXT),
        help_text="計画した成果と見くらべて、人数や回数などの数字で書きます。",
    )  # fmt: skip
    next_steps = forms.CharField(
        label="これからの取組", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    claimed_yen = YenField(
        label="補助金の精算額",
        required=False,
        help_text="決算から計算した額までです。交付決定額は超えられません。",
    )
    outlay_yen = YenField(label="18節の決算額", required=False)
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )

    sheet = Sheet.RESULT
    figure, column = "決算額", "actual_yen"
    names = ("completed_on", "content", "outcome", "next_steps", "claimed_yen", "outlay_yen", "own_number")

    def record(self) -> ResultReport | None:
        return queries.report_of(self.application)

    def worked_out(
        self, expenses: list[ExpenseRow], incomes: list[IncomeRow], outlay_yen: int | None
    ) -> Amounts:
        return queries.amounts(self.application, expenses=expenses, incomes=incomes, outlay_yen=outlay_yen)


class EvidenceForm(AtForm):
    """One file that shows what was done or paid."""

    name = "evidence"
    title = forms.CharField(
        label="何の書類か", max_length=100, help_text="例:領収書の写し(運行の委託)、実施の写真"
    )
    file = uploads.UploadField(label="ファイル", accept=uploads.DOCUMENTS)
