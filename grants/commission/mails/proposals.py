"""Mails about a proposal."""

from ...models import Proposal
from . import send
from .calls import officers, secretariat


def people(proposal: Proposal) -> list[str]:
    """Who hears about it on the proponent's side: who wrote and submitted it, and the address of contact."""
    users = {proposal.created_by, proposal.submitted_by} - {None}
    return sorted({*(user.email for user in users if user), proposal.contact_email} - {""})


def submitted(proposal: Proposal) -> None:
    """A receipt to the proponent; the officers hear that one more is in, not whose."""
    tell("proposal_submitted", proposal)
    call = proposal.call
    send(
        "proposal_received", officers(call), call, once=str(proposal.pk), path=call.get_staff_url(), call=call
    )


def judged(proposal: Proposal, note: str) -> None:
    tell("proposal_judged", proposal, note=note)


def withdrawn(proposal: Proposal) -> None:
    """To the officers and the secretariat, without the name: a conflicted reader may be among them."""
    call = proposal.call
    to = sorted({*officers(call), *secretariat(call)})
    send("proposal_withdrawn", to, call, once=str(proposal.pk), path=call.get_staff_url(), call=call)


def taken_up(proposal: Proposal) -> None:
    """To the officers and the secretariat: a 次点 takes the place."""
    call = proposal.call
    to = sorted({*officers(call), *secretariat(call)})
    send("proposal_taken_up", to, call, once=str(proposal.pk), path=call.get_staff_url(), call=call)


def tell(name: str, proposal: Proposal, *, once: str = "1", note: str = "") -> None:
    """One mail to everybody on the proponent's side."""
    send(
        name, people(proposal), proposal, once=once, path=proposal.get_absolute_url(), proposal=proposal, note=note,
        call=proposal.call,
    )  # fmt: skip
