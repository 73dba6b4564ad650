"""Forms of working groups, problems and measures."""

from typing import Any

from django import forms

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.forms import OnceForm

from ..fields import LineField
from ..models import Initiative, Theme, WorkingGroup
from ..models.groups import TakerKind
from ..rules import WARD_STAFF


class GroupForm(OnceForm):
    """Name, theme, what it talks about."""

    name = LineField(label="部会の名前", max_length=80, help_text="例:教育、空き家、農業")
    theme = forms.ModelChoiceField(
        label="テーマ", queryset=Theme.objects.all(), required=False, empty_label="選ばない"
    )
    summary = forms.CharField(
        label="話しあうこと", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class WardGroupForm(GroupForm):
    """A group of the ward itself."""

    area = forms.ModelChoiceField(label="地域", queryset=Area.objects.none(), empty_label=None)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(pk__in=sorted(scope.areas(*WARD_STAFF)))  # type: ignore[attr-defined]


class ProblemForm(OnceForm):
    """What the group wants to change."""

    title = LineField(label="課題", max_length=120, help_text="だれが、どんなことで困っているか。")
    detail = forms.CharField(
        label="くわしく", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class MeasureForm(OnceForm):
    """What is to be done, and who takes it on."""

    title = LineField(label="対応策", max_length=120)
    taker_kind = forms.ChoiceField(label="担い手の種類", choices=TakerKind, widget=forms.RadioSelect)
    taker_name = LineField(
        label="担い手", max_length=80, required=False, help_text="団体の名前か、役割(例:読み聞かせの担当)。個人の名前は書かないでください。",
        widget=forms.TextInput(attrs={"data-ui-need": "担い手が決まっているときは必須"}),
    )  # fmt: skip
    initiative = forms.ModelChoiceField(
        label="生まれた取組", queryset=Initiative.objects.none(), required=False, empty_label="まだない"
    )

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("taker_kind", TakerKind.OPEN)
        super().__init__(*args, **kwargs)
        if group.community is None:
            del self.fields["initiative"]
        else:
            rows = group.community.initiatives.order_by("-created_at", "-id")
            self.fields["initiative"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> None:
        kind, name = self.cleaned_data.get("taker_kind"), self.cleaned_data.get("taker_name")
        if kind and kind != TakerKind.OPEN and not name and "taker_name" not in self.errors:
            self.add_error("taker_name", "担い手の名前か役割を入力してください。")
        if kind == TakerKind.OPEN and name:
            self.add_error("taker_kind", "担い手の種類を選んでください。")
