"""When the last score sheet is in, all are frozen together; before, nobody reads another's."""

from django.db import transaction

from communities.saving import change, locked
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor

from ...models import CommissionCall, PanelInterest, Proposal, ScoreSheet
from ..enums import CallState, ProposalState, SheetState
from ..mails import panel as mails
from ..workflow import PROPOSAL, SHEET

BY = JobActor("grants.commission")


@transaction.atomic
def freeze_if_complete(*, by: Actor, call: CommissionCall) -> bool:
    """Freeze every sheet when each reviewer who is not excluded has sealed one for each proposal. True when it did.

    A proposal is decided by more than half of the panel (過半数): with fewer who may score it, the secretariat seats
    more. The call is locked first: of the last two reviewers at once, the later freezes.
    """
    locked(call)
    if call.state != CallState.PANEL or call.frozen_at is not None:
        return False
    proposals = list(call.proposals.filter(state=ProposalState.QUALIFIED))
    sheets = _complete_sheets(call, proposals)
    if sheets is None:
        return False
    for sheet in sheets:
        SHEET.apply(sheet, "freeze", by=BY)
    for proposal in proposals:
        PROPOSAL.apply(proposal, "score", by=BY)
    change(call, {"frozen_at": clock.now()})
    audit.record("grants.commissioncall.frozen", by=BY, target=call, data={"sheets": len(sheets)})
    mails.frozen(call)
    return True


def _complete_sheets(call: CommissionCall, proposals: list[Proposal]) -> list[ScoreSheet] | None:
    """The sheets that count, or None while one is missing. Three queries."""
    if not proposals:
        return None
    seats = set(call.seats.filter(left_at__isnull=True).values_list("pk", flat=True))
    wanted = {
        (row.seat_id, row.proposal_id)
        for row in PanelInterest.objects.filter(seat__in=seats, proposal__in=proposals)
        if not row.is_excluded
    }
    sealed = ScoreSheet.objects.filter(seat__in=seats, proposal__in=proposals, state=SheetState.SEALED)
    found = {(row.seat_id, row.proposal_id): row for row in sealed}
    if not wanted <= set(found):
        return None
    for proposal in proposals:
        if 2 * sum(1 for _, pk in wanted if pk == proposal.pk) <= len(seats):
            return None
    return [row for pair, row in sorted(found.items()) if pair in wanted]
