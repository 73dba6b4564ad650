"""Boxes for amounts, quantities and days: whatever is typed is read or refused with words, never an error of ours."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from grants.fields import DayField, MonthDaysField, QuantityField, YenField

ODD = (
    *("9" * 5000, "9999999999/1", "99999999999-1-1", "-1", "1.5", "令和999999999999年1月1日"),
    *("٣", "1e400", "nan", "13-45", "0/0"),
)


@pytest.mark.parametrize("field", [YenField, QuantityField, DayField, MonthDaysField])
@pytest.mark.parametrize("typed", ODD)
def test_odd_words_are_refused(field: type[forms.Field], typed: str) -> None:
    with pytest.raises(ValidationError):
        field().clean(typed)


def test_what_people_type_is_read() -> None:
    assert YenField().clean("1,234,567") == 1_234_567
    assert QuantityField().clean("12") == 12
    assert MonthDaysField().clean("9月30日\n03-31") == ["03-31", "09-30"]
