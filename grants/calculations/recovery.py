"""The arithmetic of money that comes back: pure, in whole yen. No database, no clock.

Sources: 適正化法19条1項 (加算金: from the day of receipt to the day of payment, both counted), 19条2項 (延滞金: from the day after
the 納期限); what came in lowers what the days after it cost (19条1項・同施行令11条), and goes to the principal until that is
paid (同施行令10条2項); of a grant received in several sums the last ones are returned first (同施行令10条1項). Whether 加算金 or 延滞金 comes next no rule says: 加算金 here [U], which changes neither sum. A year has
365 days whatever it is; yen below one are dropped. 地方自治法施行令159条 (戻入 until 出納閉鎖), 171条の6 (分割納付).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.kernel.fiscal import next_business_day

TEN_THOUSAND = 10_000
YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRate:
    """What a year costs from `first_on` on, in ten thousandths of the amount."""

    kind: str
    first_on: date
    share: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What came in on a day, and how much of it went where, in yen."""

    on: date
    principal_yen: int
    surcharge_yen: int = 0
    arrears_yen: int = 0

    @property
    def amount_yen(self) -> int:
        return self.principal_yen + self.surcharge_yen + self.arrears_yen


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days (both counted) over which the same sum was open at the same rate."""

    first_on: date
    last_on: date
    base_yen: int
    share: int

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is still to be paid on a day, in yen, and the days that 加算金 and 延滞金 are counted from."""

    principal_yen: int
    surcharge_yen: int
    arrears_yen: int
    surcharge_spans: tuple[Span, ...] = ()
    arrears_spans: tuple[Span, ...] = ()

    @property
    def amount_yen(self) -> int:
        return self.principal_yen + self.surcharge_yen + self.arrears_yen


def spans(
    opened: Iterable[tuple[date, int]], last: date, rates: Iterable[LateRate], parts: Iterable[Part] = ()
) -> tuple[Span, ...]:
    """The days until `last` (counted) on which the sums of `opened`, each from its day on, were open, cut where one more sum
    or a rate begins and after a part came in.

    What came in on a day lowers the days after it. Raises ValueError for days before the first rate.
    """
    sums, came = sorted(row for row in opened if row[0] <= last), list(parts)
    known = sorted(rates, key=lambda rate: rate.first_on)
    if not sums:
        return ()
    first = sums[0][0]
    if not known or known[0].first_on > first:
        raise ValueError("この日の率がありません。")
    cuts = {rate.first_on for rate in known} | {part.on + timedelta(days=1) for part in came}
    cuts |= {day for day, _ in sums}
    starts = [first, *sorted(day for day in cuts if first < day <= last)]
    found = []
    for start, following in zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True):
        base = sum(amount for day, amount in sums if day <= start)
        base -= sum(part.principal_yen for part in came if part.on < start)
        share = [rate.share for rate in known if rate.first_on <= start][-1]
        end = following - timedelta(days=1)
        found.append(Span(first_on=start, last_on=end, base_yen=base, share=share))
    return tuple(span for span in found if span.base_yen)


def tranches(
    received: Iterable[tuple[date, int]], amount_yen: int, returned_yen: int = 0
) -> list[tuple[date, int]]:
    """When `amount_yen` of what was received in several sums counts as received: the last sums first (適正化法施行令10条1項).

    `returned_yen` came back before: it was of the last sums, and is none of these. Oldest day first, one row a day. Raises
    ValueError for more than was received.
    """
    found: dict[date, int] = {}
    left, gone = amount_yen, returned_yen
    for day, amount in sorted(received, reverse=True):
        back = min(amount, gone)
        taken = min(amount - back, left)
        if taken:
            found[day] = found.get(day, 0) + taken
        left, gone = left - taken, gone - back
    if left:
        raise ValueError("受け取った額より多くは返せません。")
    return sorted(found.items())


def cost(found: Iterable[Span]) -> int:
    """What these days cost; yen below one are dropped once, from the whole."""
    return sum(span.base_yen * span.share * span.days for span in found) // (TEN_THOUSAND * YEAR)


