"""What is told of a result: to the proponent about their own proposal, to everybody the adopted name and total."""

from ...models import CommissionCall, Proposal
from ..enums import TOLD, CallState, ProposalState
from .panel import ranking


def told(proposal: Proposal) -> list[tuple[str, str]]:
    """(label, value) of the result, once it is out; nothing of it before."""
    if proposal.state not in TOLD:
        return []
    found = [("結果", proposal.get_state_display())]
    return found + ([("順位", f"{proposal.place}位")] if proposal.place else [])


def published(call: CommissionCall) -> list[tuple[Proposal, str]] | None:
    """(adopted proposal, its mean) in order, once the result is announced; None before. Nothing of the others."""
    if call.state != CallState.ANNOUNCED:
        return None
    adopted = call.proposals.filter(state=ProposalState.ADOPTED).select_related("organisation")
    means = {row.key: row.mean_label for row in ranking(call)}
    return [(row, means[str(row.pk)]) for row in adopted.order_by("place", "id")]
