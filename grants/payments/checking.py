"""Whether a payment can have been made on a day, from the budget of a year. Reads nothing but the row."""

from datetime import date

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, is_business_day, wareki
from portal.kernel.refusals import Refusal

from ..calculations import payments as sums_of
from ..models import Payment
from .rates import rates


def check_payable(payment: Payment, paid_on: date, past_year: bool) -> None:
    """Whether an order can have been paid on that day, from the budget of that year. Raises Refusal."""
    _check_day(payment, paid_on)
    _check_year(payment, paid_on, past_year)


def _check_day(payment: Payment, paid_on: date) -> None:
    if paid_on > clock.today_jst():
        raise Refusal("支払日に、先の日は入れられません。", field="paid_on")
    if paid_on < payment.ordered_on:
        raise Refusal(
            f"支出命令の日({wareki(payment.ordered_on)})より前の日は入れられません。", field="paid_on"
        )
    if not is_business_day(paid_on):
        raise Refusal("銀行が開いている日を入れてください。", field="paid_on")
    if payment.withheld_yen:
        due = sums_of.withheld(payment.gross_yen, sums_of.rate_on(rates(), paid_on))
        if due != payment.withheld_yen:
            raise Refusal(
                "支出命令のあとで、源泉徴収の税率が変わっています。支出命令を取り消して、出しなおしてください。",
                field="paid_on",
            )


def _check_year(payment: Payment, paid_on: date, past_year: bool) -> None:
    year, last = FiscalYear(payment.fiscal_year), payment.last_on
    if past_year and paid_on <= last:
        raise Refusal(
            f"{year.label}の支払いとして記録できる日です。「過年度支出」を外してください。", field="past_year"
        )
    if not past_year and paid_on > last:
        raise Refusal(
            f"{year.label}の支払いは、{wareki(last)}(出納閉鎖の前の、最後の銀行営業日)までです。現年度の予算から払ったときは、「過年度支出」を選んでください。",
            field="past_year",
        )
    if paid_on < year.start:
        raise Refusal(f"{year.label}が始まる前の日は入れられません。", field="paid_on")
