"""Reads of revocations and of money that comes back."""

from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ..enums import ApplicationState
from ..models import Application, Instalment, Payment, Reclaim, Revocation
from ..payments.enums import PaymentState
from ..payments.queries import READERS
from ..rules import MUNICIPAL
from ..settlement.queries import money
from .enums import Cause, ReclaimState


def visible_to(scope: Scope) -> QuerySet[Reclaim]:
    """A municipality sees its own, the authority's officers, accountants and auditors theirs."""
    return Reclaim.objects.filter(
        Q(application__municipality__in=scope.areas(*MUNICIPAL))
        | Q(application__menu__programme__authority__area__in=scope.homes(*READERS))
    )


def with_case(reclaims: QuerySet[Reclaim]) -> QuerySet[Reclaim]:
    """With everything a page says."""
    return reclaims.select_related(
        "application__menu__programme__authority__area", "application__municipality", "application__office",
        "ordered_by", "collected_by", "line",
    )  # fmt: skip


def received_of(application: Application) -> list[tuple[date, int]]:
    """The sums of the grant that were paid, with the day of each. One query."""
    rows = _payments(application).filter(state=PaymentState.PAID).order_by("paid_on")
    return [(on, amount) for on, amount in rows.values_list("paid_on", "gross_yen") if on is not None]


def instalments_of(reclaim: Reclaim) -> QuerySet[Instalment]:
    """The days of the 分割納付 that counts."""
    return Instalment.objects.filter(plan__reclaim=reclaim, plan__replaced_at__isnull=True)


def open_of(application: Application) -> QuerySet[Reclaim]:
    """返還 of the grant that is still waited for, be it only 加算金 or 延滞金; 納付金 of property is none of it."""
    return application.reclaims.filter(state=ReclaimState.ORDERED).exclude(cause=Cause.DISPOSAL)


def overdue(scope: Scope, today: date) -> QuerySet[Reclaim]:
    """返還 to one's offices of which a day passed with too little, the oldest day first."""
    rows = Reclaim.objects.annotate(awaited_on=Coalesce("next_due_on", "due_on"))
    late = rows.filter(state=ReclaimState.ORDERED, awaited_on__lt=today)
    mine = scope.sections(Role.PREFECTURE_OFFICER)
    return late.filter(application__office__in=mine).order_by("awaited_on", "id")


def due_back(application: Application) -> int:
    """What is to be given back and was not, as `Balance` has it. One query."""
    return money.balance_of(application).due_back_yen


def revocation_of(application: Application) -> Revocation | None:
    """The one that counts: its 決裁 is open or signed. One query."""
    rows = Revocation.objects.filter(application=application, approval__state__in=("drafted", "signed"))
    return rows.select_related("approval").last()


def to_reclaim(scope: Scope) -> QuerySet[Application]:
    """Revoked files of one's offices, and settled ones that received too much, of which money is out and asked from nobody."""
    open_ones = Reclaim.objects.exclude(state=ReclaimState.CANCELLED).exclude(cause=Cause.DISPOSAL)
    back = open_ones.filter(application=OuterRef("pk"))
    rows = Application.objects.filter(
        state__in=[ApplicationState.REVOKED, ApplicationState.SETTLED],
        office__in=scope.sections(Role.PREFECTURE_OFFICER),
    )
    kept = Case(When(state=ApplicationState.SETTLED, then=F("settled_yen")), default=money.payback())
    counted = Case(When(state=ReclaimState.ENDED, then=F("repaid_yen")), default=F("amount_yen"))
    asked = money.total(back.annotate(counted_yen=counted), "application", "counted_yen")
    found = rows.annotate(out=money.paid() - kept - asked).filter(out__gt=0)
    return found.order_by(F("revoked_at").asc(nulls_last=True), "settled_at", "id")


def _payments(application: Application) -> QuerySet[Payment]:
    return Payment.objects.filter(
        case_type="grants.application", case_id=application.pk, kind__in=money.OF_GRANT
    )
