"""The money of one file, in one statement: decided, paid in advance, paid, returned, what is left either way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ...calculations import settlement as sums
from ...enums import ApplicationState
from ...models import Application, Payment, Reclaim
from ...payments.enums import PaymentKind, PaymentState
from ...recovery.enums import Cause

OF_GRANT = (PaymentKind.GRANT, PaymentKind.ADVANCE)


def total(rows: QuerySet[Any], by: str, column: str) -> Coalesce:
    """The sum of `column` over rows of one `by`, as a part of a larger statement; 0 without any."""
    found = rows.order_by().values(by).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(found, output_field=BigIntegerField()), Value(0, output_field=BigIntegerField()))


def _payments(**which: Any) -> Coalesce:
    rows = Payment.objects.filter(case_type="grants.application", case_id=OuterRef("pk"), kind__in=OF_GRANT)
    return total(rows.filter(**which), "case_id", "gross_yen")


def paid() -> Coalesce:
    """What was paid of the grant outside, in advance and after."""
    return _payments(state=PaymentState.PAID)


def returned() -> Coalesce:
    """What came back of the grant outside, without 加算金 and 延滞金; 納付金 of property is none of it."""
    rows = Reclaim.objects.filter(application=OuterRef("pk")).exclude(cause=Cause.DISPOSAL)
    return total(rows, "application", "repaid_yen")


def payback() -> Coalesce:
    """What came in as 納付金 of property outside, without 延滞金: once the decision is revoked, it was given back already."""
    return total(
        Reclaim.objects.filter(application=OuterRef("pk"), cause=Cause.DISPOSAL), "application", "repaid_yen"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The money of one file, in yen. `settled_yen`: None before the 額の確定; `advanced_yen` is part of `paid_yen`."""

    decided_yen: int
    settled_yen: int | None
    is_revoked: bool
    advanced_yen: int
    paid_yen: int
    waiting_yen: int
    returned_yen: int
    payback_yen: int

    @property
    def kept_yen(self) -> int:
        """What the municipality may keep: once revoked only what it paid for property already, the 確定額, before it the decision."""
        if self.is_revoked:
            return self.payback_yen
        return self.decided_yen if self.settled_yen is None else self.settled_yen

    @property
    def out_yen(self) -> int:
        """What was paid and did not come back."""
        return self.paid_yen - self.returned_yen

    @property
    def left_yen(self) -> int:
        """Still to be paid (above 0) or to be returned (below 0), whatever is ordered."""
        return sums.balance(settled_yen=self.kept_yen, paid_yen=self.paid_yen, returned_yen=self.returned_yen)

    @property
    def due_back_yen(self) -> int:
        """What is to be given back and was not; nothing before the amount is settled."""
        is_known = self.is_revoked or self.settled_yen is not None
        return max(0, -self.left_yen) if is_known else 0


def balance_of(application: Application) -> Balance:
    """The balance of a decided file. One query."""
    return made(application, Application.objects.filter(pk=application.pk).values(**columns()).get())


def columns() -> dict[str, Coalesce]:
    """What `made` needs of a statement about applications."""
    return {
        "paid_yen": paid(),
        "advanced_yen": _payments(state=PaymentState.PAID, kind=PaymentKind.ADVANCE),
        "waiting_yen": _payments(state=PaymentState.ORDERED),
        "returned_yen": returned(),
        "payback_yen": payback(),
    }


def made(application: Application, row: Mapping[str, Any]) -> Balance:
    """The balance of a file from such a row."""
    return Balance(
        decided_yen=application.decided_yen or 0,
        settled_yen=application.settled_yen,
        is_revoked=application.state == ApplicationState.REVOKED,
        **{name: row[name] for name in columns()},
    )
