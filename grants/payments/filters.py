"""What the list of payments can be narrowed to."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear

from ..models import Payment
from . import queries
from .enums import PaymentState

YEARS = 6  # as many as are kept


class PaymentFilter(forms.Form):
    """Narrows by state and 年度. An unknown value narrows nothing."""

    state = forms.ChoiceField(label="状態", choices=[("", "すべて"), *PaymentState.choices], required=False)
    year = forms.ChoiceField(label="年度", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = FiscalYear.of(clock.today_jst()).year
        years = [(str(year), FiscalYear(year).label) for year in range(this, this - YEARS, -1)]
        self.fields["year"].choices = [("", "すべて"), *years]

    def apply(self, payments: QuerySet[Payment]) -> QuerySet[Payment]:
        return queries.narrowed(payments, **self._chosen())

    def query(self) -> str:
        """What was chosen, for the address of the file."""
        chosen = {name: value for name, value in self._chosen().items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    def _chosen(self) -> dict[str, str]:
        values = self.cleaned_data if self.is_valid() else {}
        return {"state": values.get("state", ""), "year": values.get("year", "")}