def charge(
    principal_yen: int, first: date, last: date, rates: Iterable[LateRate], parts: Iterable[Part] = ()
) -> int:
    """What the days from `first` to `last` (both counted) cost; 0 when there are none. Raises ValueError as `spans`."""
    return cost(spans([(first, principal_yen)], last, rates, parts))


def owed(
    principal_yen: int, *, on: date, due_on: date, received: Iterable[tuple[date, int]], surcharge: Iterable[LateRate],
    arrears: Iterable[LateRate], parts: Iterable[Part] = (),
) -> Owed:  # fmt: skip
    """What is still to come in on `on` after `parts`, none of which is later. `received`: the tranches; none, no 加算金."""
    came = list(parts)
    extra = spans(received, on, surcharge, came)
    late = spans([(due_on + timedelta(days=1), principal_yen)], on, arrears, came)
    return Owed(
        principal_yen=principal_yen - sum(part.principal_yen for part in came),
        surcharge_yen=cost(extra) - sum(part.surcharge_yen for part in came),
        arrears_yen=cost(late) - sum(part.arrears_yen for part in came),
        surcharge_spans=extra,
        arrears_spans=late,
    )


def allot(amount_yen: int, due: Owed, on: date) -> Part:
    """Where a sum goes: the principal first, then 加算金, then 延滞金. Raises ValueError for less than 1 or more than is owed."""
    if not 0 < amount_yen <= due.amount_yen:
        raise ValueError("納める額の範囲にありません。")
    principal = min(amount_yen, due.principal_yen)
    extra = min(amount_yen - principal, due.surcharge_yen)
    return Part(
        on=on, principal_yen=principal, surcharge_yen=extra, arrears_yen=amount_yen - principal - extra
    )


def parted(amount_yen: int, times: int) -> list[int]:
    """A sum in `times` equal parts; what does not divide is paid with the first. Raises ValueError for parts below 1 yen."""
    if not 1 <= times <= amount_yen:
        raise ValueError("この回数には分けられません。")
    part, rest = divmod(amount_yen, times)
    return [part + rest, *[part] * (times - 1)]


def monthly(first: date, times: int) -> list[date]:
    """`first` and the same day of the months after it (the last one of a shorter month), moved to days on which a bank is open."""
    found = []
    for step in range(times):
        years, month = divmod(first.month - 1 + step, 12)
        year = first.year + years
        found.append(date(year, month + 1, min(first.day, monthrange(year, month + 1)[1])))
    return [next_business_day(day) for day in found]


def covered(plan: Iterable[tuple[date, int]], left_yen: int) -> list[int]:
    """Of each instalment in the order of its day, how much has come in: the earlier ones first.

    `left_yen`: what is still open of the principal; the plan is what was open when it was made.
    """
    amounts = [amount for _, amount in sorted(plan)]
    came, found = sum(amounts) - left_yen, []
    for amount in amounts:
        found.append(min(amount, came))
        came -= found[-1]
    return found


def next_due(plan: Iterable[tuple[date, int]], left_yen: int, paid_on: date) -> date:
    """The day of the first instalment that has not come in whole after a sum of `paid_on`.

    All has, and 加算金 or 延滞金 is still open: that waits for the plan's next day after `paid_on`, at the latest for its last
    one. Raises ValueError for no plan.
    """
    rows = sorted(plan)
    if not rows:
        raise ValueError("分割納付の計画がありません。")
    waiting = (on for (on, amount), came in zip(rows, covered(rows, left_yen), strict=True) if came < amount)
    coming = (on for on, _ in rows if on > paid_on)
    return next(waiting, next(coming, rows[-1][0]))


def arrears(
    principal_yen: int, *, due_on: date, paid_on: date, rates: Iterable[LateRate], parts: Iterable[Part] = ()
) -> int:
    """延滞金 of a payment after its 納期限; 0 in time."""
    return charge(principal_yen, due_on + timedelta(days=1), paid_on, rates, parts)


def surcharge(
    principal_yen: int,
    *,
    received_on: date,
    paid_on: date,
    rates: Iterable[LateRate],
    parts: Iterable[Part] = (),
) -> int:
    """加算金 of a grant that was revoked, from the day it was received."""
    return charge(principal_yen, received_on, paid_on, rates, parts)
