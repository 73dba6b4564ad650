"""Reads of the panel: one's seats, what one may read in them, the sheets, the ranking once it is frozen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Prefetch, QuerySet, Value

from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document

from ...models import CommissionCall, PanelInterest, PanelSeat, Proposal, ScoreSheet
from ...models.commission_panel import EXCLUDED
from ..calculations import Entry, Ranked, rank
from ..enums import JUDGED, RUNNING, SheetState
from . import calls
from . import proposals as proposal_reads


def sitting(user_id: UUID) -> QuerySet[Any, Any]:
    """(kind, ref) of one user: the calls in whose panel they sit. One SELECT, for the scope."""
    rows = PanelSeat.objects.filter(user=user_id, left_at__isnull=True).order_by()
    return rows.annotate(kind=Value("panel", output_field=CharField()), ref=F("call")).values_list(
        "kind", "ref"
    )


def seats(scope: Scope) -> QuerySet[PanelSeat]:
    """One's own living seats."""
    rows = PanelSeat.objects.filter(user=scope.user_id, left_at__isnull=True)
    return rows.select_related(
        "call__theme__municipality", "call__theme__menu__programme__authority__area", "user"
    )


def seats_of(call: CommissionCall) -> list[PanelSeat]:
    """The living seats of a call. One query."""
    return list(call.seats.filter(left_at__isnull=True).select_related("user"))


def own_interests(seat: PanelSeat) -> list[PanelInterest]:
    """The proposals of one's panel with what one has declared; excluded ones are not among them. One query."""
    rows = PanelInterest.objects.filter(seat=seat, proposal__state__in=JUDGED).exclude(EXCLUDED)
    return list(
        rows.select_related("seat", "proposal__organisation", "proposal__call").order_by(
            "proposal__submitted_at", "id"
        )
    )


def own_interest(scope: Scope, proposal_id: UUID) -> QuerySet[PanelInterest]:
    """One's own row about one proposal of a running panel, unless one is excluded."""
    rows = PanelInterest.objects.filter(
        seat__in=seats(scope).values("pk"), proposal=proposal_id, proposal__state__in=JUDGED,
        seat__call__state__in=RUNNING,
    )  # fmt: skip
    return rows.exclude(EXCLUDED).select_related(
        "seat__call__theme__menu__programme__authority__area",
        "seat__user",
        "proposal__organisation",
        "proposal__call",
    )


def own_sheets(seat: PanelSeat) -> dict[UUID, ScoreSheet]:
    """One's own sheets by proposal. One query."""
    return {row.proposal_id: row for row in ScoreSheet.objects.filter(seat=seat)}


def own_sheet(interest: PanelInterest) -> ScoreSheet | None:
    """One's own sheet about one proposal, with its points."""
    found = ScoreSheet.objects.filter(seat=interest.seat_id, proposal=interest.proposal_id)
    return found.prefetch_related("points").first()


def matrix(call: CommissionCall, scope: Scope) -> list[tuple[Proposal, list[tuple[PanelInterest, str]]]]:
    """Each proposal the scope reads, with every living seat's declaration and whether its sheet is in. Four queries.

    Never a point: the secretariat sees that a sheet is in, not what it says.
    """
    rows = list(proposal_reads.of_call(scope, call).filter(state__in=JUDGED))
    interests = PanelInterest.objects.filter(seat__call=call, seat__left_at__isnull=True, proposal__in=rows)
    states = {
        (seat, proposal): state
        for seat, proposal, state in ScoreSheet.objects.filter(proposal__in=rows).values_list(
            "seat", "proposal", "state"
        )
    }
    by_proposal: dict[UUID, list[tuple[PanelInterest, str]]] = {row.pk: [] for row in rows}
    for interest in interests.select_related("seat__user").order_by("seat__seated_at", "seat_id"):
        state = states.get((interest.seat_id, interest.proposal_id), "")
        by_proposal[interest.proposal_id].append((interest, state))
    return [(row, by_proposal[row.pk]) for row in rows]


def entries(call: CommissionCall, rows: Iterable[Proposal]) -> list[Entry]:
    """What the ranking is made of: the frozen sheets of each proposal. Three queries; empty before freezing."""
    if call.frozen_at is None:
        return []
    positions = list(call.items.values_list("pk", flat=True))
    frozen = ScoreSheet.objects.filter(state=SheetState.FROZEN, seat__left_at__isnull=True)
    loaded = Proposal.objects.filter(pk__in=[row.pk for row in rows]).prefetch_related(
        Prefetch("sheets", queryset=frozen.prefetch_related("points"), to_attr="counted")
    )
    made = []
    for row in loaded:
        sheets = tuple(_points(sheet, positions) for sheet in row.counted)
        if sheets:
            made.append(
                Entry(key=str(row.pk), sheets=sheets, price_yen=row.price_yen or 0, tie_place=row.tie_place)
            )
    return made


def ranking(
    call: CommissionCall, *, floor_percent: int | None = None, without: Sequence[UUID] = ()
) -> list[Ranked]:
    """The ranking of all proposals that were scored; `floor_percent` and `without` only ask 「もし」. Empty before freezing."""
    rows = call.proposals.filter(state__in=JUDGED, scored_at__isnull=False).exclude(pk__in=without)
    return rank(
        entries(call, rows), floor_percent=floor_percent or call.floor_percent, tie_position=call.tie_position,
        adopted_count=call.adopted_count,
    )  # fmt: skip


def equals(ranked: Iterable[Ranked]) -> set[str]:
    """The keys of the best group of equals that only the panel can part; empty when there is none."""
    tied = [row for row in ranked if row.outcome == "undecided"]
    return {row.key for row in tied if row.place == tied[0].place}


@dataclass(frozen=True, slots=True)
class Shown:
    """A ranking as one reader may see it. `places`: whether all of it is there; else no place and no outcome is told."""

    rows: list[tuple[Proposal, Ranked]]
    places: bool


def shown(call: CommissionCall, scope: Scope, ranked: Sequence[Ranked]) -> Shown:
    """What of `ranked` the reader may see: a proposal they are excluded from is left out, name and mean. Two queries."""
    if not ranked:
        return Shown([], places=False)
    seen = {str(row.pk): row for row in proposal_reads.judged_by(scope).filter(call=call)}
    rows = [(seen[row.key], row) for row in ranked if row.key in seen]
    return Shown(rows, places=len(rows) == len(ranked) and not has_exclusion(call, scope))


def has_exclusion(call: CommissionCall, scope: Scope) -> bool:
    """Whether the reader is excluded from any proposal of the call, also one that is left out of the ranking."""
    return PanelInterest.objects.filter(EXCLUDED, seat__call=call, seat__user=scope.user_id).exists()


def minuted(scope: Scope) -> QuerySet[CommissionCall]:
    """Calls whose minutes one reads: the authority's readers, but nobody who is excluded there or proposes there."""
    tied = PanelInterest.objects.filter(EXCLUDED, seat__call=OuterRef("pk"), seat__user=scope.user_id)
    mine = proposal_reads.own(scope).filter(call=OuterRef("pk"))
    return calls.received(scope).filter(~Exists(tied), ~Exists(mine))


def papers_of(call: CommissionCall, scope: Scope) -> Sequence[Document]:
    """The papers of the result that this reader may open. At most two queries."""
    if call.announced_at is None or not minuted(scope).filter(pk=call.pk).exists():
        return []
    return list(documents.of(call))


def _points(sheet: ScoreSheet, items: Sequence[UUID]) -> tuple[int, ...]:
    given = {row.item_id: row.points for row in sheet.points.all()}
    return tuple(given[item] for item in items)
