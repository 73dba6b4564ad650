"""Mails about the result."""

from ...models import CommissionCall
from ...rules import MUNICIPAL
from ..enums import TOLD
from . import posted, send
from .calls import secretariat
from .proposals import tell


def announced(call: CommissionCall) -> None:
    """To every proponent their own result; to the municipality and the secretariat that it is out."""
    rows = call.proposals.filter(state__in=TOLD).select_related(
        "organisation", "created_by", "submitted_by", "call"
    )
    for proposal in rows:
        tell("proposal_result", proposal)
    to = [*posted(call.theme.municipality_id, *MUNICIPAL), *secretariat(call)]
    send("call_announced", to, call, once="1", path=call.get_absolute_url(), call=call)
