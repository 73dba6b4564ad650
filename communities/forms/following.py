"""Forms of what a person follows: the calendar's address, saved searches."""

from typing import Any

from django import forms

from portal.kernel.forms import OnceForm

CALENDAR_STEPS = frozenset({"open", "renew", "close"})


class CalendarForm(OnceForm):
    """The buttons of the calendar's page; each sends its own `step`."""

    def clean(self) -> dict[str, Any]:
        step = self.data.get("step", "")
        if step not in CALENDAR_STEPS:
            raise forms.ValidationError("画面のボタンを、もう一度押してください。", code="step")
        return {**self.cleaned_data, "step": step}
