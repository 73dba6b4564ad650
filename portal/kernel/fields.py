"""Text that people type: without NUL, lone surrogates or control characters, and never longer than promised."""

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean_text(value: str) -> None:
    """Refuse characters that no person types on purpose: control, direction overrides, broken surrogates."""
    if _SURROGATE.search(value) or _CONTROL.search(value):
        raise ValidationError(
            "使えない文字が含まれています。見えない文字が混ざっていないか確かめて、入力し直してください。",
            code="control",
        )


def single_line(value: str) -> None:
    """Refuse line breaks in a one-line text."""
    if "\n" in value or "\r" in value:
        raise ValidationError("改行は使えません。1行で入力してください。", code="newline")


if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
    _TextField = models.TextField[str, str]
else:
    _CharField, _TextField = models.CharField, models.TextField


class Line(_CharField):
    """One line of people's text."""

    default_validators = [*models.CharField.default_validators, clean_text, single_line]


class Text(_TextField):
    """Several lines of people's text; `max_length` is enforced in forms, in full_clean and in the database."""

    default_validators = [*models.TextField.default_validators, clean_text]

    def db_type(self, connection: Any) -> str:
        return f"varchar({self.max_length})" if self.max_length else "text"
