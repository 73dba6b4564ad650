"""What is told of a result: to the proponent about their own proposal, to everybody the adopted name and total."""

from django.db.models import Exists, OuterRef

from communities.queries.notes import reason_of
from portal.documents import queries as documents
from portal.documents.models import Document

from ...contracts.enums import ContractState
from ...models import CommissionCall, Contract, PanelInterest, Proposal
from ...models.commission_panel import EXCLUDED
from ..enums import JUDGED, OUTCOME_PAPER, TOLD, CallState, ProposalState
from .panel import ranking


def told(proposal: Proposal) -> list[tuple[str, str]]:
    """(label, value) of the result, once it is out; nothing of it before."""
    if proposal.state not in TOLD:
        return []
    found = [("結果", proposal.get_state_display())]
    return found + ([("順位", f"{proposal.place}位")] if proposal.place else [])


def published(call: CommissionCall) -> list[tuple[Proposal, str]] | None:
    """(adopted proposal, its mean) in order, once the result is announced; None before. Nothing of the others.

    `ended`: whether its contract was terminated, so that another may have taken its place.
    """
    if call.state != CallState.ANNOUNCED:
        return None
    over = Contract.objects.filter(proposal=OuterRef("pk"), state=ContractState.TERMINATED)
    adopted = call.proposals.filter(state=ProposalState.ADOPTED).annotate(ended=Exists(over))
    means = {row.key: row.mean_label for row in ranking(call)}
    return [
        (row, means[str(row.pk)]) for row in adopted.select_related("organisation").order_by("place", "id")
    ]


def paper(call: CommissionCall) -> Document | None:
    """The paper that says so, once it is made. At most one query."""
    if call.state != CallState.ANNOUNCED:
        return None
    return documents.of(call).filter(kind=OUTCOME_PAPER).select_related("file").first()


def judged(call: CommissionCall) -> list[Proposal]:
    """The proposals whose scores are in, by the time they came. One query."""
    rows = call.proposals.filter(state__in=JUDGED, scored_at__isnull=False).select_related("organisation")
    return list(rows.order_by("submitted_at", "id"))


def excluded(call: CommissionCall) -> list[list[str]]:
    """[reviewer, organisation] of those who took no part (除斥), in the order of the seats. Never why. One query."""
    rows = PanelInterest.objects.filter(
        EXCLUDED, seat__call=call, seat__left_at__isnull=True, proposal__state__in=JUDGED
    )
    named = rows.select_related("seat__user", "proposal__organisation")
    return [
        [row.seat.user.name, row.proposal.organisation.name]
        for row in named.order_by("seat__seated_at", "seat_id", "proposal__submitted_at", "proposal_id")
    ]


def tie_note(call: CommissionCall) -> str:
    """How the panel parted its equals; empty when there were none. One query."""
    return reason_of(call, "tie")
