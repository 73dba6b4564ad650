"""The lists of a menu as forms: one group of boxes a row, a few empty ones to add, a tick that takes a row out."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms

from communities.enums import PlatformPhase

from ..enums import Part, RuleEffect, Setsu
from ..models import Menu
from ..offering.parts import MenuList, rows_of
from .programmes import LinesField, shown
from .seen import SeenForm

SPARE = 2
Boxes = Mapping[str, Callable[[Menu], forms.Field]]
AREA = {"rows": 2}


def _line(label: str, size: int, help_text: str = "") -> Callable[[Menu], forms.Field]:
    return lambda menu: forms.CharField(label=label, max_length=size, required=False, help_text=help_text)


def _text(label: str, size: int, help_text: str = "") -> Callable[[Menu], forms.Field]:
    return lambda menu: forms.CharField(
        label=label, max_length=size, required=False, widget=forms.Textarea(attrs=AREA), help_text=help_text
    )


def _many(label: str, choices: Callable[[Menu], Any], coerce: Any = str) -> Callable[[Menu], forms.Field]:
    return lambda menu: forms.TypedMultipleChoiceField(
        label=label, choices=choices(menu), coerce=coerce, required=False, empty_value=[],
        widget=forms.CheckboxSelectMultiple(attrs={"data-ui-row": "1"}),
    )  # fmt: skip


def _one(label: str, choices: Any) -> Callable[[Menu], forms.Field]:
    return lambda menu: forms.ChoiceField(
        label=label, choices=[("", "選んでください"), *choices], required=False
    )


def _lines(label: str, help_text: str) -> Callable[[Menu], forms.Field]:
    return lambda menu: LinesField(label=label, required=False, help_text=help_text)


class RowsForm(SeenForm):
    """`boxes` of each row by name, `needed` those that a row which is not empty must have."""

    boxes: ClassVar[Boxes]
    needed: ClassVar[tuple[str, ...]]
    rows_max: ClassVar[int] = 24
    what: ClassVar[str] = "項目"

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, row=menu, under=menu.programme, **kwargs)
        for number in range(1, self.rows_max + 1):
            for name, make in self.boxes.items():
                self.fields[f"{name}_{number}"] = field = make(menu)
                field.label = f"{self.what}{number}の{field.label}"
            label = f"{self.what}{number}をなくす"
            self.fields[f"drop_{number}"] = forms.BooleanField(label=label, required=False)
        self.count = len(self.stored_rows())
        self.initial |= self.stored()

    def stored_rows(self) -> list[dict[str, Any]]:
        """The rows as they stand, in order."""
        raise TypeError(f"{type(self).__name__} does not say its rows")

    def stored(self) -> dict[str, Any]:
        return {
            f"{name}_{number}": row.get(name, "")
            for number, row in enumerate(self.stored_rows()[: self.rows_max], start=1)
            for name in self.boxes
        }

    def clean(self) -> dict[str, Any]:
        """Every row that is not empty has what a row needs."""
        values = super().clean() or self.cleaned_data
        for number in range(1, self.rows_max + 1):
            if not values.get(f"drop_{number}") and self._typed(values, number):
                for name in self.needed:
                    field = f"{name}_{number}"
                    if field not in self.errors and not values.get(field):
                        self.add_error(field, f"{self.fields[field].label}を入れてください。")
        return values

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """The rows that stay or come, each with what else its stored row holds."""
        old, values, rows = self.stored_rows(), self.cleaned_data, []
        for number in range(1, self.rows_max + 1):
            typed = self._typed(values, number)
            if typed and not values.get(f"drop_{number}"):
                kept = old[number - 1] if number <= len(old) else {}
                rows.append(kept | {name: values[f"{name}_{number}"] for name in self.boxes})
        return {"rows": [*rows, *old[self.rows_max :]]}

    def _typed(self, values: Mapping[str, Any], number: int) -> bool:
        return any(values.get(f"{name}_{number}") for name in self.boxes)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField], forms.BoundField | None]]:
        """(heading, the row's boxes, the tick that takes it out) of every row and a few empty ones."""
        found = []
        for number in range(1, min(self._last + SPARE, self.rows_max) + 1):
            is_new = number > self.count
            heading = f"{self.what}{number}" + ("(新しく加える)" if is_new else "")
            boxes = [self[f"{name}_{number}"] for name in self.boxes]
            found.append((heading, boxes, None if is_new else self[f"drop_{number}"]))
        return found

    @property
    def _last(self) -> int:
        """The last row that holds anything, stored or typed."""
        typed = [
            number
            for number in range(1, self.rows_max + 1)
            if self.is_bound and any(self[f"{name}_{number}"].data for name in self.boxes)
        ]
        return max([self.count, *typed])


class ListForm(RowsForm):
    """A list that is stored in the menu itself."""

    kind: ClassVar[MenuList]

    def stored_rows(self) -> list[dict[str, Any]]:
        return rows_of(self.row, self.kind)


class ChecksForm(ListForm):
    """審査の項目: which section of the application it is about, and what is asked."""

    kind = MenuList.CHECKS
    boxes: ClassVar[Boxes] = {"part": _one("見るところ", Part.choices), "text": _text("文", 200)}
    needed = ("part", "text")


class PointsForm(ListForm):
    """検査の項目."""

    kind = MenuList.POINTS
    boxes: ClassVar[Boxes] = {"text": _text("文", 200)}
    needed = ("text",)


class RulesForm(ListForm):
    """経費の決まり: which 節 and which words, what follows, what the municipality reads."""

    kind = MenuList.RULES
    what = "決まり"
    boxes: ClassVar[Boxes] = {
        "setsu": _many("節", lambda menu: [(row.value, row.heading) for row in Setsu], int),
        "words": _lines(
            "言葉", "1行に一つずつ。内訳にどれかがあれば当てはまります。空なら、その節のすべてです。"
        ),
        "effect": _one("どうするか", RuleEffect.choices),
        "text": _text("市町村に示す文", 300),
    }
    needed = ("setsu", "effect", "text")


class AttachedForm(ListForm):
    """The papers an applicant attaches; those of no type may be attached and need not."""

    kind = MenuList.ATTACHED
    what = "書類"
    boxes: ClassVar[Boxes] = {
        "title": _line("名前", 120),
        "help": _text("説明", 300),
        "required_for": _many(
            "必ず要る型", lambda menu: [(row.code, str(row)) for row in menu.project_types.all()]
        ),
    }
    needed = ("title",)


class TypesForm(RowsForm):
    """型 of ③, by their 記号, with the コミプラ stages each is meant for."""

    what = "型"
    rows_max = 12
    boxes: ClassVar[Boxes] = {
        "code": _line("記号", 8, "例:1-1。添付する書類が、この記号で型を指します。"),
        "label": _line("呼び名", 10),
        "group": _line("支援の対象", 120),
        "group_mark": _line("印", 40),
        "text": _text("内容", 300),
        "examples": _lines("実施例", "1行に一つずつ。"),
        "stages": _many("コミプラの段階", lambda menu: PlatformPhase.choices),
    }
    needed = ("code", "label", "group", "text", "stages")

    def stored_rows(self) -> list[dict[str, Any]]:
        return [{name: getattr(row, name) for name in self.boxes} for row in self.row.project_types.all()]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        seen: set[str] = set()
        for number in range(1, self.rows_max + 1):
            code = values.get(f"code_{number}")
            if code and not values.get(f"drop_{number}"):
                if code in seen:
                    self.add_error(f"code_{number}", "同じ記号の型が、上にあります。")
                seen.add(code)
        return values


class WordsForm(SeenForm):
    """What a menu says of itself."""

    name = forms.CharField(label="名前", max_length=120)
    name_note = forms.CharField(label="名前の添え書き", max_length=120, required=False)
    title = forms.CharField(label="見出し", max_length=120)
    short = forms.CharField(label="短い名前", max_length=40)
    mark = forms.CharField(label="印", max_length=40, required=False)
    content = LinesField(label="内容", help_text="1行に一つずつ書きます。")
    examples = LinesField(label="実施例", required=False, help_text="1行に一つずつ書きます。")

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, initial=shown(self, menu), row=menu, under=menu.programme, **kwargs)

    def stored(self) -> dict[str, Any]:
        return shown(self, self.row)
