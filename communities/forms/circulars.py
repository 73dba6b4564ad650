"""The form of a 回覧板: which area, which month, which letters."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.forms import OnceForm

from ..queries.circulars import next_month
from ..rules import WARD_STAFF

TURN = 15  # from this day of the month on, the next month is the one that is asked for
AHEAD = 4


def usual_month(today: date) -> date:
    """The month for which a 回覧板 is made today, as its first day."""
    first = today.replace(day=1)
    return next_month(first) if today.day >= TURN else first


def months(today: date) -> list[date]:
    """The months that are offered: last month, this one, and those ahead."""
    first = today.replace(day=1)
    found = [date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1), first]
    while len(found) < AHEAD + 2:
        found.append(next_month(found[-1]))
    return found


class CircularForm(OnceForm):
    """One paper for one month. Areas are those of the person's own work; the key is the same wherever the button stands."""

    area = forms.ModelChoiceField(label="地域", queryset=Area.objects.none(), empty_label=None)
    month = forms.ChoiceField(label="月")
    is_large = forms.ChoiceField(
        label="文字の大きさ",
        choices=[("", "ふつうの文字(2段組み)"), ("on", "大きな文字(1段組み)")],
        required=False,
        widget=forms.RadioSelect(attrs={"data-ui-row": "1", "data-ui-need": ""}),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today_jst()
        self.fields["area"].queryset = Area.objects.filter(
            Q(pk__in=scope.areas(*WARD_STAFF)) & ~Q(kind="prefecture")
        ).select_related("parent")
        self.fields["month"].choices = [
            (f"{month:%Y-%m}", f"{month.year}年{month.month}月") for month in months(today)
        ]
        self.initial.setdefault("month", f"{usual_month(today):%Y-%m}")

    def clean_month(self) -> date:
        year, month = self.cleaned_data["month"].split("-")
        return date(int(year), int(month), 1)

    def clean_is_large(self) -> bool:
        return bool(self.cleaned_data["is_large"])

    def _purpose(self) -> str:
        return "communities.circular"
