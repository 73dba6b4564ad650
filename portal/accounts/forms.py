"""Forms of accounts that are our own: one's account, and handing out appointments."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from portal.areas.models import Area, Section
from portal.kernel import clock
from portal.kernel.fields import single_line
from portal.kernel.forms import OnceForm
from portal.kernel.wareki import parse_date, seireki

from . import queries
from .enums import Role
from .sign_in_forms import MailField

LAST_YEAR = 2100


class DayField(forms.CharField):
    """A day, typed in 西暦 or 和暦."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"data-ui-size": "m", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            day = parse_date(text)
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from problem
        if day.year > LAST_YEAR:
            raise ValidationError(f"{LAST_YEAR}年までの日付を入力してください。", code="year")
        return day

    def prepare_value(self, value: Any) -> Any:
        return seireki(value) if isinstance(value, date) else value

    def run_validators(self, value: Any) -> None:
        """The text was judged when it was read; what is left is a day."""


class AreaChoice(forms.ModelChoiceField):
    """An area by its full name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class SectionChoice(forms.ModelChoiceField):
    """A section with its government."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.authority.name} {obj.name}"


class NameForm(OnceForm):
    """One's display name."""

    name = forms.CharField(
        label="表示名",
        max_length=40,
        validators=[single_line],
        help_text="参加したコミュニティの世話人や、区の担当者に表示されます。",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


class AppointForm(OnceForm):
    """Who, what, where, from when until when."""

    email = MailField()
    name = forms.CharField(
        label="氏名",
        max_length=40,
        required=False,
        validators=[single_line],
        help_text="アカウントがまだない人のときに入力します。新しくアカウントを作り、メールで知らせます。",
    )
    role = forms.ChoiceField(label="役職")
    area = AreaChoice(
        label="地域", queryset=Area.objects.none(), required=False, empty_label="全体(システム管理者)"
    )
    section = SectionChoice(
        label="課・室", queryset=Section.objects.none(), required=False, empty_label="指定しない"
    )
    starts_on = DayField(label="始まる日", help_text="例: 令和9年4月1日、2027-04-01")
    ends_on = DayField(
        label="終わる日",
        required=False,
        help_text="この日の終わりまで有効です。決裁者は、後任が決まるまで空けておきます。",
    )
    acting = forms.BooleanField(label="職務代理として", required=False)

    def __init__(self, *args: Any, once: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, once=once, **kwargs)
        scope = once.scope  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, role.label) for role in queries.roles_given_by(scope)]  # type: ignore[attr-defined]
        if not scope.has(Role.SYSTEM_ADMIN):
            self.fields["area"].required, self.fields["area"].empty_label = True, "選んでください"  # type: ignore[attr-defined]
        areas = queries.areas_given_by(scope)
        self.fields["area"].queryset = areas.select_related("parent")  # type: ignore[attr-defined]
        self.fields["section"].queryset = queries.sections_given_by(scope)  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", clock.today_jst())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("role") and values["role"] != Role.SYSTEM_ADMIN and not values.get("area"):
            self.add_error("area", ValidationError("地域を選んでください。", code="required"))
        return values


class EndForm(OnceForm):
    """When an appointment ends, and who follows."""

    ends_on = DayField(label="終わる日", help_text="この日の終わりまで有効です。例: 令和9年3月31日")
    successor = forms.ModelChoiceField(
        label="後任・職務代理",
        queryset=None,
        required=False,
        empty_label="なし",
        help_text="同じ役職・同じ場所に設定した人から選びます。",
    )

    def __init__(self, *args: Any, appointment: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = queries.possible_successors(appointment)  # type: ignore[attr-defined]
        field.label_from_instance = lambda other: other.user.name  # type: ignore[attr-defined]
