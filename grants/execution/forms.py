"""Forms of 執行管理."""

from typing import Any

from django import forms

from portal.kernel.forms import OnceForm
from portal.kernel.import_models import Import
from portal.kernel.uploads import MEGABYTE, SHEETS, UploadField

from ..forms.examining import AtForm
from .importing import COLUMNS


class TableForm(OnceForm):
    """The file of the 財務会計 system."""

    file = UploadField(label="財務会計から出した表", accept=SHEETS, max_bytes=10 * MEGABYTE)


class ColumnsForm(AtForm):
    """Which column of the file holds what, guessed from its headings."""

    name = "columns"

    def __init__(
        self, *args: Any, imported: Import, headings: list[tuple[int, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "(表にない)"),
            *((str(place), f"{label}(例:{text})" if text else label) for place, label, text in headings),
        ]
        for column in COLUMNS:
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=column.must_map, help_text=column.help,
                initial=str(imported.mapping.get(column.name, "")),
                error_messages={"required": f"{column.label}の列を選んでください。"},
            )  # fmt: skip

    def clean(self) -> None:
        taken: dict[str, str] = {}
        for column in COLUMNS:
            place = self.cleaned_data.get(f"column_{column.name}")
            if place and place in taken:
                self.add_error(f"column_{column.name}", f"同じ列を「{taken[place]}」にも使っています。")
            elif place:
                taken[place] = column.label

    def cleaned_data_for_action(self) -> dict[str, Any]:
        chosen = {column.name: self.cleaned_data[f"column_{column.name}"] for column in COLUMNS}
        return {"mapping": {name: int(place) for name, place in chosen.items() if place}, "options": {}}
