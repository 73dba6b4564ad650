"""What an officer changes of a year: the programme, a menu's terms, its papers, its calls, its 科目."""

from datetime import date
from typing import Any, cast

from django import forms

from communities.enums import PlatformPhase
from portal.areas.models import Section
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.forms import OnceForm

from ..enums import ARRIVALS, SHIFTS, Applicant, CapScope, Setsu
from ..fields import DayField, MonthDaysField, QuantityField, YenField
from ..models import Call, Menu, Programme
from .seen import SeenForm

SMALL = {"data-ui-size": "s", "data-ui-num": "1", "inputmode": "numeric", "autocomplete": "off"}


class CopyForm(OnceForm):
    """Into which 年度."""

    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = FiscalYear.of(clock.today_jst()).next.year
        years = range(latest, programme.fiscal_year, -1)
        self.fields["fiscal_year"].choices = [(year, FiscalYear(year).label) for year in years]


class PassedForm(OnceForm):
    """When the budget passed."""

    passed_on = DayField(label="議決日", help_text="例:令和9年3月24日、R9.3.24、2027-03-24")


class LinesField(forms.CharField):
    """Several texts, one on a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        """Each line by the validators of a text."""
        for line in value:
            super().run_validators(line)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class SectionField(forms.ModelChoiceField):
    """A section of the menu's authority, or none; its choices are set by the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Section.objects.none(), required=False, empty_label="決めない", **kwargs)


class ProgrammeForm(SeenForm):
    """What a programme says about itself."""

    title = forms.CharField(label="名前", max_length=120)
    rule_title = forms.CharField(label="根拠の規則", max_length=120)
    purpose = forms.CharField(label="目的", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    notes = LinesField(label="注記", required=False, help_text="1行に一つずつ書きます。")
    appeal_notice = forms.CharField(
        label="教示",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="法制担当が認めた文だけを入れます。空なら、通知に教示を付けません。",
    )
    source = forms.CharField(label="出典", max_length=200)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, initial=shown(self, programme), row=programme, under=programme, **kwargs)

    def stored(self) -> dict[str, Any]:
        return shown(self, self.row)


