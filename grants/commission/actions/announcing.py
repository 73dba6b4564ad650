"""The result: equals parted by the panel, then announced to all sides at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from communities.saving import change, locked
from portal.documents import actions as documents
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.models import TransitionNote
from portal.kernel.refusals import Refusal

from ...models import CommissionCall, Proposal
from .. import papers
from ..enums import TOLD, CallState
from ..mails import results as mails
from ..queries import panel, proposals
from ..workflow import CALL, PROPOSAL

STEPS = {"adopted": "adopt", "reserve": "place_reserve", "not_adopted": "reject"}


@transaction.atomic
def decide_tie(*, by: Actor, call: CommissionCall, order: Sequence[Proposal], note: str) -> CommissionCall:
    """Record how the panel parted its equals, the first of `order` before the others, with what was discussed.

    Raises PermissionDenied, Refusal (not frozen, announced, not exactly one group of equals).
    """
    permissions.require(by, "grants.keep_panel", call)
    if locked(call).state != CallState.PANEL or call.frozen_at is None:
        raise Refusal("合議は、採点がそろってから、結果を公表するまでに記録します。", code="moved")
    if not order or {str(row.pk) for row in order} != panel.equals(panel.ranking(call)):
        raise Refusal("同点の提案が変わりました。画面を開きなおしてください。", code="moved")
    if not note.strip():
        raise Refusal("合議の内容を入力してください。", field="note")
    for place, row in enumerate(order, start=1):
        change(locked(row), {"tie_place": place})
        audit.record("grants.proposal.tie_decided", by=by, target=row, data={"place": place})
    TransitionNote.objects.create(
        target_type=call._meta.label_lower,
        target_id=str(call.pk),
        transition="tie",
        text=note,
        author_ref=by.ref,
    )
    return call


@transaction.atomic
def announce(*, by: Actor, call: CommissionCall) -> CommissionCall:
    """Announce the result of the ranking as it is computed: adopted, 次点, not adopted; every proponent is told.

    Each gets its 審査結果通知書; the minutes and the paper of the result are made.

    Raises PermissionDenied, Refusal (sheets missing, equals not parted).
    """
    permissions.require(by, "grants.run_call", call)
    if locked(call).state == CallState.PANEL:
        if call.frozen_at is None:
            raise Refusal("採点がそろってから、公表してください。", code="early")
        ranked = panel.ranking(call)
        if any(row.outcome == "undecided" for row in ranked):
            raise Refusal("同点の提案があります。審査会の合議を記録してから、公表してください。", code="tied")
        rows = call.proposals.in_bulk([UUID(row.key) for row in ranked])
        for row in ranked:
            PROPOSAL.apply(rows[UUID(row.key)], STEPS[row.outcome], by=by, place=row.place)
    CALL.apply(call, "announce", by=by)
    mails.announced(call)
    _issue(call, by)
    return call


def _issue(call: CommissionCall, by: Actor) -> None:
    """Every paper of the result; counters are locked last, one after the other, as everywhere."""
    programme = call.theme.menu.programme
    shared: dict[str, Any] = {"by": by, "authority": programme.authority, "section": None}
    for row in proposals.whole(call.proposals.filter(state__in=TOLD)).order_by("place", "submitted_at", "id"):
        documents.issue(papers.RESULT, row, year=programme.fiscal_year, **shared)
    for kind in (papers.MINUTES, papers.OUTCOME):
        documents.issue(kind, call, year=programme.fiscal_year, **shared)
