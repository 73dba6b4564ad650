"""The menu's rules on expenses applied to figures beside the decided budget."""

from collections.abc import Sequence
from dataclasses import replace

from .. import calculations
from ..calculations import ExpenseRow
from ..models import Application
from .rows import ExpenseActual


def judged(application: Application, rows: Sequence[ExpenseActual]) -> list[ExpenseActual]:
    """The lines in their order; one that the menu's rules exclude is wholly ineligible, whatever was typed."""
    typed = [
        ExpenseRow(
            setsu=row.setsu, description=row.description, unit_price_yen=row.actual_yen, ineligible_yen=row.ineligible_yen
        )
        for row in rows
    ]  # fmt: skip
    after = calculations.apply_rules(typed, application.menu.rules)
    return [
        replace(row, ineligible_yen=found.ineligible_yen) for row, (found, _) in zip(rows, after, strict=True)
    ]