class TermsForm(SeenForm):
    """The terms of one menu."""

    applicants = forms.MultipleChoiceField(
        label="申請できる者", choices=Applicant.choices, widget=forms.CheckboxSelectMultiple
    )
    cost = forms.CharField(label="経費負担(資料の言葉)", max_length=120)
    cost_notes = LinesField(label="経費負担の説明", required=False, help_text="1行に一つずつ書きます。")
    share_numerator = forms.IntegerField(
        label="補助率の分子", min_value=1, max_value=100, widget=forms.TextInput(attrs=SMALL)
    )
    share_denominator = forms.IntegerField(
        label="補助率の分母", min_value=1, max_value=100, widget=forms.TextInput(attrs=SMALL)
    )
    cap_scope = forms.ChoiceField(
        label="上限の範囲", choices=CapScope.choices, widget=forms.RadioSelect,
        help_text="メニュー③は、市町村の年度の合計でも、1件ごとでも決められます。④は1件(契約)ごとです。①②に上限はありません。",
    )  # fmt: skip
    cap_yen = YenField(label="上限額", required=False)
    cap_with_tax = forms.BooleanField(label="上限額に消費税を含む(メニュー④)", required=False)
    tax_percent = forms.IntegerField(
        label="消費税の税率(%。メニュー④)", min_value=0, max_value=50, widget=forms.TextInput(attrs=SMALL),
        help_text="上限額が税抜のとき、提案額と契約金額(税込)は、この税率を加えた額まで認めます。契約書の消費税額にも使います。",
    )  # fmt: skip
    examining_section = SectionField(
        label="最初に審査する課", help_text="空なら、市町村を受け持つ振興局・支庁に届きます。"
    )
    drafting_section = SectionField(
        label="決定を起案する課(メニュー③)", help_text="空なら、審査した課が起案します。"
    )
    live_max = forms.IntegerField(
        label="1市町村が同時に進められる件数", min_value=1, max_value=100, required=False,
        widget=forms.TextInput(attrs=SMALL), help_text="下書きも数えます。空なら、件数を限りません。",
    )  # fmt: skip
    adopted_about = QuantityField(label="採択の目安(件)", required=False)
    screen_days = QuantityField(label="形式審査の目安(日)", required=False)
    visits_max = forms.IntegerField(
        label="1市町村・年度あたりの派遣回数(メニュー①)", min_value=1, max_value=100, required=False,
        widget=forms.TextInput(attrs=SMALL), help_text="空なら、回数を限りません。",
    )  # fmt: skip
    report_days = forms.IntegerField(
        label="報告の期限(派遣や開催のあと、何日以内か)",
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs=SMALL),
    )
    result_days = forms.IntegerField(
        label="実績報告の期限(完了から何日以内か)", min_value=1, max_value=365,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip
    result_april_day = forms.IntegerField(
        label="実績報告の最終の期限(翌年度4月の何日か)", min_value=1, max_value=30,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip
    status_days = MonthDaysField(
        label="状況報告を求める日(メニュー③)", required=False,
        help_text="毎年の月と日を、1行に一つずつ。例:9月30日。空なら、状況報告を求めません。",
    )  # fmt: skip
    status_within_days = forms.IntegerField(
        label="状況報告の期限(その日から何日以内か)", min_value=1, max_value=60,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip
    status_shift = forms.ChoiceField(
        label="状況報告の期限が休日のとき", choices=SHIFTS, widget=forms.RadioSelect
    )
    interim_percent = forms.IntegerField(
        label="中間報告の期限(メニュー④。契約の期間の何%まで進んだときか)", min_value=1, max_value=100,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip
    interim_shift = forms.ChoiceField(
        label="中間報告の期限が休日のとき", choices=SHIFTS, widget=forms.RadioSelect
    )
    shift_percent = forms.IntegerField(
        label="承認が要る経費の配分の変更(%を超えるとき)", min_value=0, max_value=100,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip
    asset_floor_yen = YenField(label="取得財産の台帳に載せる単価(この額以上。不動産は額を問いません)")
    retention_years = forms.IntegerField(
        label="文書の保存年数(終わった次の4月1日から)", min_value=1, max_value=30,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip
    stages = forms.MultipleChoiceField(
        label="コミプラの段階",
        choices=PlatformPhase.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="どれも選ばなければ、段階を問いません。型のあるメニューでは、型ごとの段階が加わります。",
    )
    students = forms.BooleanField(label="学生サポーターを活用できる", required=False)
    advance_allowed = forms.BooleanField(label="概算払を認める(要綱に定めがあるときだけ)", required=False)
    advance_percent = forms.IntegerField(
        label="概算払の限度(交付決定額の何%までか)",
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs=SMALL),
    )
    withdraw_days = QuantityField(
        label="決定後に取り下げられる日数",
        required=False,
        help_text="通知の日から数えます。空なら、決定したあとの取下げはできません。",
    )
    conditions = LinesField(
        label="交付の条件", required=False, help_text="1行に一つずつ書きます。交付決定通知書に印刷します。"
    )

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, initial=shown(self, menu), row=menu, under=menu.programme, **kwargs)
        for name in ("examining_section", "drafting_section"):
            sections = Section.objects.filter(authority=menu.programme.authority_id)
            cast(SectionField, self.fields[name]).queryset = sections

    def stored(self) -> dict[str, Any]:
        return shown(self, self.row)


class CallForm(SeenForm):
    """One call under a menu."""

    title = forms.CharField(label="名前", max_length=60, help_text="例:第1次募集")
    opens_on = DayField(label="受付開始の日", help_text="この日の0時から受け付けます。")
    closes_on = DayField(label="締切の日")
    closes_time = forms.TimeField(
        label="締切の時刻", required=False, widget=forms.TextInput(attrs={"data-ui-size": "s"}),
        help_text="例:17:00。空なら、その日の終わりまで。",
    )  # fmt: skip
    shift = forms.ChoiceField(label="締切が休日のとき", choices=SHIFTS, widget=forms.RadioSelect)
    arrival = forms.ChoiceField(label="届き方", choices=ARRIVALS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        first = {"shift": SHIFTS[0][0], "arrival": ARRIVALS[0][0]}
        super().__init__(
            *args,
            initial=shown(self, call) if call else first,
            row=call,
            under=call and call.menu.programme,
            **kwargs,
        )
        if call:
            self.initial["opens_on"] = opening_day(call)

    def stored(self) -> dict[str, Any]:
        call = cast(Call, self.row)
        return shown(self, call) | {"opens_on": opening_day(call)}


class BudgetLineForm(OnceForm):
    """予算額 of one 科目."""

    kan = forms.CharField(label="款", max_length=40, help_text="例:総務費")
    kou = forms.CharField(label="項", max_length=40, help_text="例:企画費")
    moku = forms.CharField(label="目", max_length=40, help_text="例:地域振興費")
    setsu = forms.TypedChoiceField(
        label="節", coerce=int, choices=[(value, Setsu(value).heading) for value in Setsu.values]
    )
    amount_yen = YenField(label="予算額")

    def clean_amount_yen(self) -> int:
        amount = self.cleaned_data["amount_yen"]
        if not amount:
            raise forms.ValidationError("予算額は、1円から入れます。", code="zero")
        return int(amount)


def opening_day(call: Call) -> date:
    """The JST day on which the call opens."""
    return call.opens_at.astimezone(clock.JST).date()


def shown(form: forms.BaseForm, row: Any) -> dict[str, Any]:
    """The values of `row` for the form's fields of the same names."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
