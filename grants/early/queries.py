"""Reads of 事前着手届. One is seen by who sees its file."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock

from ..enums import UNDER_EXAMINATION
from ..models import Application, EarlyStart
from .enums import EarlyState


def with_early(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With the 事前着手届, for `mark_of`. No query of its own."""
    return rows.select_related("early_start")


def early_of(application: Application) -> EarlyStart | None:
    """The 事前着手届 of a file. One query, none where `with_early` brought it."""
    try:
        return application.early_start
    except EarlyStart.DoesNotExist:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyMark:
    """What examiner and inspector must know of the first day: whether costs before the decision count, and from when."""

    kind: str
    title: str
    eligible_from: date | None
    row: EarlyStart | None


def mark_of(application: Application) -> EarlyMark | None:
    """None where the project neither begins before its decision nor has a 事前着手届. At most one query.

    Before the decision the planned first day is compared with today, later with the day of the decision.
    """
    row = early_of(application)
    decided_at = application.decided_at
    decided_on = decided_at.astimezone(clock.JST).date() if decided_at else None
    begins = application.starts_on is not None and application.starts_on < (decided_on or clock.today_jst())
    if row is None and not begins:
        return None
    if row is not None and row.is_accepted:
        title = "事前着手届を受理しています。着手した日からの経費が対象です"
        first = min(row.starts_on, decided_on or row.starts_on)
        return EarlyMark(kind="info", title=title, eligible_from=first, row=row)
    if row is not None and row.state == EarlyState.FILED:
        title = "事前着手届が届いています。まだ受理していません"
    elif row is not None:
        title = "事前着手届を受理していません。交付決定の日より前の経費は、対象になりません"
    else:
        title = (
            "着手予定が交付決定より前で、事前着手届がありません。交付決定の日より前の経費は、対象になりません"
        )
    return EarlyMark(kind="warn", title=title, eligible_from=decided_on, row=row)


def to_answer(scope: Scope) -> QuerySet[EarlyStart]:
    """What waits for one's office, the oldest first."""
    rows = EarlyStart.objects.filter(
        state=EarlyState.FILED,
        application__state__in=sorted(UNDER_EXAMINATION),
        application__office__in=scope.sections(Role.PREFECTURE_OFFICER),
    )
    return rows.order_by("filed_at", "id")
