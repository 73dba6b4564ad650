"""Holding a contract while it is negotiated."""

from communities.saving import locked
from portal.kernel.refusals import Refusal

from ..models import Contract
from . import queries


def hold_negotiating(contract: Contract) -> None:
    """Lock it; it is still negotiated and no 決裁 runs. Raises Refusal."""
    if not locked(contract).is_negotiating:
        raise Refusal(f"この契約は、いま「{contract.get_state_display()}」です。", code="moved")
    if queries.open_approval(contract):
        raise Refusal("県の決裁の途中です。結果が出るまで、変えられません。", code="deciding")
