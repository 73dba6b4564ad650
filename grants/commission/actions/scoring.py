"""採点: items × points, sealed by their reviewer, read by nobody else until all are in; words of the municipality."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import change, insert, insert_all, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...models import CommissionCall, PanelInterest, Proposal, ScorePoint, ScoreSheet, ThemeOpinion
from ..enums import CallState, SheetState
from ..workflow import SHEET
from .freezing import freeze_if_complete


@transaction.atomic
def save_sheet(
    *,
    by: Actor,
    interest: PanelInterest,
    revision: int,
    points: Mapping[UUID, tuple[int | None, str]],
    comment: str = "",
) -> ScoreSheet:
    """Keep what the reviewer gives: item → (points or None, reason), points at most the item's weight.

    Raises PermissionDenied, Refusal (not declared, excluded, sealed, another window saved, more than the weight).
    """
    call = _lock_readable(interest, by)
    sheet = _sheet(interest)
    if sheet.state != SheetState.DRAFT:
        raise Refusal("提出した採点票は、「書きなおす」を押してから直してください。", code="moved")
    if sheet.revision != revision:
        message = "ほかの画面で保存されています。あなたの入力は残っています。保存された内容を見くらべてから、もう一度保存してください。"
        raise Refusal(message, code="conflict")
    items = list(call.items.all())
    for item in items:
        given, _ = points.get(item.pk, (None, ""))
        if given is not None and not 0 <= given <= item.points:
            raise Refusal(
                f"「{item.label}」は、0から{item.points}点までです。", field=f"points_{item.position}"
            )
    sheet.points.all().delete()
    rows = [
        ScorePoint(sheet=sheet, item=item, points=given, comment=reason)
        for item in items
        for given, reason in [points.get(item.pk, (None, ""))]
        if given is not None
    ]
    insert_all(rows)
    change(sheet, {"comment": comment, "revision": revision + 1})
    audit.record("grants.scoresheet.saved", by=by, target=sheet, data={"revision": sheet.revision})
    return sheet


@transaction.atomic
def seal_sheet(*, by: Actor, interest: PanelInterest) -> ScoreSheet:
    """Hand the sheet in, with every item given; the last one of the panel freezes all. Raises as `save_sheet`."""
    call = _lock_readable(interest, by)
    sheet = _sheet(interest)
    SHEET.apply(sheet, "seal", by=by)
    left = call.items.count() - sheet.points.count()
    if left:
        raise Refusal(
            f"点の入っていない項目が{left}件あります。保存してから提出してください。", code="incomplete"
        )
    freeze_if_complete(call=call, by=by)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def reopen_sheet(*, by: Actor, interest: PanelInterest) -> ScoreSheet:
    """Take a sealed sheet back to write in it, until all are in. Raises as `save_sheet`."""
    _lock_readable(interest, by)
    sheet = _sheet(interest)
    return SHEET.apply(sheet, "reopen", by=by, sealed_at=None)


@transaction.atomic
def write_opinion(*, by: Actor, proposal: Proposal, text: str) -> ThemeOpinion:
    """The words of the theme's municipality, until the scores are in; written anew, the newer stands.

    Raises PermissionDenied (also for one's own proposal), Refusal (no panel, the scores are in).
    """
    permissions.require(by, "grants.write_opinion", proposal)
    if permissions.check(by, "grants.write_proposal", proposal):
        raise PermissionDenied("自分の団体の企画提案には、意見を書けません。")
    call = locked(CommissionCall.objects.get(pk=proposal.call_id))
    if call.state != CallState.PANEL or call.frozen_at is not None:
        raise Refusal("意見は、審査のあいだ、採点がそろうまで書けます。", code="moved")
    opinion = ThemeOpinion.objects.filter(proposal=proposal).first()
    if opinion is None:
        opinion = insert(ThemeOpinion(proposal=proposal, text=text, written_by=user_of(by)))
    else:
        change(opinion, {"text": text, "written_at": clock.now(), "written_by": user_of(by)})
    audit.record("grants.proposal.opinion_written", by=by, target=proposal)
    return opinion


def _lock_readable(interest: PanelInterest, by: Actor) -> CommissionCall:
    """The call locked, its panel running, and this reviewer free to score. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.declare_interest", interest.seat)
    call = locked(CommissionCall.objects.get(pk=interest.seat.call_id))
    locked(interest)
    if call.state != CallState.PANEL:
        raise Refusal("採点は、審査のあいだだけできます。", code="moved")
    if call.frozen_at is not None:
        raise Refusal("採点はもう確定しています。", code="frozen")
    if not interest.is_readable:
        raise Refusal("この企画提案の審査には加われません。", code="excluded")
    return call


def _sheet(interest: PanelInterest) -> ScoreSheet:
    found = ScoreSheet.objects.filter(seat=interest.seat_id, proposal=interest.proposal_id)
    sheet = found.select_for_update(no_key=True, of=("self",)).select_related("seat").first()
    return sheet or insert(ScoreSheet(seat=interest.seat, proposal_id=interest.proposal_id))
