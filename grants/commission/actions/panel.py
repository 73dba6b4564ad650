"""審査会: reviewers are seated, declare their interests before they read, and are excluded where they are tied."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.accounts.models import Appointment, User
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...models import CommissionCall, PanelInterest, PanelSeat, Proposal
from ...rules import MUNICIPAL
from ..enums import JUDGED, CallState, Declared, InterestKind, ProposalState, Ruling
from ..interests import recorded
from ..mails import panel as mails
from ..workflow import CALL
from .freezing import freeze_if_complete

CARRIED = ("declared", "kinds", "declared_at", "ruling", "note", "ruled_at", "ruled_by")  # to a later seat


@transaction.atomic
def seat_reviewer(*, by: Actor, call: CommissionCall, email: str, title: str) -> PanelSeat:
    """Seat a person who has an account. Staff of the theme's municipality give an opinion and no score.

    Raises PermissionDenied, Refusal (no such account, seated already, the scores are in).
    """
    permissions.require(by, "grants.keep_panel", call)
    _lock_unfrozen(call, CallState.PUBLISHED, CallState.CLOSED, CallState.PANEL)
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        raise Refusal(
            "このメールアドレスの利用者はいません。先に利用者登録をしてもらってください。", field="email"
        )
    posts = Appointment.objects.live(clock.today_jst()).filter(user=user, area=call.theme.municipality_id)
    if posts.filter(role__in=MUNICIPAL).exists():
        raise Refusal("テーマの市町村の職員は、意見を書きますが、採点はしません。", field="email")
    seat = insert(PanelSeat(call=call, user=user, title=title, seated_by=user_of(by)))
    audit.record("grants.panelseat.seated", by=by, target=seat)
    if call.state == CallState.PANEL:
        _pair(call, [seat])
    mails.seated(seat)
    return seat


@transaction.atomic
def leave_seat(*, by: Actor, seat: PanelSeat) -> PanelSeat:
    """End a seat before the scores are in; what it scored does not count. Again: nothing changes.

    Raises PermissionDenied, Refusal (fewer reviewers than the 公募要領 wants would be left in a running panel).
    """
    call = CommissionCall.objects.select_related("theme__menu__programme__authority").get(pk=seat.call_id)
    permissions.require(by, "grants.keep_panel", call)
    _lock_unfrozen(call, CallState.PUBLISHED, CallState.CLOSED, CallState.PANEL)
    locked(seat)
    if seat.left_at is not None:
        return seat
    left = call.seats.filter(left_at__isnull=True).count() - 1
    if call.state == CallState.PANEL and left < call.panel_min:
        raise Refusal(
            f"審査委員は{call.panel_min}人以上です。先に、代わりの人を委嘱してください。", code="few"
        )
    change(seat, {"left_at": clock.now()})
    audit.record("grants.panelseat.left", by=by, target=seat)
    freeze_if_complete(call=call, by=by)
    return seat


@transaction.atomic
def open_panel(*, by: Actor, call: CommissionCall) -> CommissionCall:
    """Begin the panel: every proposal is judged for its qualification, one at least qualifies, enough reviewers sit.

    Ties that this government has on record are noted for the secretariat. Raises PermissionDenied, Refusal.
    """
    CALL.apply(call, "open_panel", by=by)
    states = list(call.proposals.values_list("state", flat=True))
    if ProposalState.SUBMITTED in states:
        raise Refusal("資格審査の終わっていない企画提案があります。", code="unjudged")
    if ProposalState.QUALIFIED not in states:
        raise Refusal(
            "資格のある企画提案がありません。公募を取りやめるか、新しく公募してください。", code="nothing"
        )
    seats = list(call.seats.filter(left_at__isnull=True))
    if len(seats) < call.panel_min:
        raise Refusal(f"審査委員が{call.panel_min}人になってから、審査を始めてください。", code="few")
    _pair(call, seats)
    mails.opened(call, seats)
    return call


@transaction.atomic
def declare_interest(
    *, by: Actor, interest: PanelInterest, declared: str, kinds: Sequence[str] = ()
) -> PanelInterest:
    """Declare "clear", or "conflict" with its kinds, which ends the access at once and for good.

    Raises PermissionDenied, Refusal (a conflict is not taken back, the scores are in).
    """
    permissions.require(by, "grants.declare_interest", interest.seat)
    call = CommissionCall.objects.get(pk=interest.seat.call_id)
    _lock_unfrozen(call, CallState.PANEL)
    locked(interest)
    if interest.is_excluded:
        raise Refusal("この企画提案の審査には加われません。", code="excluded")
    conflict = declared == Declared.CONFLICT
    if conflict and not set(kinds) & set(InterestKind.values):
        raise Refusal("どの関係かを選んでください。", field="kinds")
    values = {
        "declared": declared,
        "kinds": sorted(set(kinds)) if conflict else [],
        "declared_at": clock.now(),
    }
    change(interest, values)
    audit.record("grants.panelinterest.declared", by=by, target=interest, data={"conflict": conflict})
    if conflict:
        mails.excluded(call)
        freeze_if_complete(call=call, by=by)
    return interest


@transaction.atomic
def rule_interest(*, by: Actor, interest: PanelInterest, ruling: str, note: str = "") -> PanelInterest:
    """The secretariat excludes a reviewer from a proposal, or lets one with a recorded tie take part, with a reason.

    An exclusion is not taken back. Raises PermissionDenied, Refusal.
    """
    call = CommissionCall.objects.select_related("theme__menu__programme__authority").get(
        pk=interest.seat.call_id
    )
    permissions.require(by, "grants.keep_panel", call)
    if by.ref == f"user:{interest.seat.user_id}":
        raise PermissionDenied("自分の利害関係は、ほかの事務局の人が判断します。")
    _lock_unfrozen(call, CallState.PANEL)
    locked(interest)
    if interest.is_excluded:
        raise Refusal("この審査委員は、もう除斥されています。", code="excluded")
    if ruling == Ruling.KEPT and not interest.recorded:
        raise Refusal("記録にある関係がないときは、判断は要りません。", field="ruling")
    if not note.strip():
        raise Refusal("判断の理由を入力してください。", field="note")
    change(
        interest, {"ruling": Ruling(ruling), "note": note, "ruled_at": clock.now(), "ruled_by": user_of(by)}
    )
    audit.record("grants.panelinterest.ruled", by=by, target=interest, data={"ruling": ruling})
    if ruling == Ruling.EXCLUDED:
        freeze_if_complete(call=call, by=by)
    return interest


def _pair(call: CommissionCall, seats: Sequence[PanelSeat]) -> None:
    """One row for each reviewer and proposal, with what is on record. Three queries a seat, and one insert.

    Who sat in this panel before goes on with what they declared then: leaving and coming back opens nothing.
    """
    rows = list(
        call.proposals.filter(state__in=JUDGED).select_related("organisation").prefetch_related("partners")
    )
    authority = call.theme.menu.programme.authority_id
    PanelInterest.objects.bulk_create(
        _interest(seat, proposal, proposal.pk in tied, before.get(proposal.pk))
        for seat in seats
        for tied in [recorded(seat.user_id, authority, rows)]
        for before in [_declared_before(seat)]
        for proposal in rows
    )


def _declared_before(seat: PanelSeat) -> dict[UUID, PanelInterest]:
    """What the same person declared, or was ruled, in an earlier seat of the panel; an exclusion before all else."""
    rows = PanelInterest.objects.filter(seat__call=seat.call_id, seat__user=seat.user_id).exclude(seat=seat)
    found: dict[UUID, PanelInterest] = {}
    for row in rows.order_by("seat__seated_at", "id"):
        if row.proposal_id not in found or not found[row.proposal_id].is_excluded:
            found[row.proposal_id] = row
    return found


def _interest(seat: PanelSeat, proposal: Proposal, tied: bool, before: PanelInterest | None) -> PanelInterest:
    row = PanelInterest(seat=seat, proposal=proposal, recorded=tied)
    if before is not None:
        row.recorded = tied or before.recorded
        for name in CARRIED:
            setattr(row, name, getattr(before, name))
    return row


def _lock_unfrozen(call: CommissionCall, *states: str) -> None:
    if locked(call).state not in states:
        raise Refusal(f"この公募は、いま「{call.get_state_display()}」です。", code="moved")
    if call.frozen_at is not None:
        raise Refusal("採点はもう確定しています。", code="frozen")
