"""Reads of 執行管理."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.import_models import Import

from ..commission.queries.excluding import tied_to_contract
from ..enums import ProgrammeState
from ..models import BudgetLine, Commitment, Payment, Programme, Repayment
from ..payments import queries as payments
from ..payments.enums import PaymentKind, PaymentState
from ..payments.queries import READERS
from ..recovery.enums import Booking

IMPORT = "payment_orders"
ORDERED = (PaymentState.ORDERED, PaymentState.PAID)


def programmes_of(scope: Scope) -> QuerySet[Programme]:
    """The years of the authorities whose money one reads."""
    rows = Programme.objects.filter(authority__area__in=scope.homes(*READERS))
    return (
        rows.exclude(state=ProgrammeState.DRAFT)
        .select_related("authority__area")
        .order_by("-fiscal_year", "slug")
    )


def lines(programmes: QuerySet[Programme]) -> QuerySet[BudgetLine]:
    """Their 科目 with what was planned, charged, ordered, paid (of it in advance) and paid back into it (戻入), in yen. One query."""
    live = Commitment.objects.filter(line=OuterRef("pk"), released_at__isnull=True)
    carried = live.exclude(approval__application__carried="").filter(approval__application__isnull=False)
    paying = Payment.objects.filter(line=OuterRef("pk"))
    back = Repayment.objects.filter(reclaim__line=OuterRef("pk"), booked=Booking.RETURN)
    rows = BudgetLine.objects.filter(programme__in=programmes).select_related("programme__authority")
    return rows.annotate(
        planned_yen=_sum(live.filter(number=""), "line", "amount_yen"),
        committed_yen=_sum(live.exclude(number=""), "line", "amount_yen"),
        carried_yen=_sum(carried, "line", "amount_yen"),
        ordered_yen=_sum(paying.filter(state__in=ORDERED), "line", "gross_yen"),
        paid_yen=_sum(paying.filter(state=PaymentState.PAID), "line", "gross_yen"),
        advanced_yen=_sum(
            paying.filter(state=PaymentState.PAID, kind=PaymentKind.ADVANCE), "line", "gross_yen"
        ),
        returned_yen=_sum(back, "reclaim__line", "principal_yen"),
    )


def _sum(rows: QuerySet[Any], by: str, column: str) -> Coalesce:
    total = rows.order_by().values(by).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0, output_field=BigIntegerField()))


def commitments_of(line: BudgetLine, scope: Scope) -> QuerySet[Commitment]:
    """支出負担行為 of a 科目, newest first, with the case each is for; no contract of ④ that the reader is excluded from."""
    rows = line.commitments.filter(~Q(tied_to_contract(scope, "approval__contract"))).select_related(
        "approval__application__municipality", "approval__menu", "agency__organisation", "agency__menu"
    )
    return rows.order_by("-created_at", "-id")


def payments_of(line: BudgetLine, scope: Scope) -> QuerySet[Payment]:
    """支出命令 of a 科目 that the reader sees and that were not taken back, newest first."""
    return (
        payments.visible_to(scope)
        .filter(line=line)
        .exclude(state=PaymentState.CANCELLED)
        .order_by("-ordered_on", "-id")
    )


def unassigned(programme: Programme, scope: Scope) -> QuerySet[Payment]:
    """Payments of the year that the reader sees and that are charged to no 科目 of the portal."""
    rows = payments.visible_to(scope).filter(
        authority=programme.authority_id, fiscal_year=programme.fiscal_year, line__isnull=True
    )
    return rows.exclude(state=PaymentState.CANCELLED).order_by("ordered_on", "id")


def imports_of(scope: Scope) -> QuerySet[Import]:
    """The files that came back from the 財務会計 system, for the accountants of their authority."""
    return Import.objects.filter(kind=IMPORT, place__in=scope.homes(Role.ACCOUNTANT))


def by_reference(scope: Scope, area: str, reference: str) -> list[Payment]:
    """The payments of an authority that a 照合番号 may mean and the reader sees: one, or none. At most one query."""
    span = Payment.span(reference)
    if span is None:
        return []
    rows = payments.visible_to(scope).filter(authority__area=area, pk__range=span)
    return list(rows.select_related("authority__area")[:2])


def open_of_area(area: str) -> QuerySet[Payment]:
    """For the lock of an import: what waits to be paid."""
    return Payment.objects.filter(Q(state=PaymentState.ORDERED), authority__area=area).order_by("pk")
