"""Whose turn it is with a decided file, worked out by the database: one branch of the desk for each side."""

from datetime import date

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ... import queries as applications
from ...enums import RESULTED, ApplicationState, Keeping
from ...enums.approving import ApprovalState
from ...models import Application, Approval, Payment, Reclaim
from ...payments.enums import PaymentState
from ...recovery.enums import ReclaimState

NOTHING = Value("")
_PAYMENTS = Payment.objects.filter(case_type="grants.application", case_id=OuterRef("pk"))
_PAID = (
    _PAYMENTS.filter(state=PaymentState.PAID)
    .order_by()
    .values("case_id")
    .annotate(total=Sum("gross_yen"))
    .values("total")
)
_RETURNED = (
    Reclaim.objects.filter(application=OuterRef("pk"), state=ReclaimState.COLLECTED)
    .order_by()
    .values("application")
    .annotate(total=Sum("amount_yen"))
    .values("total")
)
_DRAFTED = Approval.objects.filter(application=OuterRef("pk"), state=ApprovalState.DRAFTED)


def _with_money(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With `unpaid_yen`: settled − paid + returned, as `queries.Balance`. No statement of its own."""
    paid, returned = (
        Coalesce(Subquery(sums, output_field=BigIntegerField()), 0) for sums in (_PAID, _RETURNED)
    )
    return rows.annotate(unpaid_yen=F("settled_yen") - paid + returned)


def for_town(scope: Scope, today: date) -> QuerySet[Application]:
    """One's files that wait for the municipality, with `todo`: report | invoice. The oldest planned end first."""
    ended = Q(state=ApplicationState.DECIDED) & (Q(ends_on__lte=today) | Q(result__isnull=False))
    open_money = Q(state=ApplicationState.SETTLED, unpaid_yen__gt=0, invoices__isnull=True)
    todo = Case(When(ended, then=Value("report")), When(open_money, then=Value("invoice")), default=NOTHING)
    rows = applications.own(scope).filter(state__in=[ApplicationState.DECIDED, ApplicationState.SETTLED])
    return _with_money(rows).annotate(todo=todo).exclude(todo="").order_by("ends_on", "id")


def for_office(scope: Scope) -> QuerySet[Application]:
    """The office's files that wait for it, with `todo`: answer | record_answer | inspect | settle | record | order | close. The oldest report first."""
    inspected, settled = Q(state=ApplicationState.INSPECTED), Q(state=ApplicationState.SETTLED)
    waiting = Q(Exists(_PAYMENTS.filter(state=PaymentState.ORDERED)))
    changing = Q(state=ApplicationState.CHANGING)
    todo = Case(
        When(changing & ~Exists(_DRAFTED), then=Value("answer")),
        When(changing & Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL)), then=Value("record_answer")),
        When(Q(state=ApplicationState.REPORTED), then=Value("inspect")),
        When(inspected & ~Exists(_DRAFTED), then=Value("settle")),
        When(inspected & Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL)), then=Value("record")),
        When(settled & ~waiting & Q(unpaid_yen__gt=0, invoices__isnull=False), then=Value("order")),
        When(settled & ~waiting & Q(unpaid_yen=0), then=Value("close")),
        default=NOTHING,
    )
    rows = applications.received(scope).filter(
        office__in=scope.sections(Role.PREFECTURE_OFFICER),
        state__in=(RESULTED | {ApplicationState.CHANGING}) - {ApplicationState.CLOSED},
    )
    return _with_money(rows).annotate(todo=todo).exclude(todo="").order_by("reported_at", "id")
