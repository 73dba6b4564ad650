"""The arithmetic of money that comes back: pure, in whole yen. No database, no clock.

Sources: 適正化法19条1項 (加算金: from the day of receipt to the day of payment, both counted), 19条2項 (延滞金: from the day after
the 納期限); a year has 365 days whatever it is; yen below one are dropped. 地方自治法施行令159条 (戻入 until 出納閉鎖).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

TEN_THOUSAND = 10_000
YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRate:
    """What a year costs from `first_on` on, in ten thousandths of the amount."""

    kind: str
    first_on: date
    share: int
    source: str


def charge(principal_yen: int, first: date, last: date, rates: Iterable[LateRate]) -> int:
    """What the days from `first` to `last` (both counted) cost; 0 when there are none.

    A day costs by the rate of that day. Raises ValueError for days before the first rate.
    """
    if last < first:
        return 0
    known = sorted(rates, key=lambda rate: rate.first_on)
    if not known or known[0].first_on > first:
        raise ValueError("この日の率がありません。")
    shares = 0
    for rate, following in zip(known, [*known[1:], None], strict=True):
        end = last if following is None else min(last, following.first_on - timedelta(days=1))
        shares += rate.share * max(0, (end - max(first, rate.first_on)).days + 1)
    return principal_yen * shares // (TEN_THOUSAND * YEAR)


def arrears(principal_yen: int, *, due_on: date, paid_on: date, rates: Iterable[LateRate]) -> int:
    """延滞金 of a payment after its 納期限; 0 in time."""
    return charge(principal_yen, due_on + timedelta(days=1), paid_on, rates)


def surcharge(principal_yen: int, *, received_on: date, paid_on: date, rates: Iterable[LateRate]) -> int:
    """加算金 of a grant that was revoked, from the day it was received."""
    return charge(principal_yen, received_on, paid_on, rates)
