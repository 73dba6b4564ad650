"""Forms of acquired property."""

from typing import Any

from django import forms

from portal.kernel.fields import clean_text

from ..fields import QuantityField, YenField
from ..forms.examining import AtForm
from ..models import Asset, Disposal
from ..relief.forms import DAY_HELP, RequiredDay
from . import lives
from .enums import Answer, Basis, DisposalKind

AREA = {"rows": 3}


class RequiredYen(YenField):
    """An amount that must be typed."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is None:
            raise forms.ValidationError(f"{self.label}を入力してください。", code="required")
        return found


class AssetForm(AtForm):
    """One line of the list. `asset`: the line that is corrected."""

    name = "asset"
    FIELDS = (
        "name", "spec", "kind", "quantity", "unit_price_yen", "grant_yen", "acquired_on", "place",
    )  # fmt: skip

    def __init__(self, *args: Any, asset: Asset | None = None, **kwargs: Any) -> None:
        known = {name: getattr(asset, name) for name in self.FIELDS} if asset else {"quantity": 1}
        super().__init__(*args, initial=known, **kwargs)
        made: dict[str, forms.Field] = {
            "name": forms.CharField(label="財産の名称", max_length=80, validators=[clean_text]),
            "spec": forms.CharField(label="規格", max_length=120, required=False, validators=[clean_text]),
            "kind": forms.ChoiceField(
                label="種類と処分制限期間", choices=[("", "選んでください"), *lives.choices()],
                help_text="年数は、減価償却資産の耐用年数等に関する省令によります。合うものがないときは、近いものを選び、振興局に相談してください。",
            ),
            "quantity": QuantityField(label="数量"),
            "unit_price_yen": RequiredYen(label="単価(税込み)"),
            "grant_yen": RequiredYen(label="うち補助金", help_text="取得の金額のうち、補助金でまかなった額。"),
            "acquired_on": RequiredDay(label="取得した日", help_text=DAY_HELP),
            "place": forms.CharField(label="保管場所", max_length=120, validators=[clean_text]),
        }  # fmt: skip
        self.fields.update(made)
        self.order_fields([*self.FIELDS])


class YearsForm(AtForm):
    """Other years than the table's, by the office."""

    name = "years"
    years = forms.IntegerField(
        label="処分制限期間(年)", min_value=1, max_value=lives.YEARS_MAX,
        widget=forms.TextInput(attrs={"data-ui-size": "s", "inputmode": "numeric"}),
    )  # fmt: skip
    reason = forms.CharField(label="年数を定める理由", max_length=400, widget=forms.Textarea(attrs=AREA))


class DisposalForm(AtForm):
    """What is to be done with a piece. `disposal`: the draft that is written anew."""

    name = "disposal"
    kind = forms.ChoiceField(label="処分の種類", choices=DisposalKind.choices, widget=forms.RadioSelect)
    planned_on = RequiredDay(label="処分の予定日", help_text=DAY_HELP)
    price_yen = YenField(label="処分で得る額", required=False, help_text="無償のときは空にします。")
    reason = forms.CharField(label="処分の理由", max_length=1000, widget=forms.Textarea(attrs=AREA))
    plan = forms.CharField(
        label="処分の方法と、そのあとの計画", max_length=1000, widget=forms.Textarea(attrs=AREA),
        help_text="だれに、どのように処分し、そのあと事業をどうするかを書きます。",
    )  # fmt: skip

    def __init__(self, *args: Any, disposal: Disposal | None = None, **kwargs: Any) -> None:
        names = ("kind", "planned_on", "price_yen", "reason", "plan")
        known = {name: getattr(disposal, name) for name in names} if disposal else {}
        super().__init__(*args, initial=known, **kwargs)


class AnswerForm(AtForm):
    """Whether the 処分 is approved, and what it costs."""

    name = "answer"
    answer = forms.ChoiceField(label="承認するか", choices=Answer.choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(
        label="納付金", choices=Basis.choices, widget=forms.RadioSelect, initial=Basis.REMAINING
    )
    ends_limit = forms.BooleanField(label="処分のあと、制限は終わる", required=False, initial=True)
    conditions = forms.CharField(
        label="承認の条件", max_length=1000, required=False, widget=forms.Textarea(attrs=AREA)
    )
    reason = forms.CharField(
        label="承認しない理由・納付を求めない理由", max_length=1000, required=False, widget=forms.Textarea(attrs=AREA)
    )  # fmt: skip
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="決裁する人だけが見ます。",
    )  # fmt: skip

    def __init__(self, *args: Any, disposal: Disposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from portal.kernel.money import yen

        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (key, label if key == Basis.NONE else f"{label}:{yen(disposal.payback_by(key))}")
            for key, label in Basis.choices
            if key != Basis.PRICE or disposal.price_yen
        ]


class PaybackForm(AtForm):
    """Until when the 納付金 is to be paid."""

    name = "payback"
    due_on = RequiredDay(label="納期限", help_text=DAY_HELP)
