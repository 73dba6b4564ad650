"""What follows a result: the 次点 that is asked when the adopted one falls out, with its clock."""

from datetime import time, timedelta

from django.db import transaction
from django.db.models import Q

from communities.saving import change, locked
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...contracts.enums import ContractState
from ...models import CommissionCall, Proposal
from ..enums import ProposalState
from ..mails import proposals as mails
from ..workflow import PROPOSAL


@transaction.atomic
def ask_reserve(*, by: Actor, call: CommissionCall) -> Proposal | None:
    """When fewer are adopted than the call wants (one whose contract was terminated is none), ask the best 次点 that was not asked; its clock starts.

    None when there is nobody to ask, or one is being asked.
    """
    locked(call)
    rows = Proposal.objects.filter(call=call)
    terminated = Q(contract__state=ContractState.TERMINATED)
    adopted = rows.filter(state=ProposalState.ADOPTED).exclude(terminated).count()
    reserves = rows.filter(state=ProposalState.RESERVE)
    asked = reserves.filter(reserve_until__isnull=False).count()
    if call.announced_at is None or adopted + asked >= call.adopted_count:
        return None
    best = reserves.filter(reserve_until__isnull=True).order_by("place", "id").first()
    if best is None:
        return None
    until = clock.at_jst(clock.today_jst() + timedelta(days=call.reserve_days + 1), time(0, 0))
    change(locked(best), {"reserve_until": until})
    audit.record("grants.proposal.asked_up", by=by, target=best, data={"until": until.isoformat()})
    mails.tell("proposal_asked_up", best, once=until.isoformat())
    return best


@transaction.atomic
def take_up(*, by: Actor, proposal: Proposal) -> Proposal:
    """Take the place of the adopted one while the clock runs. Raises PermissionDenied, Refusal (not asked, too late)."""
    permissions.require(by, "grants.write_proposal", proposal)
    locked(CommissionCall.objects.get(pk=proposal.call_id))
    if not locked(proposal).may_take_up(clock.now()):
        raise Refusal("繰上げの返事の期限は過ぎたか、まだお知らせしていません。", code="late")
    PROPOSAL.apply(proposal, "take_up", by=by, reserve_until=None)
    mails.taken_up(proposal)
    return proposal


@transaction.atomic
def lapse_reserve(*, by: Actor, proposal: Proposal) -> Proposal:
    """End a clock that has run out and ask the next one. Raises Refusal (not run out)."""
    locked(CommissionCall.objects.get(pk=proposal.call_id))
    until = locked(proposal).reserve_until
    if until is None or clock.now() < until:
        raise Refusal("返事の期限は、まだ過ぎていません。", code="early")
    PROPOSAL.apply(proposal, "lapse", by=by, reserve_until=None)
    mails.tell("proposal_lapsed", proposal)
    ask_reserve(by=by, call=proposal.call)
    return proposal
