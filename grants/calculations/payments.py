"""The arithmetic of payments: pure, in whole yen. No database, no clock.

Sources: 所得税法204条・205条 and 復興財源確保法28条 (源泉徴収, floor to one yen); 地方自治法235条の5 (出納閉鎖 31 May).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.kernel.fiscal import FiscalYear, previous_business_day

TEN_THOUSAND = 10_000
HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What is withheld of a fee paid on or after `first_on`: `share` and `over` in ten thousandths, `over` above `threshold_yen`."""

    first_on: date
    share: int
    over: int
    threshold_yen: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """One payment: what it costs, what is withheld, what the payee gets. gross = withheld + net."""

    gross_yen: int
    withheld_yen: int

    @property
    def net_yen(self) -> int:
        return self.gross_yen - self.withheld_yen


def rate_on(rates: Iterable[Rate], paid_on: date) -> Rate:
    """The rate of the day. Raises ValueError before the first."""
    found = [rate for rate in rates if rate.first_on <= paid_on]
    if not found:
        raise ValueError("この日の源泉徴収の税率がありません。")
    return max(found, key=lambda rate: rate.first_on)


def withheld(gross_yen: int, rate: Rate) -> int:
    """floor(gross × share), and `over` of what lies above the threshold."""
    below = min(gross_yen, rate.threshold_yen)
    above = gross_yen - below
    return (below * rate.share + above * rate.over) // TEN_THOUSAND


def sums(gross_yen: int, rate: Rate | None) -> Sums:
    """One payment; `rate` None: nothing is withheld."""
    return Sums(gross_yen=gross_yen, withheld_yen=withheld(gross_yen, rate) if rate else 0)


def by_the_hour(fee_yen: int, minutes: int) -> int:
    """The fee of so many minutes at `fee_yen` an hour, rounded down to one yen."""
    return fee_yen * minutes // HOUR


def last_bank_day(year: int) -> date:
    """The last day on which the year's expenses are paid: 31 May after it, or the last day before on which banks are open."""
    return previous_business_day(FiscalYear(year).accounts_close_on)
