"""条 and 様式番号 of every paper of a menu."""

from typing import Any

from django import forms

from ..models import Menu
from ..offering.papers import Paper, papers_of
from .seen import SeenForm

NAMES = {"article": "条", "form_label": "様式番号"}


class PapersForm(SeenForm):
    """Two boxes for each kind of paper of the menu's procedure; an empty box is 「第○条」 or 「標準様式」."""

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        self.papers = papers_of(menu.table)
        super().__init__(*args, row=menu, under=menu.programme, **kwargs)
        for paper in self.papers:
            for name, label in NAMES.items():
                field = forms.CharField(label=f"{paper.title}の{label}", max_length=40, required=False)
                self.fields[f"{paper.key}_{name}"] = field
        self.initial |= self.stored()
        self.order_fields([name for name in self.fields if name != "once"])

    def stored(self) -> dict[str, Any]:
        return {
            f"{paper.key}_{name}": self.row.paper_row(paper.key).get(name, "")
            for paper in self.papers
            for name in NAMES
        }

    @property
    def groups(self) -> list[tuple[Paper, list[forms.BoundField]]]:
        """Each paper with its two boxes."""
        return [(paper, [self[f"{paper.key}_{name}"] for name in NAMES]) for paper in self.papers]

    def cleaned_data_for_action(self) -> dict[str, Any]:
        """The papers by their key."""
        papers = {
            paper.key: {name: self.cleaned_data[f"{paper.key}_{name}"] for name in NAMES}
            for paper in self.papers
        }
        return {"papers": papers}
