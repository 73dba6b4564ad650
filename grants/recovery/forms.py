"""Forms of the recovery of money."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.fields import clean_text
from portal.kernel.fiscal import parse_date, wareki
from portal.kernel.money import digits, parse_yen, yen

from ..enums import YEN_MAX, Keeping
from ..fields import DayField, QuantityField, YenField
from ..forms.examining import AtForm
from ..models import Menu
from ..relief.forms import DAY_HELP, RequiredDay


class RevokeForm(AtForm):
    """Why a decision is revoked."""

    name = "revoke"
    reason = forms.CharField(
        label="取り消す理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="通知書に印刷し、市町村に表示します。どの条件・規定に反したかを書きます。",
    )  # fmt: skip
    surcharges = forms.BooleanField(
        label="加算金を求める(市町村の責めに帰する事由によるとき)", required=False, initial=True
    )
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="決裁する人だけが見ます。",
    )  # fmt: skip


class ReclaimForm(AtForm):
    """Until when the money is to be given back."""

    name = "reclaim"
    due_on = RequiredDay(label="納期限", help_text=DAY_HELP)
    document_number = forms.CharField(
        label="文書番号", max_length=60, validators=[clean_text], help_text="例:地共第123号",
        widget=forms.TextInput(attrs={"data-ui-size": "m"}),
    )  # fmt: skip

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if menu.numbering != Keeping.EXTERNAL:
            del self.fields["document_number"]


class CollectForm(AtForm):
    """When it came in."""

    name = "collect"
    collected_on = RequiredDay(label="納入された日", help_text=DAY_HELP)
    amount_yen = YenField(
        label="納入された額", required=False,
        help_text="一部だけが納入されたときに入力します。空のままなら、その日に納める額の全部を記録します。",
    )  # fmt: skip


class TimesForm(forms.Form):
    """Into how many instalments the rest is to be parted, and from when on; what the plan is proposed from."""

    times = QuantityField(label="回数", required=False)
    first_on = DayField(label="はじめの納期限", required=False, help_text=DAY_HELP)


class InstalmentsForm(AtForm):
    """Why the rest may come in several sums, and when how much of it."""

    name = "instalments"
    reason = forms.CharField(
        label="分割納付を認める理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="市町村に表示します。",
    )  # fmt: skip
    own_number = forms.CharField(
        label="決裁の文書番号",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"data-ui-size": "m"}),
    )
    plan = forms.CharField(
        label="納期限と額", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行に一回ずつ、納期限と額を空白で区切って書きます。例:令和9年1月29日 100,000円",
    )  # fmt: skip

    def clean_plan(self) -> list[tuple[date, int]]:
        found = []
        for number, line in enumerate(self.cleaned_data["plan"].splitlines(), 1):
            if not line.strip():
                continue
            day, _, amount = line.strip().replace("\u3000", " ").rpartition(" ")
            try:
                found.append((parse_date(day.strip()), parse_yen(amount)))
            except ValueError as problem:
                raise ValidationError(f"{number}行目:{problem}", code="line") from None
        if max((amount for _, amount in found), default=0) > YEN_MAX:
            raise ValidationError(f"金額は{digits(YEN_MAX)}円までです。", code="max")
        return found


def written(plan: Iterable[tuple[date, int]]) -> str:
    """A plan as it is typed into the form."""
    return "\n".join(f"{wareki(on)} {yen(amount)}" for on, amount in plan)
