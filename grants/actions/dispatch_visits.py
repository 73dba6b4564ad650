"""The visits of a dispatch: dated, moved, called off, held, reported by both sides."""

from datetime import datetime

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.documents import actions as documents
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..dispatch import mails, queries
from ..dispatch.enums import DispatchState, Side, VisitState
from ..dispatch.papers import REPORT_KIND
from ..dispatch.times import check_time
from ..dispatch.workflow import VISIT
from ..models import Dispatch, Visit, VisitMove, VisitReport
from ..workshop.lecturing import lock_free


@transaction.atomic
def date_visit(
    *, by: Actor, dispatch: Dispatch, starts_at: datetime, ends_at: datetime, place: str = ""
) -> Visit:
    """Set the day of one more visit: at most as many as were decided, at a time the advisor has free.

    The other sides are told. Raises PermissionDenied, Refusal (not decided, none left, past, booked), ValidationError.
    """
    permissions.require(by, "grants.set_days", dispatch)
    _check_running(locked(dispatch))
    taken = set(queries.visits_of(dispatch).values_list("number", flat=True))
    numbers = [number for number in range(1, (dispatch.visits_count or 0) + 1) if number not in taken]
    if not numbers:
        raise Refusal(f"決定した{dispatch.visits_count}回の日程が、すべて入っています。", code="full")
    check_time(dispatch, starts_at, ends_at)
    if dispatch.advisor is not None:
        lock_free(dispatch.advisor, starts_at, ends_at)
    visit = insert(
        Visit(
            dispatch=dispatch, advisor=dispatch.advisor, number=numbers[0], starts_at=starts_at, ends_at=ends_at,
            place=place, created_by=user_of(by), state=VisitState.DATED,
        )
    )  # fmt: skip
    audit.record("grants.visit.dated", by=by, target=visit, data={"starts_at": starts_at})
    mails.dated(visit, by=by)
    return visit


@transaction.atomic
def move_visit(
    *, by: Actor, visit: Visit, starts_at: datetime, ends_at: datetime, reason: str, place: str = ""
) -> Visit:
    """Move a visit that was not held yet; the day before stays in its history, the other sides are told.

    Raises PermissionDenied, Refusal (held, past, booked, the same time), ValidationError.
    """
    permissions.require(by, "grants.run_visit", visit)
    _check_running(locked(visit.dispatch))
    if locked(visit).state != VisitState.DATED:
        raise Refusal(
            f"この回は、いま「{visit.get_state_display()}」です。日程は変えられません。", code="moved"
        )
    check_time(visit.dispatch, starts_at, ends_at)
    if (starts_at, ends_at) == (visit.starts_at, visit.ends_at):
        raise Refusal("いまと同じ日時です。", field="starts_at")
    lock_free(visit.advisor, starts_at, ends_at)
    move = insert(
        VisitMove(
            visit=visit, before_starts_at=visit.starts_at, before_ends_at=visit.ends_at, starts_at=starts_at,
            ends_at=ends_at, reason=reason, moved_by=user_of(by),
        )
    )  # fmt: skip
    change(visit, {"starts_at": starts_at, "ends_at": ends_at, "place": place})
    data = {"before": move.before_starts_at, "starts_at": starts_at}
    audit.record("grants.visit.moved", by=by, target=visit, data=data)
    mails.moved(visit, move, by=by)
    return visit


@transaction.atomic
def call_off_visit(*, by: Actor, visit: Visit, note: str) -> Visit:
    """Call one visit off with the reason; another day may be set for it. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_visit", visit)
    _check_running(locked(visit.dispatch))
    VISIT.apply(visit, "call_off", by=by, note=note)
    mails.called_off(visit, note, by=by)
    return visit


@transaction.atomic
def hold_visit(*, by: Actor, visit: Visit) -> Visit:
    """Note that a visit took place, by the municipality or the advisor, from its hour on. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.take_part_in_visit", visit)
    _check_running(locked(visit.dispatch))
    visit.refresh_from_db(fields=["starts_at", "state"])
    if visit.state == VisitState.DATED and not visit.is_over:
        raise Refusal("まだ始まっていません。実施してから、記録してください。", code="early")
    return VISIT.apply(visit, "hold", by=by)


@transaction.atomic
def report_visit(
    *,
    by: Actor,
    visit: Visit,
    side: str,
    content: str,
    outcome: str,
    people_count: int | None = None,
    minutes: int | None = None,
) -> VisitReport:
    """Report on a visit that was held, once for each side; the second report completes it. The municipality's issues 派遣報告書.

    Raises PermissionDenied, Refusal (not held, reported already), ValidationError.
    """
    permissions.require(by, "grants.take_part_in_visit", visit)
    if side not in queries.sides_of(visit, by):
        raise Refusal("この立場での報告はできません。", code="side")
    locked(visit)
    if visit.reports.filter(side=side).exists():
        raise Refusal("この回の報告は、もう出しています。", code="twice")
    if visit.state != VisitState.HELD:
        raise Refusal(
            f"この回は、いま「{visit.get_state_display()}」です。実施を記録してから、報告してください。",
            code="moved",
        )
    report = insert(
        VisitReport(
            visit=visit, side=side, content=content, outcome=outcome, written_by=user_of(by),
            people_count=people_count if side == Side.MUNICIPALITY else None,
            minutes=minutes if side == Side.ADVISOR else None,
        )
    )  # fmt: skip
    audit.record("grants.visitreport.written", by=by, target=report, data={"side": side})
    if visit.reports.count() == len(Side):
        VISIT.apply(visit, "complete", by=by)
        mails.reported(visit)
    if side == Side.MUNICIPALITY:
        _issue_report(visit, by=by)
    return report


def drop_visits(dispatch: Dispatch, *, by: Actor) -> int:
    """Free the times kept for a dispatch that does not come about. Within the caller's transaction and right."""
    dropped = 0
    for visit in dispatch.visits.filter(state__in=[VisitState.TENTATIVE, VisitState.DATED]):
        VISIT.apply(visit, "drop", by=by)
        dropped += 1
    return dropped


def fix_visits(dispatch: Dispatch, *, by: Actor) -> None:
    """The times kept while it was decided are days now. Within the caller's transaction and right."""
    for visit in dispatch.visits.filter(state=VisitState.TENTATIVE):
        VISIT.apply(visit, "fix", by=by)


def _issue_report(visit: Visit, *, by: Actor) -> None:
    programme = visit.dispatch.menu.programme
    documents.issue(
        REPORT_KIND, visit, by=by, authority=programme.authority, section=None, year=programme.fiscal_year
    )


def _check_running(dispatch: Dispatch) -> None:
    if dispatch.state != DispatchState.DECIDED:
        raise Refusal(
            f"この派遣は、いま「{dispatch.get_state_display()}」です。日程を動かせるのは、決定した派遣だけです。",
            code="moved",
        )
