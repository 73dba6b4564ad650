"""What the panels of ④ put on the desk of their secretariat: branches of the one statement of `desk.cases`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from communities.desk.rows import Row, Source
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..commission.enums import JUDGED, CallState, Declared, ProposalState, SheetState
from ..commission.queries import calls
from ..models import PanelInterest, Proposal, ScoreSheet
from ..models.commission_panel import EXCLUDED
from .commission import of_calls, words_of


def _to_seat(scope: Scope) -> QuerySet[Any] | None:
    """Calls that are out or closed and have fewer reviewers than their 公募要領 wants."""
    if not scope.has(Role.SECRETARIAT):
        return None
    seated = Count("seats", filter=Q(seats__left_at__isnull=True), distinct=True)
    rows = calls.received(scope).filter(state__in=[CallState.PUBLISHED, CallState.CLOSED])
    rows = rows.annotate(todo=F("panel_min") - seated).filter(todo__gt=0)
    return of_calls(rows, "panel_to_seat", count="todo")


def _to_open(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.SECRETARIAT):
        return None
    of_call = Proposal.objects.filter(call=OuterRef("pk"))
    rows = calls.received(scope).filter(
        ~Exists(of_call.filter(state=ProposalState.SUBMITTED)),
        Exists(of_call.filter(state=ProposalState.QUALIFIED)),
        state=CallState.CLOSED,
    )
    return of_calls(rows, "panel_to_open")


def _to_gather(scope: Scope) -> QuerySet[Any] | None:
    """Panels under way: how many declarations and sheets are still owed. Never whose, for what, or a point."""
    if not scope.has(Role.SECRETARIAT):
        return None
    sealed = ScoreSheet.objects.filter(seat=OuterRef("seat"), proposal=OuterRef("proposal"))
    owed = PanelInterest.objects.filter(
        ~EXCLUDED, ~Exists(sealed.exclude(state=SheetState.DRAFT)), seat__call=OuterRef("pk"),
        seat__left_at__isnull=True, proposal__state__in=JUDGED,
    )  # fmt: skip
    counted = owed.order_by().values("seat__call").annotate(n=Count("pk")).values("n")
    rows = calls.received(scope).filter(state=CallState.PANEL, frozen_at__isnull=True)
    return of_calls(
        rows.annotate(todo=Subquery(counted)).filter(todo__gt=0), "sheets_to_gather", count="todo"
    )


def _to_part(scope: Scope) -> QuerySet[Any] | None:
    """Scores that are frozen: the ranking is looked at, equals are parted by the panel, before the officer announces."""
    if not scope.has(Role.SECRETARIAT):
        return None
    return of_calls(
        calls.received(scope).filter(state=CallState.PANEL, frozen_at__isnull=False), "ranking_to_check"
    )


def _to_rule(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.SECRETARIAT):
        return None
    waiting = (
        Q(seats__left_at__isnull=True, seats__interests__recorded=True, seats__interests__ruling="")
        & ~Q(seats__interests__declared=Declared.CONFLICT)
        & Q(seats__interests__proposal__state__in=JUDGED)
    )
    rows = calls.received(scope).filter(state=CallState.PANEL, frozen_at__isnull=True)
    rows = rows.annotate(todo=Count("seats__interests", filter=waiting, distinct=True)).filter(todo__gt=0)
    return of_calls(rows, "ties_to_rule", count="todo")


SOURCES = [
    Source("panel_to_seat", _to_seat),
    Source("panel_to_open", _to_open),
    Source("sheets_to_gather", _to_gather),
    Source("ranking_to_check", _to_part),
    Source("ties_to_rule", _to_rule),
]
WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "panel_to_seat": words_of("grants:staff_panel", "「{0}」の審査委員をあと{1}人委嘱する", "委嘱する"),
    "sheets_to_gather": words_of("grants:staff_panel", "「{0}」の申告と採点票のそろいを確かめる(残り{1}枚)"),
    "ranking_to_check": words_of(
        "grants:staff_ranking", "「{0}」の順位を確かめ、同点なら合議を記録する", "順位を見る"
    ),
    "panel_to_open": words_of("grants:staff_panel", "「{0}」の審査会を始める"),
    "ties_to_rule": words_of("grants:staff_panel", "「{0}」の利害関係{1}件を判断する"),
}
