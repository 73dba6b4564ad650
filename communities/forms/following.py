"""Forms of what a person follows: the calendar's address, saved searches."""

from typing import Any

from django import forms
from django.db.models import Q

from portal.areas.models import Area
from portal.kernel.forms import OnceForm

from ..enums.events import AgeGroup
from ..enums.following import Frequency
from ..models import Theme

CALENDAR_STEPS = frozenset({"open", "renew", "close"})


class CalendarForm(OnceForm):
    """The buttons of the calendar's page; each sends its own `step`."""

    def clean(self) -> dict[str, Any]:
        step = self.data.get("step", "")
        if step not in CALENDAR_STEPS:
            raise forms.ValidationError("画面のボタンを、もう一度押してください。", code="step")
        return {**self.cleaned_data, "step": step}


HOURS = [(str(hour), f"{hour}時") for hour in range(24)]


class SavedSearchForm(OnceForm):
    """What is told, how often, and when not. Nothing chosen means everything of this government's areas."""

    area = forms.ModelChoiceField(
        label="地域", queryset=Area.objects.none(), required=False, empty_label="すべての地域"
    )
    theme = forms.ModelChoiceField(
        label="テーマ",
        queryset=Theme.objects.all(),
        required=False,
        empty_label="すべてのテーマ",
        to_field_name="slug",
    )
    age = forms.ChoiceField(label="年代", choices=[("", "すべての年代"), *AgeGroup.choices], required=False)
    frequency = forms.ChoiceField(
        label="お知らせの回数",
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
    )
    quiet_from = forms.TypedChoiceField(
        label="お知らせしない時間の始まり", choices=HOURS, coerce=int, initial="21"
    )
    quiet_until = forms.TypedChoiceField(
        label="お知らせしない時間の終わり", choices=HOURS, coerce=int, initial="8"
    )

    def __init__(self, *args: Any, place: str, kept: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Q(parent=place) | (Q(pk=kept.pk) if kept else Q(pk__in=[]))
        self.fields["area"].queryset = Area.objects.filter(chosen).order_by("code")
