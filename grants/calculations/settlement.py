"""The arithmetic after a decision: pure, in whole yen. No database, no clock.

Sources: workflows.md 'Amount of ③', 'settle', 'request_change', 'report_result'; 地方自治法235条の5.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from portal.kernel.fiscal import FiscalYear
from portal.kernel.money import floor_thousand

from . import ExpenseRow, shared_part


def settled(*, decided_yen: int, base_yen: int, share: Fraction) -> int:
    """額の確定: min(decided, floor(actual base × share / 1000) × 1000)."""
    return min(decided_yen, floor_thousand(shared_part(base_yen, share)))


def use_after_settlement(*, decided_yen: int, settled_yen: int, settled_on: date, year: int) -> int:
    """What a settled file uses of the cap of `year`: the settled amount; settled after its 31 March, still the decided one.

    Room that a settlement frees after 31 March is not given to others.
    """
    return settled_yen if settled_on <= FiscalYear(year).end else decided_yen


def due_on(*, completed_on: date, days: int, april_day: int) -> date:
    """Until when the result is due: so many days after completion, at the latest that day of April after the year of it."""
    latest = FiscalYear.of(completed_on).next.start.replace(day=april_day)
    return min(completed_on + timedelta(days=days), latest)


def by_setsu(rows: Iterable[ExpenseRow]) -> dict[int, int]:
    """The sum of each 節, in order of its number."""
    sums: dict[int, int] = {}
    for row in rows:
        sums[row.setsu] = sums.get(row.setsu, 0) + row.amount_yen
    return dict(sorted(sums.items()))


def shifted(before: Mapping[int, int], after: Mapping[int, int], percent: int) -> list[int]:
    """The 節 whose sum moves by more than `percent` of what was decided; one that is new moves without bound."""
    return [
        setsu
        for setsu in sorted({*before, *after})
        if abs(after.get(setsu, 0) - before.get(setsu, 0)) * 100 > percent * before.get(setsu, 0)
    ]


def balance(*, settled_yen: int, paid_yen: int, returned_yen: int) -> int:
    """What is still to be paid (above 0) or to be returned (below 0): settled − paid + returned. 0 closes the file."""
    return settled_yen - paid_yen + returned_yen
