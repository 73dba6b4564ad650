"""Fields that read what stands in spreadsheets: moments in parts, spans of time, words for choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.kernel.fields import clean_text
from portal.kernel.fiscal import parse_date

from ..fields import FIRST_YEAR, LAST_YEAR

_CLOCK = r"(?:午前|午後|AM|PM)?\s*\d{1,2}\s*(?::\s*\d{2}(?::\d{2})?|時(?:\s*\d{1,2}\s*分|半)?)\s*(?:AM|PM)?"
_TAIL = re.compile(rf"[\sT]*(?P<clock>{_CLOCK})$", re.ASCII)
_ONE = re.compile(
    r"(?P<half>午前|午後|AM|PM)?\s*(?P<hour>\d{1,2})\s*(?::\s*(?P<minute>\d{2})(?::\d{2})?|時\s*(?:(?P<minutes>\d{1,2})\s*分|(?P<thirty>半))?)"
    r"\s*(?P<after>AM|PM)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})", re.ASCII)
_UNTIL = re.compile(r"\s*(?:~|〜|ー|-|から|より)\s*")
TIME = "時刻は、18:30 または 18時30分 のように入力してください。"


class PlainField(forms.CharField):
    """Several lines of text without characters that nobody types on purpose."""

    default_validators = [clean_text]


class DayMomentField(forms.Field):
    """A day, with a time where one stands beside it. Cleans to ["2026-11-25", "18:30" or ""], or None."""

    def to_python(self, value: Any) -> list[str] | None:
        plain = _folded(value)
        if not plain:
            return None
        found = _TAIL.search(plain)
        day, clock = (plain[: found.start()], found["clock"]) if found and found.start() else (plain, "")
        try:
            on = parse_date(day)
        except ValueError as problem:
            raise ValidationError(str(problem), code="date") from None
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise ValidationError(f"{FIRST_YEAR}年から{LAST_YEAR}年までの日付にしてください。", code="year")
        return [on.isoformat(), read_time(clock).strftime("%H:%M") if clock else ""]


class SpanField(forms.Field):
    """A time, or a span of two (「18:30～20:30」). Cleans to [start, end or ""], or None."""

    def to_python(self, value: Any) -> list[str] | None:
        plain = _folded(value)
        if not plain:
            return None
        start, _, end = _UNTIL.sub("~", plain, count=1).partition("~")
        return [read_time(start).strftime("%H:%M"), read_time(end).strftime("%H:%M") if end.strip() else ""]


class IsoDayField(forms.Field):
    """A day in 和暦 or 西暦. Cleans to ISO text, or None."""

    def to_python(self, value: Any) -> str | None:
        if not value:
            return None
        try:
            return parse_date(str(value)).isoformat()
        except ValueError as problem:
            raise ValidationError(str(problem), code="date") from None


class WordsField(forms.Field):
    """A choice told by a word: `words` maps parts of what people write to the value. Empty stays empty."""

    def __init__(self, *, words: Mapping[str, str], said: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words, self.said = words, said

    def to_python(self, value: Any) -> str:
        plain = _folded(value)
        if not plain:
            return ""
        for word, meant in self.words.items():
            if word in plain:
                return meant
        raise ValidationError(f"「{plain[:20]}」は選べません。{self.said}", code="choice")


def read_time(text: str) -> time:
    """Return the time that is written: 18:30, 18時30分, 午後6時半, 1830. Raises ValidationError."""
    plain = text.strip()
    found = _ONE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if not found:
        raise ValidationError(TIME, code="time")
    parts = found.groupdict()
    hour = int(parts["hour"])
    minute = 30 if parts.get("thirty") else int(parts.get("minute") or parts.get("minutes") or 0)
    half = parts.get("half") or parts.get("after")
    if half in ("午後", "PM") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise ValidationError(f"{plain}という時刻はありません。{TIME}", code="time")
    return time(hour, minute)


def day(text: str) -> date:
    """The date of an ISO text of ours."""
    return date.fromisoformat(text)


def _folded(value: Any) -> str:
    return unicodedata.normalize("NFKC", str(value or "")).strip().upper()
