"""The forms of a contract: many stand on one page, each acts at an address of its own."""

from typing import Any

from django import forms

from portal.kernel import uploads, wording
from portal.kernel.fields import clean_text
from portal.kernel.forms import OnceForm
from portal.kernel.money import yen

from ..commission.forms.themes import area
from ..fields import DayField, YenField
from ..forms.examining import AtForm
from ..models import Amendment, BudgetLine, Contract
from ..queries import approving
from . import queries
from .actions.negotiating import Terms
from .enums import JointSide

DAYS = "例:令和9年1月15日、R9.1.15、2027-01-15"


def _offer_lines(field: Any, contract: Contract) -> None:
    """The 科目 of the contract's programme, each with what is left of it."""
    left = {row.pk: approving.left_of(row) for row in queries.lines(contract)}
    field.queryset = contract.proposal.call.theme.menu.programme.budget_lines.all()
    field.label_from_instance = lambda row: f"{row}(残り {yen(left.get(row.pk, 0))})"


class NeedsDays:
    """Day fields that have to be filled in."""

    def clean(self) -> None:
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            found = self.cleaned_data  # type: ignore[attr-defined]
            if isinstance(field, DayField) and field.required and name in found and found[name] is None:
                self.add_error(name, f"{field.label}を入力してください。")  # type: ignore[attr-defined]


