"""Whose turn it is with a decided file, worked out by the database: one branch of the desk for each side."""

from datetime import date

from django.db.models import Case, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock

from ... import queries as applications
from ...advances import queries as advances
from ...advances.enums import AdvanceState
from ...carrying.enums import CarryState
from ...enums import GRANTED, ApplicationState, Keeping
from ...enums.approving import ApprovalState, Matter
from ...models import Advance, Application, Approval, CarryOver, Payment, Reclaim, StatusReport, StopRequest
from ...payments.enums import PaymentState
from ...recovery.enums import Cause, ReclaimState
from ...stopping.enums import StopState
from . import money

NOTHING = Value("")
_PAYMENTS = Payment.objects.filter(case_type="grants.application", case_id=OuterRef("pk"))
_DRAFTED = Approval.objects.filter(application=OuterRef("pk"), state=ApprovalState.DRAFTED)


_RECLAIMING = Reclaim.objects.filter(application=OuterRef("pk"), state=ReclaimState.ORDERED)
_CARRYING = CarryOver.objects.filter(application=OuterRef("pk"), state=CarryState.REQUESTED)
_STOPPING = StopRequest.objects.filter(application=OuterRef("pk"), state=StopState.REQUESTED)
_ASKED = Advance.objects.filter(application=OuterRef("pk"), state=AdvanceState.REQUESTED)


def _with_money(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With `unpaid_yen`: settled − paid + returned, as `queries.Balance`. No statement of its own."""
    return rows.annotate(unpaid_yen=F("settled_yen") - money.paid() + money.returned())


def for_town(scope: Scope, today: date) -> QuerySet[Application]:
    """One's files that wait for the municipality, with `todo`: report | invoice. The oldest planned end first."""
    ended = Q(state=ApplicationState.DECIDED) & (
        Q(ends_on__lte=today) | Q(result__isnull=False) | ~Q(stopped="")
    )
    open_money = Q(state=ApplicationState.SETTLED, unpaid_yen__gt=0, invoices__isnull=True)
    todo = Case(When(ended, then=Value("report")), When(open_money, then=Value("invoice")), default=NOTHING)
    rows = applications.own(scope).filter(state__in=[ApplicationState.DECIDED, ApplicationState.SETTLED])
    return _with_money(rows).annotate(todo=todo).exclude(todo="").order_by("ends_on", "id")


class LastAsked(Func):
    """The last day up to `today` as of which the days of a menu (「09-30」) ask how a project stands; null without one."""

    template = (
        "(SELECT max(to_date(CASE WHEN asked <= '%(today)s' THEN '%(year)d-' ELSE '%(before)d-' END || asked,"
        " 'YYYY-MM-DD')) FROM unnest(%(expressions)s) AS asked)"
    )
    output_field = DateField()

    def __init__(self, days: str, today: date) -> None:
        super().__init__(days, today=f"{today:%m-%d}", year=today.year, before=today.year - 1)


def owing_status(scope: Scope, today: date) -> QuerySet[Application]:
    """One's running files of which the menu asked how they stand, on `asked_on`, and none has said it since."""
    reported = StatusReport.objects.filter(application=OuterRef("pk"), stood_on__gte=OuterRef("asked_on"))
    rows = applications.own(scope).filter(state=ApplicationState.DECIDED, ends_on__gt=today, stopped="")
    rows = rows.annotate(asked_on=LastAsked("menu__status_days", today))
    decided_on = TruncDate("decided_at", tzinfo=clock.JST)
    rows = rows.annotate(decided_on=decided_on).filter(~Exists(reported), decided_on__lt=F("asked_on"))
    return rows.order_by("asked_on", "id")


def for_office(scope: Scope) -> QuerySet[Application]:
    """The office's files that wait for it, with `todo`: advance | record_advance | order_advance | carry_over | record_carry_over | stop | record_stop | answer | record_answer | inspect | settle | record | order | close. The oldest report first."""
    inspected, settled = Q(state=ApplicationState.INSPECTED), Q(state=ApplicationState.SETTLED)
    waiting = Q(Exists(_PAYMENTS.filter(state=PaymentState.ORDERED)))
    changing, decided = Q(state=ApplicationState.CHANGING), Q(state=ApplicationState.DECIDED)
    stopping = changing & Exists(_STOPPING)
    asked = decided & Exists(_ASKED)
    reclaiming = Exists(_RECLAIMING.exclude(cause=Cause.DISPOSAL))
    carrying = decided & Exists(_CARRYING)
    recorded = Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL, matter=Matter.ADVANCE))
    carried = Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL, matter=Matter.STATUS))
    todo = Case(
        When(asked & ~Exists(_DRAFTED), then=Value("advance")),
        When(asked & recorded, then=Value("record_advance")),
        When(decided & Exists(advances.to_order()), then=Value("order_advance")),
        When(carrying & ~Exists(_DRAFTED), then=Value("carry_over")),
        When(carrying & carried, then=Value("record_carry_over")),
        When(stopping & ~Exists(_DRAFTED), then=Value("stop")),
        When(stopping & Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL)), then=Value("record_stop")),
        When(changing & ~Exists(_DRAFTED), then=Value("answer")),
        When(changing & Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL)), then=Value("record_answer")),
        When(Q(state=ApplicationState.REPORTED), then=Value("inspect")),
        When(inspected & ~Exists(_DRAFTED), then=Value("settle")),
        When(inspected & Exists(_DRAFTED.filter(keeping=Keeping.EXTERNAL)), then=Value("record")),
        When(settled & ~waiting & Q(unpaid_yen__gt=0, invoices__isnull=False), then=Value("order")),
        When(settled & ~waiting & ~reclaiming & Q(unpaid_yen=0), then=Value("close")),
        default=NOTHING,
    )
    rows = applications.received(scope).filter(
        office__in=scope.sections(Role.PREFECTURE_OFFICER),
        state__in=GRANTED - {ApplicationState.CLOSED},
    )
    return _with_money(rows).annotate(todo=todo).exclude(todo="").order_by("reported_at", "id")
