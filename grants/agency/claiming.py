"""Which way a visit is paid: whoever pays it, in a 精算書 or directly, takes its one `VisitCost`."""

from typing import Any

from communities.saving import change, insert
from portal.kernel import clock
from portal.kernel.refusals import Refusal

from ..calculations import payments as sums_of
from ..dispatch.enums import PayeeKind
from ..models import AgencyStatement, Visit, VisitCost
from ..payments.rates import rates


def claim(visit: Visit, *, statement: AgencyStatement | None, fee_yen: int, **sums: Any) -> VisitCost:
    """Take the visit for `statement`, or for direct payment without one. `visit` is locked; yen.

    A direct payment whose orders were cancelled may become part of a 精算書. Raises Refusal: it stands in a 精算書.
    """
    values = {
        "statement": statement,
        "fee_yen": fee_yen,
        "travel_yen": 0,
        "withheld_yen": 0,
        "office_yen": 0,
        **sums,
    }
    found = VisitCost.objects.filter(visit=visit).first()
    if found is None:
        return insert(VisitCost(visit=visit, **values))
    if found.statement_id is not None:
        raise Refusal("この回は、委託先の精算書に入っています。ここからは支払えません。", code="settled")
    change(found, values)
    return found


def tax_of(visit: Visit, gross_yen: int) -> int:
    """What whoever pays the advisor withholds of so much today, in yen; nothing from a body (所得税法204条)."""
    if visit.advisor.payee_kind != PayeeKind.PERSON:
        return 0
    return sums_of.withheld(gross_yen, sums_of.rate_on(rates(), clock.today_jst()))
