"""Form fields of people's figures and days: what offices type, full-width or not, 和暦 or not."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.fiscal import parse_date, wareki
from portal.kernel.money import digits, parse_yen

from .enums import QUANTITY_MAX, YEN_MAX


class YenField(forms.CharField):
    """Whole yen, 0 or more. Accepts １，２３４円; shows 1,234. An empty box is None."""

    def __init__(self, **kwargs: Any) -> None:
        hints = {"inputmode": "numeric", "autocomplete": "off", "data-ui-num": "1"}
        kwargs.setdefault("widget", forms.TextInput(attrs=hints))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            amount = parse_yen(text)
        except ValueError as problem:
            raise ValidationError(str(problem), code="yen") from None
        if amount > YEN_MAX:
            raise ValidationError(f"金額は{digits(YEN_MAX)}円までです。", code="max")
        return amount

    def run_validators(self, value: Any) -> None:
        """The text was checked while it was read; a number has nothing left to check."""

    def prepare_value(self, value: Any) -> Any:
        return digits(value) if isinstance(value, int) else value


class QuantityField(forms.CharField):
    """A whole number from 1. An empty box is None."""

    def __init__(self, **kwargs: Any) -> None:
        hints = {"inputmode": "numeric", "autocomplete": "off", "data-ui-num": "1"}
        kwargs.setdefault("widget", forms.TextInput(attrs=hints))
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().to_python(value)).replace(",", "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 20) or not 1 <= int(text) <= QUANTITY_MAX:
            raise ValidationError(f"数量は、1から{digits(QUANTITY_MAX)}までの整数です。", code="quantity")
        return int(text)

    def run_validators(self, value: Any) -> None:
        """The text was checked while it was read; a number has nothing left to check."""

    def prepare_value(self, value: Any) -> Any:
        return digits(value) if isinstance(value, int) else value


class DayField(forms.CharField):
    """A day typed in 和暦 or 西暦; shown in 和暦. An empty box is None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"data-ui-size": "m", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as problem:
            raise ValidationError(str(problem), code="date") from None

    def run_validators(self, value: Any) -> None:
        """The text was checked while it was read; a day has nothing left to check."""

    def prepare_value(self, value: Any) -> Any:
        return wareki(value) if isinstance(value, date) else value


class MonthDaysField(forms.CharField):
    """Days that come every year, one on a line: 9月30日, 09-30 or 9/30. Kept as 「09-30」, in order, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=400, **kwargs)

    def to_python(self, value: Any) -> Any:
        lines = super().to_python(value).splitlines()
        return sorted({self._day(line.strip()) for line in lines if line.strip()})

    def _day(self, line: str) -> str:
        parts = (
            unicodedata.normalize("NFKC", line).replace("月", "-").replace("/", "-").rstrip("日").split("-")
        )
        try:
            month, day = (int(part) for part in parts)
            return f"{date(2025, month, day):%m-%d}"  # a year without 29 February: each day comes every year
        except (ValueError, OverflowError):
            raise ValidationError(f"「{line}」は、毎年ある月と日ではありません。", code="month_day") from None

    def run_validators(self, value: Any) -> None:
        """The text was checked while it was read; the days have nothing left to check."""

    def validate(self, value: Any) -> None:
        if len(value) > 12:
            raise ValidationError("12日までにしてください。", code="max")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{int(day[:2])}月{int(day[3:])}日" for day in value)
