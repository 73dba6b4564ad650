"""What a lecturer reads of menu ②: their own lectures, from the first agreement on. Nobody else's row, no other's fee."""

from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..calculations.payments import Sums, rate_on, sums
from ..dispatch.enums import PayeeKind
from ..models import Payment, WorkshopLecturer
from ..payments import queries as payments
from ..payments.rates import rates
from .enums import WorkshopState
from .queries import fee_slot

CONFIRMABLE = (WorkshopState.AGREED, WorkshopState.DECIDED)


def standing_rows(user_id: UUID) -> QuerySet[Any]:
    """For the port: the lectures that this person was asked for in a plan both sides agreed to."""
    rows = WorkshopLecturer.objects.filter(user=user_id, workshop__agreed_version__gte=1)
    kind = Value("lecturer", output_field=CharField())
    return rows.annotate(kind=kind).order_by().values_list("kind", "pk")


def of_lecturer(scope: Scope) -> QuerySet[WorkshopLecturer]:
    """The person's own lectures."""
    rows = WorkshopLecturer.objects.filter(pk__in=scope.standing("lecturer"))
    return rows.select_related(
        "user", "workshop__menu__programme__authority__area", "workshop__municipality", "workshop__event"
    )


def to_confirm(scope: Scope) -> QuerySet[WorkshopLecturer]:
    """Those whose date waits for a word of the lecturer."""
    rows = of_lecturer(scope).filter(confirmed_at__isnull=True, workshop__starts_at__gt=clock.now())
    return rows.filter(workshop__state__in=CONFIRMABLE)


def may_confirm(lecturer: WorkshopLecturer) -> bool:
    """Whether the date can be confirmed now: agreed, to come, not confirmed yet."""
    workshop = lecturer.workshop
    ahead = workshop.starts_at is not None and workshop.starts_at > clock.now()
    return lecturer.confirmed_at is None and ahead and workshop.state in CONFIRMABLE


def expected(lecturer: WorkshopLecturer) -> Sums:
    """What is to be paid by the plan, with the tax withheld by the table of today; travel counts as long as it is paid through
    the person (所得税法204条)."""
    rate = rate_on(rates(), clock.today_jst()) if lecturer.payee_kind == PayeeKind.PERSON else None
    return sums(lecturer.sum_yen, rate)


def payments_of(lecturer: WorkshopLecturer) -> QuerySet[Payment]:
    """The orders to pay this person that were not cancelled; what goes to a carrier is not theirs."""
    rows = payments.of_case(lecturer.workshop).filter(slot__startswith=fee_slot(lecturer))
    return rows.filter(payee_user=lecturer.user_id)
