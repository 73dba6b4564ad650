"""Forms of 廃止."""

from django import forms

from portal.kernel.renderer import Choice

from ..fields import YenField
from ..forms.examining import AtForm
from ..relief.forms import RequiredDay
from .enums import STOP_HELP, StopKind

MEMO = "決裁する人だけに示します。"


class StopForm(AtForm):
    """What the municipality asks."""

    name = "stop"
    kind = forms.ChoiceField(
        label="廃止の区分", widget=forms.RadioSelect,
        choices=[(kind.value, Choice(kind.label, help=STOP_HELP[kind])) for kind in StopKind],
    )  # fmt: skip
    reason = forms.CharField(label="廃止の理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    stops_on = RequiredDay(label="廃止の日", help_text="この日までの経費が、補助の対象です。")
    spent_yen = YenField(
        label="その日までの補助対象経費",
        help_text="これから支払う分も含めます。特定財源を引いた額です。使っていないときは0。",
    )
    own_number = forms.CharField(
        label="文書番号", max_length=40, required=False, help_text="市町村の発番。空でもかまいません。"
    )


class GrantStopForm(AtForm):
    """伺い of the approval."""

    name = "draft"
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=MEMO
    )  # fmt: skip


class RefuseStopForm(AtForm):
    """Why a project is to go on."""

    name = "refuse"
    reason = forms.CharField(
        label="承認しない理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="変更(中止・廃止)不承認通知書に、このまま印刷します。",
    )  # fmt: skip
    memo = forms.CharField(
        label="伺い", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=MEMO
    )  # fmt: skip
