"""One line of a table of figures beside the decided budget, as the page shows it."""

from dataclasses import dataclass

from django.forms import BoundField

from ...calculations import ExpenseRule


@dataclass(frozen=True, slots=True)
class Cells:
    """One line of the table as the page shows it. `budget_yen` is what was decided for it."""

    heading: str
    description: str
    budget_yen: int
    boxes: dict[str, BoundField]
    notes: tuple[ExpenseRule, ...] = ()

    @property
    def wrong(self) -> list[BoundField]:
        return [box for box in self.boxes.values() if box.errors]
