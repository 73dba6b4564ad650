"""The forms of a theme."""

import uuid
from typing import Any

from django import forms

from communities.models import Platform
from portal.accounts.scope import Scope

from ...forms.examining import AtForm
from ...forms.typed import TypedForm
from ...models import CommissionTheme, Menu
from ..queries import themes


def area(label: str, *, rows: int = 5, most: int = 1500, help_text: str = "", required: bool = True) -> Any:
    """A box of several lines."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class ThemeForm(TypedForm):
    """What the municipality proposes; its コミプラ are those that are formed."""

    platform = forms.ModelChoiceField(
        label="コミプラ", queryset=Platform.objects.none(), empty_label="選んでください",
        help_text="ステージが「形成初期」か「持続」のコミプラから選びます。",
    )  # fmt: skip
    title = forms.CharField(
        label="テーマ", max_length=120, help_text="例:買い物と見守りを、地区で続けるしくみづくり"
    )
    problem = area("地域の課題")
    wanted = area(
        "求める取組", help_text="受託する団体に、何をしてほしいかを書きます。やり方は提案にまかせます。"
    )
    support = area("市町村が協力すること", rows=3, most=1000, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["platform"].queryset = themes.platforms(scope)
        self.fields["platform"].label_from_instance = lambda row: (
            f"{row.name}({row.area.name}・{row.get_stage_display()})"
        )


class NewThemeForm(ThemeForm):
    """With the year's menu."""

    menu = forms.ModelChoiceField(label="年度とメニュー", queryset=Menu.objects.none(), empty_label=None)
    field_order = ("menu",)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, scope=scope, **kwargs)
        self.fields["menu"].queryset = themes.menus()
        self.fields["menu"].label_from_instance = lambda menu: f"{menu.programme.year_label} {menu}"


class ThemeEditForm(ThemeForm):
    """A draft as it is stored; `revision` tells who saves an older one."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, theme: CommissionTheme, **kwargs: Any) -> None:
        self.stored = theme
        known = {"revision": theme.revision, "tab": str(uuid.uuid4())}
        super().__init__(*args, initial={**self.stored_values(), **known}, **kwargs)

    def stored_values(self) -> dict[str, Any]:
        """What is stored, the コミプラ by its key."""
        names = ("platform", "title", "problem", "wanted", "support")
        return {name: self.stored.serializable_value(name) for name in names}


class JudgeForm(AtForm):
    """Select, or not with the reason."""

    name = "judge"
    step = forms.ChoiceField(
        label="選定", choices=[("select", "選定する"), ("decline", "選定しない")], widget=forms.RadioSelect
    )
    note = area(
        "理由", rows=3, most=1000, required=False, help_text="選定しないときは必須です。市町村に伝わります。"
    )

    def clean(self) -> None:
        if self.cleaned_data.get("step") == "decline" and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", "選定しない理由を入力してください。")
