"""The arithmetic of advance payments: pure, in whole yen. No database, no clock.

Source: 地方自治法232条の5第2項, 同施行令162条3号 (概算払 of a 補助金); how much of a decision: the menu (要綱).
"""

from collections.abc import Iterable, Sequence
from datetime import date

HUNDRED = 100


def limit(*, decided_yen: int, percent: int) -> int:
    """The most that may be paid in advance: so many percent of the decision, yen below one dropped."""
    return decided_yen * percent // HUNDRED


def room(*, decided_yen: int, percent: int, live_yen: Iterable[int]) -> int:
    """What is left of it beside the advances that were asked for or granted; never below 0."""
    return max(0, limit(decided_yen=decided_yen, percent=percent) - sum(live_yen))


def months(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`, both included; none when `last` is earlier."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [
        date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1)
        for step in range(count + 1)
    ]


def is_planned(amount_yen: int, plan: Sequence[tuple[date, int]]) -> bool:
    """Whether a 資金計画 says month by month, each once, where the whole amount goes."""
    named = [month for month, _ in plan]
    return len(set(named)) == len(named) and sum(part for _, part in plan) == amount_yen
