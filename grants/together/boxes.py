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
GONE = "(いまは一覧にありません)"
BETWEEN = re.compile(r"[、,，\n]")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?")


@dataclass(frozen=True, slots=True)
class Box:
    """One box of one section. `choices`: value by the words that can be chosen, empty for free text; `words`: of each value,
    two of which may have the same.
    """

    part: str
    label: str
    bound: BoundField
    choices: dict[str, str]
    words: dict[str, str]

    @property
    def is_choice(self) -> bool:
        return isinstance(self.bound.field, forms.ChoiceField)

    @property
    def takes_many(self) -> bool:
        return isinstance(self.bound.field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)

    @property
    def initial(self) -> Any:
        """What is stored, as the form holds it."""
        return self.bound.form.get_initial_for_field(self.bound.field, self.bound.name)

    def stored(self) -> list[str]:
        """What a browser would send of what is stored, whether or not it can still be chosen."""
        if isinstance(self.initial, datetime):
            return [self.initial.astimezone(clock.JST).strftime("%Y-%m-%dT%H:%M")]
        value = self.bound.field.prepare_value(self.initial)
        rows = value if isinstance(value, list | tuple) else ["" if value is None else value]
        return [str(row) for row in rows]

    def shown(self) -> str:
        """What is stored, in words."""
        if isinstance(self.initial, datetime):
            return self.stored()[0].replace("T", " ")
        values = [value for value in self.stored() if value]
        if self.is_choice:
            values = [self.words.get(value, GONE) for value in values]
        return "、".join(values)

    def sent(self, text: str) -> list[str]:
        """What a browser would send for these words; what was not changed stays what is stored.

        Raises KeyError for words that are no choice.
        """
        if _lines(text) == _lines(self.shown()):
            return self.stored()
        if self.takes_many:
            return [self.choices[one.strip()] for one in BETWEEN.split(text) if one.strip()]
        if self.is_choice:
            return [self.choices[text] if text else ""]
        if isinstance(self.bound.field, forms.DateTimeField) and (found := MOMENT.fullmatch(text)):
            return [f"{found[1]}T{found[2]}"]
        return [text]

    def differs(self, sent: list[str]) -> bool:
        """Whether this says another thing than what is stored: 「800000」 is 「800,000」."""
        if sent == self.stored():
            return False
        return bool(self.bound.field.has_changed(self.initial, sent if self.takes_many else sent[0]))

    @property
    def help(self) -> str:
        """What may stand there."""
        if self.is_choice:
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
            words = {str(value): str(text).strip() for value, text in _choices(bound.field)}
            choices = {text: value for value, text in reversed(words.items())}  # of two the first
            found.append(
                Box(part=part, label=named, bound=bound, choices=dict(reversed(choices.items())), words=words)
            )
    return found


def _choices(field: Any) -> Iterator[tuple[Any, Any]]:
    """(value, words) of everything that can be chosen."""
    return (row for row in getattr(field, "choices", ()) if str(row[0]) != "")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
