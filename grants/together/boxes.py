"""The boxes of a draft's forms as rows of a worksheet: what each is called, what it holds, what may stand in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField

from portal.kernel import clock

from ..forms.typed import TypedForm

HEADINGS = ("欄", "記入", "説明")
NAME, TYPED_IN = 0, 1
BETWEEN = re.compile(r"[、,，\n]")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?")


@dataclass(frozen=True, slots=True)
class Box:
    """One box of one section. `choices`: value by the words that stand in the sheet; empty for free text."""

    part: str
    label: str
    bound: BoundField
    choices: dict[str, str]

    @property
    def takes_many(self) -> bool:
        return isinstance(self.bound.field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)

    def shown(self) -> str:
        """What is stored, in words."""
        value = self.bound.form.get_initial_for_field(self.bound.field, self.bound.name)
        if isinstance(value, datetime):
            return value.astimezone(clock.JST).strftime("%Y-%m-%d %H:%M")
        value = self.bound.field.prepare_value(value)
        words = {key: text for text, key in self.choices.items()}
        rows = value if isinstance(value, list | tuple) else [value]
        return "、".join(words.get(str(row), str(row)) for row in rows if row not in (None, ""))

    def sent(self, text: str) -> list[str]:
        """What a browser would send for these words. Raises KeyError for words that are no choice."""
        if self.takes_many:
            return [self.choices[one.strip()] for one in BETWEEN.split(text) if one.strip()]
        if self.choices:
            return [self.choices[text] if text else ""]
        if isinstance(self.bound.field, forms.DateTimeField) and (found := MOMENT.fullmatch(text)):
            return [f"{found[1]}T{found[2]}"]
        return [text]

    def differs(self, sent: list[str]) -> bool:
        """Whether this says another thing than what is stored: 「800000」 is 「800,000」."""
        plain = [text.replace("\r\n", "\n").strip() for text in sent]
        if plain == [text.replace("\r\n", "\n").strip() for text in self.sent(self.shown())]:
            return False
        stored = self.bound.form.get_initial_for_field(self.bound.field, self.bound.name)
        return bool(self.bound.field.has_changed(stored, sent if self.takes_many else plain[0]))

    @property
    def help(self) -> str:
        """What may stand there."""
        if self.choices:
            return "一覧から選びます。" if not self.takes_many else "一覧の名前を「、」で区切って書きます。"
        if isinstance(self.bound.field, forms.DateTimeField):
            return "例:2026-12-12 13:30"
        return str(self.bound.field.help_text)


def boxes(sections: Iterable[tuple[str, TypedForm]]) -> list[Box]:
    """Every box that people fill in, in the order of the page. A label that stands twice is numbered: 「氏名(2)」."""
    found: list[Box] = []
    seen: dict[str, int] = {}
    for part, form in sections:
        for bound in form.visible_fields():
            label = str(bound.label)
            seen[label] = seen.get(label, 0) + 1
            named = label if seen[label] == 1 else f"{label}({seen[label]})"
            found.append(Box(part=part, label=named, bound=bound, choices=dict(_choices(bound.field))))
    return found


def _choices(field: Any) -> Iterator[tuple[str, str]]:
    """(words, value); of two rows with the same words only the first can be chosen in a sheet."""
    seen: set[str] = set()
    for value, label in getattr(field, "choices", ()):
        words = str(label).strip()
        if str(value) != "" and words not in seen:
            seen.add(words)
            yield words, str(value)
