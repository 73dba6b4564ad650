"""Reads of payments."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ..commission.queries.excluding import excluded_addresses, tied_to_contract, tied_to_theme
from ..models import Contract, Menu, Payment, Placement
from ..rules import PREFECTURAL
from .enums import PaymentState

MENU_OF = {  # by `case_type`: where its menu stands
    "grants.application": "menu",
    "grants.dispatch": "menu",
    "grants.workshop": "menu",
    "grants.placement": "request__menu",
    "grants.contract": "proposal__call__theme__menu",
}
READERS = (*PREFECTURAL, Role.ACCOUNTANT, Role.AUDITOR)


def visible_to(scope: Scope) -> QuerySet[Payment]:
    """The payments of the authorities one reads for; nothing of ④ for who is excluded from its proposal."""
    return Payment.objects.filter(_open_to(scope), authority__area__in=scope.homes(*READERS))


def _open_to(scope: Scope) -> Q:
    """Neither of a contract whose proposal shuts the reader out, nor of a student at its work."""
    theme = Placement.objects.filter(tied_to_theme(scope, "request__theme"), pk=OuterRef("case_id"))
    return ~Q(tied_to_contract(scope, "case_id")) & ~Q(Exists(theme))


def shut_out(payments: Iterable[Payment]) -> dict[UUID, set[str]]:
    """By `case_id`: the mail addresses of those whom `visible_to` shuts out of its payments. At most three queries."""
    cases: dict[str, set[UUID]] = defaultdict(set)
    for payment in payments:
        cases[payment.case_type].add(payment.case_id)
    behind: set[tuple[UUID, UUID]] = set()
    if contracts := cases["grants.contract"]:
        behind |= set(Contract.objects.filter(pk__in=contracts).values_list("pk", "proposal"))
    if placements := cases["grants.placement"]:
        rows = Placement.objects.filter(
            pk__in=placements, request__theme__calls__proposals__contract__isnull=False
        )
        behind |= set(rows.values_list("pk", "request__theme__calls__proposals"))
    tied = excluded_addresses(proposal for _, proposal in behind)
    found: dict[UUID, set[str]] = defaultdict(set)
    for case, proposal in behind:
        found[case] |= tied.get(proposal, set())
    return dict(found)


def menu_of(payment: Payment) -> Menu | None:
    """The menu that the paid case stands under; None for a case that stands under none. At most two queries."""
    path = MENU_OF.get(payment.case_type)
    if path is None:
        return None
    rows = apps.get_model(payment.case_type).objects.filter(pk=payment.case_id)
    return Menu.objects.filter(pk__in=rows.values(path)).first()


def with_row(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """With everything a row says."""
    return payments.select_related("authority__area", "ordered_by", "paid_by", "line")


def of_case(case: Model) -> QuerySet[Payment]:
    """The payments of one case that were not cancelled, in order."""
    rows = Payment.objects.filter(case_type=case._meta.label_lower, case_id=case.pk)
    return rows.exclude(state=PaymentState.CANCELLED).order_by("ordered_on", "created_at", "id")


def of_payee(scope: Scope) -> QuerySet[Payment]:
    """What was ordered or paid to this person, newest first."""
    rows = Payment.objects.filter(payee_user=scope.user_id).exclude(state=PaymentState.CANCELLED)
    return rows.order_by("-ordered_on", "-created_at", "id") if scope.user_id else rows.none()


def narrowed(payments: QuerySet[Payment], *, state: str = "", year: str = "") -> QuerySet[Payment]:
    """By state and 年度; what is no state or year narrows nothing."""
    if state in PaymentState.values:
        payments = payments.filter(state=state)
    if year.isascii() and year.isdigit() and len(year) == 4:
        payments = payments.filter(fiscal_year=int(year))
    return payments


def open_of(scope: Scope) -> QuerySet[Payment]:
    """For the accountant's desk."""
    found = Payment.objects.filter(_open_to(scope), authority__area__in=scope.homes(Role.ACCOUNTANT))
    return found.filter(state=PaymentState.ORDERED)
