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
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Extract, Greatest, TruncDate

from portal.accounts.scope import Scope
from portal.kernel import clock

from ..commission.queries.excluding import tied
from ..enums.approving import SIGNING
from ..models import Discard, Hold, TermExtension
from .enums import HELD_BY, DiscardState
from .kinds import KINDS, kind_of

APRIL, MARCH, LAST_DAY = 4, 3, 31
TOWNS = [
    f"{key}__call__theme__municipality__name" if key == "proposal" else f"{key}__municipality__name"
    for key in KINDS
]


def ended(scope: Scope, kind: str = "application") -> QuerySet[Any]:
    """Files of one kind that were handed in and of which nothing more comes, of the authorities one reads for; erased too."""
    found = KINDS[kind]
    rows = found.model._default_manager.filter(found.seen(scope))
    over: QuerySet[Any] = with_terms(found.load(rows)).filter(ended_on__isnull=False)
    return over


def with_terms(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `ended_on`, `kept_until` (31 March, so many years after the 1 April that follows the end; or as extended), what
    holds the file (the names of `HELD_BY`) and `discard_state`. No query of its own.
    """
    kind, own = kind_of(rows.model), OuterRef("pk")
    extended = TermExtension.objects.filter(**{kind.key: own}).order_by().values(kind.key)
    longer = Subquery(extended.annotate(latest=Max("until_on")).values("latest"))
    discards = Discard.objects.filter(**{kind.key: own}).order_by("-proposed_at", "-id")
    held = {"is_held": Exists(Hold.objects.filter(ended_at__isnull=True, **{kind.key: own}))}
    none = {name: Value(False) for name in HELD_BY}
    dated: QuerySet[Any] = rows.annotate(ended_on=TruncDate(kind.ended_at(), tzinfo=clock.JST))
    found: QuerySet[Any] = dated.annotate(
        kept_until=Greatest(_last_day(f"{kind.menu}__retention_years"), longer, output_field=DateField()),
        discard_state=Coalesce(Subquery(discards.values("state")[:1]), Value("")),
        **(none | held | dict(kind.guards())),
    )
    return found


def _last_day(years: str) -> Func:
    """31 March of the year in which the class's years after the 1 April that follows `ended_on` are over."""
    first = Case(
        When(ended_on__month__gte=APRIL, then=Extract("ended_on", "year") + 1),
        default=Extract("ended_on", "year"),
        output_field=IntegerField(),
    )
    year = Cast(first + F(years), IntegerField())
    parts: tuple[Any, ...] = (year, Value(MARCH), Value(LAST_DAY))
    return Func(*parts, function="make_date", output_field=DateField())


def free(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Of files with their terms: those whose term is over and that nothing holds."""
    return rows.filter(kept_until__lt=today, **dict.fromkeys(HELD_BY, False))


def narrowed(rows: QuerySet[Any], show: str) -> QuerySet[Any]:
    """`show`: due (may be thrown away, or proposed), done (erased), kept (all others), else everything."""
    if show == "due":
        return free(rows, clock.today_jst()).exclude(discard_state=DiscardState.APPROVED)
    if show == "done":
        return rows.filter(discard_state=DiscardState.APPROVED)
    return rows.exclude(discard_state=DiscardState.APPROVED) if show == "kept" else rows


def to_approve(scope: Scope) -> QuerySet[Discard]:
    """Proposals that wait for one's approval: of one's authority, by somebody else. With `title`, `town` and `short`."""
    homes, mine = scope.homes(*SIGNING), Q(pk__in=[])
    for kind in KINDS.values():
        mine |= Q(**{f"{kind.key}__{kind.menu}__programme__authority__area__in": homes})
    rows = Discard.objects.filter(mine, state=DiscardState.PROPOSED).exclude(proposed_by=scope.user_id)
    rows = rows.filter(Q(proposal__isnull=True) | ~Q(tied(scope, proposal=OuterRef("proposal"))))
    return rows.annotate(
        file=Coalesce(*KINDS), title=Coalesce(*(f"{key}__title" for key in KINDS)), kind=_kind(),
        town=Coalesce(*TOWNS), short=Coalesce(*(f"{key}__{kind.menu}__short" for key, kind in KINDS.items())),
    ).order_by("proposed_at", "id")  # fmt: skip


def _kind() -> Case:
    return Case(
        *(When(**{f"{key}__isnull": False}, then=Value(key)) for key in KINDS), output_field=TextField()
    )
