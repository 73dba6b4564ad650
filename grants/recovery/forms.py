"""Forms of the recovery of money."""

from django import forms

from ..forms.examining import AtForm
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


class CollectForm(AtForm):
    """When it came in."""

    name = "collect"
    collected_on = RequiredDay(label="納入された日", help_text=DAY_HELP)
