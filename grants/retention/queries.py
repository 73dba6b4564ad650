"""Reads of the retention: when a file's term is over, and what holds it beyond."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract, Greatest, TruncDate

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..enums import ApplicationState
from ..enums.approving import SIGNING
from ..models import Application, Asset, Discard, Hold, Reclaim, TermExtension
from ..queries import READERS, with_case
from .enums import ENDED, DiscardState

APRIL, MARCH, LAST_DAY = 4, 3, 31


def ended(scope: Scope) -> QuerySet[Any]:
    """Submitted files of which nothing more comes, of the authorities one reads for; erased ones too."""
    home = Q(menu__programme__authority__area__in=scope.homes(*READERS), submitted_at__isnull=False)
    return with_terms(with_case(Application.objects.filter(home, state__in=sorted(ENDED))))


def with_terms(rows: QuerySet[Application]) -> QuerySet[Any]:
    """With `ended_on`, `kept_until` (31 March, so many years after the 1 April that follows the end; or as extended), what
    holds the file (`is_held`, `is_bound`, `is_owed`) and `discard_state`. No query of its own.
    """
    extended = TermExtension.objects.filter(application=OuterRef("pk")).order_by().values("application")
    discards = Discard.objects.filter(application=OuterRef("pk")).exclude(state=DiscardState.DECLINED)
    longer = Subquery(extended.annotate(last=Max("until_on")).values("last"), output_field=DateField())
    return rows.annotate(ended_on=TruncDate(_stamp(), tzinfo=clock.JST)).annotate(
        kept_until=Greatest(_last_day(), longer, output_field=DateField()),
        is_held=Exists(Hold.objects.filter(application=OuterRef("pk"), ended_at__isnull=True)),
        is_bound=Exists(Asset.objects.filter(application=OuterRef("pk"), state="held")),
        is_owed=Exists(Reclaim.objects.filter(application=OuterRef("pk"), state="ordered")),
        discard_state=Coalesce(Subquery(discards.values("state")[:1]), Value("")),
    )


def _stamp() -> Case:
    """When nothing more came of a file."""
    return Case(
        When(state=ApplicationState.CLOSED, then=F("closed_at")),
        When(state=ApplicationState.REVOKED, then=F("revoked_at")),
        When(state=ApplicationState.WITHDRAWN, then=F("withdrawn_at")),
        default=F("decided_at"),
    )


def _last_day() -> Func:
    """31 March of the year in which the class's years after the 1 April that follows `ended_on` are over."""
    first = Case(
        When(ended_on__month__gte=APRIL, then=Extract("ended_on", "year") + 1),
        default=Extract("ended_on", "year"),
        output_field=IntegerField(),
    )
    year = Cast(first + F("menu__retention_years"), IntegerField())
    parts: tuple[Any, ...] = (year, Value(MARCH), Value(LAST_DAY))
    return Func(*parts, function="make_date", output_field=DateField())


def free(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Of files with their terms: those whose term is over and that nothing holds."""
    return rows.filter(kept_until__lt=today, is_held=False, is_bound=False, is_owed=False)


def narrowed(rows: QuerySet[Any], show: str) -> QuerySet[Any]:
    """`show`: due (may be thrown away, or proposed), done (erased), kept (all others), else everything."""
    if show == "due":
        return free(rows, clock.today_jst()).exclude(discard_state=DiscardState.APPROVED)
    if show == "done":
        return rows.filter(discard_state=DiscardState.APPROVED)
    return rows.exclude(discard_state=DiscardState.APPROVED) if show == "kept" else rows


def to_approve(scope: Scope) -> QuerySet[Discard]:
    """Proposals that wait for one's approval: of one's authority, by somebody else."""
    rows = Discard.objects.filter(application__menu__programme__authority__area__in=scope.homes(*SIGNING))
    return (
        rows.filter(state=DiscardState.PROPOSED)
        .exclude(proposed_by=scope.user_id)
        .order_by("proposed_at", "id")
    )
