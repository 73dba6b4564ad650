"""The forms of a payment."""

from django import forms

from ..fields import DayField
from .examining import AtForm


class EnterForm(AtForm):
    """When it was paid."""

    name = "enter"
    paid_on = DayField(label="支払日", help_text="例:令和8年12月18日、R8.12.18、2026-12-18")
    past_year = forms.BooleanField(label="過年度支出(現年度の予算から払った)", required=False)
