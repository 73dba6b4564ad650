"""What a 返還 costs on the day it is paid, and how it is booked. Reads nothing but the row and the rates."""

from collections.abc import Sequence
from datetime import date, timedelta

from ..calculations import recovery as sums
from ..calculations.payments import last_bank_day
from ..calculations.recovery import Owed, Span
from ..models import Instalment, Reclaim
from .enums import INSTALMENTS_MAX, INSTALMENTS_MIN, INSTALMENTS_SPAN, Booking, Cause
from .rates import rates

TIMES, MONTH = 3, timedelta(days=30)  # what a 分割納付 is proposed with


def owed(reclaim: Reclaim, on: date) -> Owed:
    """What is still to come in on `on`, with 加算金 and 延滞金 upon what was open on each day. Two queries."""
    return sums.owed(
        reclaim.amount_yen, on=on, due_on=reclaim.due_on,
        received=[(row.received_on, row.amount_yen) for row in reclaim.tranches.all()], surcharge=rates("surcharge"), arrears=rates("arrears"),
        parts=[row.part for row in reclaim.repayments.all()],
    )  # fmt: skip


def counts(due: Owed) -> list[tuple[str, Span, str]]:
    """加算金 and 延滞金 row by row: which of them, the days and the sum that they count, the rate."""
    kinds = (("加算金", due.surcharge_spans), ("延滞金", due.arrears_spans))
    return [(kind, span, f"年{span.share / 100:g}%") for kind, rows in kinds for span in rows]


def standing(
    reclaim: Reclaim, rows: Sequence[Instalment], today: date
) -> list[tuple[Instalment, int, str, str]]:
    """Each instalment, how much of it came in, where it stands in words, and the kind of their tag."""
    came = sums.covered([(row.due_on, row.amount_yen) for row in rows], reclaim.left_yen)
    return [(row, part, *_said(row, part, today)) for row, part in zip(rows, came, strict=True)]


def _said(row: Instalment, came_yen: int, today: date) -> tuple[str, str]:
    if came_yen == row.amount_yen:
        return "納入済み", "ok"
    if row.due_on < today:
        return "納期限を過ぎています", "ng"
    return ("一部納入", "warn") if came_yen else ("納入待ち", "")


def proposed(
    reclaim: Reclaim, today: date, *, times: int | None = None, first_on: date | None = None
) -> list[tuple[date, int]]:
    """What is open of the principal in equal parts, month by month; where nothing fitting is asked, three from a month on."""
    first = first_on if first_on and today < first_on <= today + INSTALMENTS_SPAN else today + MONTH
    number = min(max(times or TIMES, INSTALMENTS_MIN), INSTALMENTS_MAX, reclaim.left_yen)
    return list(zip(sums.monthly(first, number), sums.parted(reclaim.left_yen, number), strict=True))


def booking(reclaim: Reclaim, collected_on: date) -> Booking:
    """戻入 inside the 出納整理期間 of the year that paid (carried over: of the next), 歳入 after it; 納付金 of property always."""
    if reclaim.cause == Cause.DISPOSAL:
        return Booking.REVENUE
    application = reclaim.application
    year = application.menu.programme.fiscal_year + bool(application.carried)
    return Booking.RETURN if collected_on <= last_bank_day(year) else Booking.REVENUE