class TermsForm(AtForm):
    """What the office settles; gaps may stay until the 決裁 is drafted."""

    name = "terms"
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    ground = forms.CharField(label="随意契約の根拠", max_length=120, required=False)
    reason = area(
        "随意契約の理由", rows=3, most=1000, required=False, help_text="受託する団体には示しません。"
    )
    estimated_yen = YenField(
        label="予定価格(税込み)", required=False, help_text="受託する団体には示しません。"
    )
    deposit_exempt = forms.BooleanField(label="契約保証金を免除する", required=False)
    deposit_reason = forms.CharField(label="契約保証金を免除する理由", max_length=200, required=False)
    starts_on = DayField(label="履行期間の始まり", required=False, help_text=DAYS)
    ends_on = DayField(label="履行期間の終わり", required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        known = {name: getattr(contract, name) for name in ("revision", *Terms.__dataclass_fields__)}
        super().__init__(*args, initial=known, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.CharField and clean_text not in field.validators:
                field.validators = [*field.validators, clean_text]
        wording.teach(self.fields)

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = self.cleaned_data
        terms = Terms(**{name: values[name] for name in Terms.__dataclass_fields__})
        return {"revision": values["revision"], "terms": terms}


class QuoteForm(AtForm):
    """The contractor's 見積."""

    name = "quote"
    price_yen = YenField(label="見積額(税込み)")
    file = uploads.UploadField(label="見積書", accept=uploads.DOCUMENTS)


class DraftForm(AtForm):
    """From which 科目, and the 伺い."""

    name = "draft"
    line = forms.ModelChoiceField(
        label="科目", queryset=BudgetLine.objects.none(), empty_label="選んでください"
    )
    note = area("伺い", rows=3, most=1000, required=False, help_text="決裁する人だけに示します。")

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_lines(self.fields["line"], contract)


class StartForm(NeedsDays, AtForm):
    """着手届."""

    name = "start"
    started_on = DayField(label="着手日", help_text=DAYS)
    file = uploads.UploadField(label="着手届(様式があるとき)", accept=uploads.DOCUMENTS, required=False)


class InterimForm(AtForm):
    """中間報告."""

    name = "interim"
    text = area("中間報告", rows=6, most=3000, help_text="したこと、分かったこと、のこりの予定。")
    file = uploads.UploadField(label="資料", accept=uploads.DOCUMENTS, required=False)


class CompleteForm(NeedsDays, AtForm):
    """完了届 with 実績報告 and 成果物."""

    name = "complete"
    completed_on = DayField(label="完了日", help_text=DAYS)
    outcome = area("実績報告", rows=6, most=4000)
    report = uploads.UploadField(label="完了届・実績報告書", accept=uploads.DOCUMENTS)
    deliverable = uploads.UploadField(label="成果物", accept=uploads.DOCUMENTS)


class InspectForm(NeedsDays, AtForm):
    """検査."""

    name = "inspect"
    inspected_on = DayField(label="検査日", help_text=DAYS)
    findings = area("検査の所見", rows=3, most=1000, help_text="検査調書に印刷します。")


class AmendForm(NeedsDays, AtForm):
    """What the contractor asks to change: the end, the price, or both."""

    name = "amend"
    ends_on = DayField(label="変更後の履行期間の終わり", help_text=DAYS)
    price_yen = YenField(label="変更後の契約金額(税込み)")
    reason = area("変更の理由", rows=3, most=1000, help_text="県に伝わり、変更契約書に印刷されます。")
    file = uploads.UploadField(
        label="変更の見積書",
        accept=uploads.DOCUMENTS,
        required=False,
        help_text="契約金額を変えるときに付けます。",
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        known = {"ends_on": contract.ends_on, "price_yen": contract.price_yen}
        super().__init__(*args, initial=known, **kwargs)


class AmendDraftForm(AtForm):
    """What the office adds to a change: a 予定価格 and a 科目 where the price rises, and the 伺い."""

    name = "amenddraft"
    estimated_yen = YenField(
        label="変更後の予定価格(税込み)", required=False, help_text="受託する団体には示しません。"
    )
    line = forms.ModelChoiceField(
        label="増える額の科目",
        queryset=BudgetLine.objects.none(),
        empty_label="選んでください",
        required=False,
    )
    note = area("伺い", rows=3, most=1000, required=False, help_text="決裁する人だけに示します。")

    def __init__(
        self, *args: Any, contract: Contract, amendment: Amendment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        row = amendment or queries.open_amendment(contract)
        if row is None or row.difference_yen <= 0:
            del self.fields["line"]
        else:
            _offer_lines(self.fields["line"], contract)
        if row is None or row.price_yen <= (contract.estimated_yen or 0):
            del self.fields["estimated_yen"]


class AmendDeclineForm(AtForm):
    """Why the contract stays as it is."""

    name = "amenddecline"
    note = area("変更しない理由", rows=3, most=1000, help_text="受託する団体に伝わります。")


class ReworkForm(AtForm):
    """What is to be mended."""

    name = "rework"
    note = area("手直しの内容", rows=3, most=1000, help_text="受託する団体に伝わります。")


class TerminateForm(AtForm):
    """Why it ends, and whether the 次点 is asked."""

    name = "terminate"
    note = area("打ち切る理由", rows=3, most=1000, help_text="受託する団体と市町村に伝わります。")
    part = forms.BooleanField(
        label="できた分(出来形)を検査して支払う", required=False,
        help_text="着手した契約だけ。支出負担行為は、検査が済むまで残します。",
    )  # fmt: skip
    ask = forms.BooleanField(label="次点の団体に、繰上げを知らせる", required=False)


class PartInspectForm(NeedsDays, AtForm):
    """出来形検査: when, how much of the whole work is accepted, and what was found."""

    name = "part_inspect"
    inspected_on = DayField(label="検査日", help_text=DAYS)
    percent = forms.IntegerField(
        label="出来形の割合(業務の全体の何%か)", min_value=1, max_value=100,
        widget=forms.TextInput(attrs={"data-ui-size": "s", "data-ui-num": "1", "inputmode": "numeric"}),
        help_text="契約金額にこの割合を掛け、1円未満を切り捨てた額を支払います。",
    )  # fmt: skip
    findings = area("検査の所見", rows=3, most=1000, help_text="出来形検査調書に印刷します。")


class PartNoteForm(AtForm):
    """Why nothing is paid of it, or why it is inspected anew."""

    note = area("理由", rows=3, most=1000)


class PartDropForm(PartNoteForm):
    name = "part_drop"


class PartBackForm(PartNoteForm):
    name = "part_back"


class MeetingForm(NeedsDays, OnceForm):
    """協議の記録: who was there, one name a line."""

    held_on = DayField(label="日", help_text=DAYS)
    place = forms.CharField(label="場所", max_length=120, required=False, validators=[clean_text])
    topics = area("話し合ったこと", rows=5, most=3000)
    settled = area("決めたこと", rows=4, most=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in JointSide:
            self.fields[f"present_{side.value}"] = area(
                f"{side.label}の出席者", rows=3, most=2400, required=False, help_text="1行に一人、職と氏名を書きます。"
            )  # fmt: skip
        wording.teach(self.fields)

    def clean(self) -> None:
        super().clean()
        for side in JointSide:
            name = f"present_{side.value}"
            if any(len(line.strip()) > 80 for line in self.cleaned_data.get(name, "").splitlines()):
                self.add_error(name, "一人は80字までで書いてください。")

    def cleaned_data_for_action(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ("held_on", "place", "topics", "settled")}
        present = {
            side.value: [line.strip() for line in self.cleaned_data[f"present_{side.value}"].splitlines() if line.strip()]
            for side in JointSide
        }  # fmt: skip
        return {**values, "present": present}
