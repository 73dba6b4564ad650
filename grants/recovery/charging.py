"""What a 返還 costs on the day it is paid, and how it is booked. Reads nothing but the row and the rates."""

from datetime import date

from ..calculations import recovery as sums
from ..calculations.payments import last_bank_day
from ..models import Reclaim
from .enums import Booking, Cause
from .rates import rates


def charges(reclaim: Reclaim, paid_on: date) -> tuple[int, int]:
    """加算金 and 延滞金 if the money comes in on `paid_on`, in yen."""
    extra = (
        sums.surcharge(
            reclaim.amount_yen, received_on=reclaim.surcharge_from, paid_on=paid_on, rates=rates("surcharge")
        )
        if reclaim.surcharge_from
        else 0
    )
    late = sums.arrears(reclaim.amount_yen, due_on=reclaim.due_on, paid_on=paid_on, rates=rates("arrears"))
    return extra, late


def booking(reclaim: Reclaim, collected_on: date) -> Booking:
    """戻入 inside the 出納整理期間 of the year that paid (carried over: of the next), 歳入 after it; 納付金 of property always."""
    if reclaim.cause == Cause.DISPOSAL:
        return Booking.REVENUE
    application = reclaim.application
    year = application.menu.programme.fiscal_year + bool(application.carried)
    return Booking.RETURN if collected_on <= last_bank_day(year) else Booking.REVENUE
