"""What the sides of a contract tell each other by mail. None names the 予定価格; who is excluded from the proposal gets none."""

from collections.abc import Iterable
from typing import Any

from ..commission.mails import posted, send
from ..commission.mails.calls import officers, secretariat
from ..commission.mails.proposals import people
from ..commission.queries.excluding import excluded_addresses
from ..models import Amendment, Approval, Contract
from ..rules import MUNICIPAL


def to_contractor(name: str, contract: Contract, *, once: str, note: str = "", **more: Any) -> None:
    """One mail to everybody on the contractor's side."""
    to = people(contract.proposal)
    path = contract.get_absolute_url()
    send(name, to, contract, once=once, path=path, contract=contract, note=note, **more)


def to_office(name: str, contract: Contract, *, once: str, town: bool = False, note: str = "") -> None:
    """To the officers of the routed office; `town`: to the theme's municipality too."""
    theme = contract.proposal.call.theme
    to = officers(contract.proposal.call) + (posted(theme.municipality_id, *MUNICIPAL) if town else [])
    path = contract.get_staff_url()
    send(name, _free(contract, to), contract, once=once, path=path, contract=contract, note=note)


def signed(contract: Contract) -> None:
    """To the contractor, and to the municipality and the secretariat: it stands."""
    to_contractor("contract_signed", contract, once="1")
    call = contract.proposal.call
    to = _free(contract, [*posted(call.theme.municipality_id, *MUNICIPAL), *secretariat(call)])
    send("contract_begun", to, contract, once="1", path=contract.get_staff_url(), contract=contract)


def amended(contract: Contract, amendment: Amendment) -> None:
    """To the contractor, and to the municipality and the secretariat: what it says now."""
    once, call = str(amendment.pk), contract.proposal.call
    to_contractor("contract_amended", contract, once=once)
    to = _free(contract, [*posted(call.theme.municipality_id, *MUNICIPAL), *secretariat(call)])
    path = contract.get_staff_url()
    send("contract_amended_told", to, contract, once=once, path=path, contract=contract)


def terminated(contract: Contract, note: str) -> None:
    """To all sides: it ends here, and why."""
    to_contractor("contract_terminated", contract, once="1", note=note)
    to_office("contract_ended", contract, once="1", town=True, note=note)


def sent_back(contract: Contract, approval: Approval, note: str) -> None:
    """To who drafted it."""
    drafter = approval.drafted_by
    to = _free(contract, [drafter.email] if drafter and drafter.is_active else [])
    send(
        "contract_sent_back", to, contract, once=str(approval.pk), path=contract.get_staff_url(), contract=contract,
        note=note,
    )  # fmt: skip


def _free(contract: Contract, to: Iterable[str]) -> list[str]:
    """The addresses of a side that examines, without who is excluded from the proposal. One query."""
    tied = excluded_addresses([contract.proposal_id]).get(contract.proposal_id, set())
    return sorted(set(to) - tied)
