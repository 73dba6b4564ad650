"""The prefecture's side of the end: 検査, 手直し, 支出命令, closing, terminating."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import locked, user_of
from portal.documents import actions as documents
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...actions import approving, committing
from ...actions.payments import order_payment
from ...commission.actions.results import ask_reserve
from ...commission.interests import recorded
from ...enums.approving import ApprovalState
from ...models import Approval, CommissionCall, Contract, PartialWork, Payment
from ...payments.enums import PaymentKind
from ...supporters.actions.ending import end_support
from .. import mails, queries
from ..enums import ContractState
from ..papers import INSPECTION_KIND
from ..workflow import AMENDMENT, CONTRACT, PART
from . import parting

SLOT = "price"


@transaction.atomic
def inspect_work(*, by: Actor, contract: Contract, inspected_on: date, findings: str) -> Contract:
    """The work passes the 検査, made by an officer who is neither the contractor nor tied to it; 検査調書 is made.

    Raises PermissionDenied, Refusal (not completed, a day before the completion or in the future, no findings).
    """
    permissions.require(by, "grants.run_contract", contract)
    programme, user = contract.proposal.call.theme.menu.programme, user_of(by)
    if user is not None and recorded(user.pk, programme.authority_id, [contract.proposal]):
        raise PermissionDenied("自分が関わる団体の検査は、ほかの担当者が行います。")
    if locked(contract).state == ContractState.COMPLETED and contract.completed_on:
        if inspected_on > clock.today_jst():
            raise Refusal("検査日に、先の日は入れられません。", field="inspected_on")
        if inspected_on < contract.completed_on:
            raise Refusal("検査日が、完了日より前です。", field="inspected_on")
        if not findings.strip():
            raise Refusal("検査の所見を入力してください。", field="findings")
    CONTRACT.apply(contract, "inspect", by=by, inspected_on=inspected_on, findings=findings)
    mails.to_contractor("contract_inspected", contract, once="1")
    documents.issue(
        INSPECTION_KIND, contract, by=by, authority=programme.authority, section=contract.office,
        year=programme.fiscal_year,
    )  # fmt: skip
    return contract


@transaction.atomic
def ask_rework(*, by: Actor, contract: Contract, note: str) -> Contract:
    """The work does not pass yet: back to the contractor with what is to be mended. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_contract", contract)
    at = locked(contract).completed_at
    CONTRACT.apply(
        contract, "rework", by=by, note=note, completed_on=None, completed_at=None, completed_by=None
    )
    mails.to_contractor("contract_rework", contract, once=str(at), note=note)
    return contract


@transaction.atomic
def order_contract_payment(*, by: Actor, contract: Contract) -> Payment:
    """支出命令 of the whole price, once it is invoiced. Raises PermissionDenied, Refusal (not invoiced, ordered already)."""
    permissions.require(by, "grants.run_contract", contract)
    if locked(contract).state != ContractState.INVOICED or contract.price_yen is None:
        raise Refusal("支出命令を出せるのは、請求のあった契約です。", code="moved")
    call, programme = contract.proposal.call, contract.proposal.call.theme.menu.programme
    return order_payment(
        by=by, authority=programme.authority, case=contract, slot=SLOT, kind=PaymentKind.CONTRACT,
        title=f"{call.theme.municipality.name}「{contract.title}」", payee=contract.proposal.organisation.name[:80],
        gross_yen=contract.price_yen, year=programme.fiscal_year,
    )  # fmt: skip


def follow_payment(*, by: Actor, payment: Payment) -> None:
    """The accountant entered that it was paid: so is the contract, or its accepted part, and the contractor is told."""
    contract = queries.with_case(Contract.objects.all()).get(pk=payment.case_id)
    if payment.slot == parting.SLOT:
        PART.apply(PartialWork.objects.get(contract=contract), "pay", by=by)
    else:
        CONTRACT.apply(contract, "pay", by=by)
    mails.to_contractor("contract_paid", contract, once="1")


@transaction.atomic
def close_contract(*, by: Actor, contract: Contract) -> Contract:
    """Close what is paid. Raises PermissionDenied, Refusal."""
    return CONTRACT.apply(contract, "close", by=by)


@transaction.atomic
def terminate_contract(
    *, by: Actor, contract: Contract, note: str, ask: bool = False, part: bool = False
) -> Contract:
    """End it before the whole is accepted, with the reason; its 支出負担行為 is released.

    `part`: what was done is inspected and paid (出来形, `parting`); the charge stays until then. `ask`: the best 次点 is asked.
    Raises PermissionDenied, Refusal (inspected already, nothing begun that could be paid).
    """
    permissions.require(by, "grants.run_contract", contract)
    call = locked(CommissionCall.objects.get(pk=contract.proposal.call_id))
    if part and (locked(contract).started_on is None or contract.price_yen is None):
        raise Refusal("着手していない契約には、出来形がありません。", field="part", code="unstarted")
    end(by=by, contract=contract, note=note, keeps=part)
    if part:
        parting.open_part(by=by, contract=contract)
    if ask:
        ask_reserve(by=by, call=call)
    return contract


def end(*, by: Actor, contract: Contract, note: str, keeps: bool = False) -> None:
    """Terminate it in the caller's transaction, the call locked: an open 決裁 is dropped, what it was charged is released.

    `keeps`: what a signed 決裁 charged stays, for the part that is accepted.
    """
    locked(contract)
    live = [ApprovalState.DRAFTED, ApprovalState.SIGNED]
    found = list(Approval.objects.filter(contract=contract, state__in=live))
    for approval in found:
        if approval.is_open:
            approving.drop(by=by, approval=approval)
    if amendment := queries.open_amendment(contract):
        AMENDMENT.apply(amendment, "decline", by=by, note=note)
    CONTRACT.apply(contract, "terminate", by=by, note=note)
    for approval in found:
        if not keeps or approval.state == ApprovalState.DROPPED:
            committing.release(by=by, approval=approval)
    end_support(by=by, file=contract.proposal.call.theme, reason="業務の委託契約が打ち切られたため")
    mails.terminated(contract, note)
