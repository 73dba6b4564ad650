"""Forms of the retention."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from ..forms.examining import AtForm
from ..models import Hold
from ..relief.forms import DAY_HELP, RequiredDay
from .enums import HoldKind
from .kinds import KINDS

AREA = {"rows": 3}


class ShowForm(forms.Form):
    """Which files the list shows; an unknown value shows those that may be thrown away."""

    show = forms.ChoiceField(
        label="表示", required=False,
        choices=[("due", "廃棄できるもの"), ("kept", "保存中のもの"), ("done", "廃棄したもの"), ("all", "すべて")],
    )  # fmt: skip

    kind = forms.ChoiceField(
        label="メニュー", required=False, choices=[(key, kind.label) for key, kind in KINDS.items()]
    )

    def chosen(self) -> str:
        return self._said("show") or "due"

    def chosen_kind(self) -> str:
        return self._said("kind") or "application"

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() or name not in self.errors else ""


class HoldForm(AtForm):
    """Why the file must stay."""

    name = "hold"
    kind = forms.ChoiceField(label="種類", choices=HoldKind.choices)
    reason = forms.CharField(label="保留する理由", max_length=400, widget=forms.Textarea(attrs=AREA))


class ReleaseForm(AtForm):
    """Which hold is over."""

    name = "release"
    hold = forms.ModelChoiceField(label="解く保留", queryset=Hold.objects.none(), empty_label=None)

    def __init__(self, *args: Any, holds: QuerySet[Hold], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hold"].queryset = holds  # type: ignore[attr-defined]


class LongerForm(AtForm):
    """Until when it is kept, and why."""

    name = "extend"
    until_on = RequiredDay(label="保存する最後の日", help_text=DAY_HELP)
    reason = forms.CharField(label="延ばす理由", max_length=400, widget=forms.Textarea(attrs=AREA))
