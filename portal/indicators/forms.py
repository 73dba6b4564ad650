"""The form with which an officer types a published value."""

from typing import Any

from django import forms

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, fiscal_year
from portal.kernel.forms import OnceForm

from .enums import ValueKind

FIRST_YEAR, YEARS_AHEAD = 2019, 8


def year_choices() -> list[tuple[int, str]]:
    """The years one may type a value for, newest first: plans set targets years ahead."""
    this_year = fiscal_year(clock.today_jst())
    return [(year, FiscalYear(year).label) for year in range(this_year + YEARS_AHEAD, FIRST_YEAR - 1, -1)]


class ValueForm(OnceForm):
    """One value of one year, with the paper it stands in."""

    kind = forms.ChoiceField(
        label="種類",
        choices=ValueKind.choices,
        widget=forms.RadioSelect(attrs={"data-ui-row": True}),
    )
    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)
    value = forms.IntegerField(
        label="値",
        min_value=0,
        max_value=9_999_999,
        widget=forms.TextInput(
            attrs={"data-ui-unit": "件", "data-ui-size": "s", "data-ui-num": True, "inputmode": "numeric"}
        ),
    )
    source = forms.CharField(
        label="出どころ",
        max_length=300,
        help_text="資料の名前と、書かれているページ。公開されている資料に限ります。",
    )
    source_on = forms.DateField(
        label="資料の日付",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fiscal_year"].choices = year_choices()  # type: ignore[attr-defined]
        self.fields["fiscal_year"].initial = fiscal_year(clock.today_jst())
