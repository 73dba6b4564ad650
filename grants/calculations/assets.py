"""The arithmetic of acquired property: pure, in whole yen and whole months. No database, no clock.

Sources: 減価償却資産の耐用年数等に関する省令 (定額で減る); 財産処分の承認基準の通例 (納付金 = 処分で得る額または残存価額 × 補助の割合,
at most the grant itself). Yen below one are dropped.
"""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = 12


def limit_on(acquired_on: date, years: int) -> date:
    """The last day of the 処分制限期間: the day before the same day `years` later (28 February for 29 February)."""
    year = acquired_on.year + years
    day = min(acquired_on.day, monthrange(year, acquired_on.month)[1])
    return date(year, acquired_on.month, day) - timedelta(days=1)


def months_between(first: date, last: date) -> int:
    """Whole months from `first` to `last`; 0 before it."""
    whole = (last.year - first.year) * MONTHS + last.month - first.month - (last.day < first.day)
    return max(0, whole)


def remaining_yen(amount_yen: int, *, acquired_on: date, years: int, on: date) -> int:
    """残存価額: the amount less its part for each whole month that passed."""
    total = years * MONTHS
    left = max(0, total - months_between(acquired_on, on))
    return amount_yen * left // total


def payback_yen(of_yen: int, *, grant_yen: int, amount_yen: int, paid_back_yen: int = 0) -> int:
    """納付金: the share of `of_yen` that the grant paid of the piece, at most what is left of the grant after `paid_back_yen`."""
    return min(max(0, grant_yen - paid_back_yen), of_yen * grant_yen // amount_yen)
