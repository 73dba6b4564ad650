"""出来形 of a terminated contract: inspected by an officer, decided by another person, invoiced, paid once.

第9条 of the contract and the usual 契約規則 on 解除: the part of the work that passes the 検査 is taken over and paid.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, JobActor
from portal.kernel.refusals import Refusal

from ...actions import committing
from ...actions.payments import order_payment
from ...commission.interests import recorded
from ...models import Contract, PartialWork, Payment
from ...payments.enums import PaymentKind
from ...queries import approving as approvals
from .. import mails, queries
from ..enums import PART_AGREED, PartState
from ..papers import INSPECTION_KIND, INVOICE_KIND
from ..workflow import PART

SLOT = "part"


def open_part(*, by: Actor, contract: Contract) -> PartialWork:
    """Keep the charge of a contract that is being terminated for what was done. In the caller's transaction, it locked."""
    part = insert(PartialWork(contract=contract))
    audit.record("grants.partialwork.opened", by=by, target=contract, data={})
    return part


@transaction.atomic
def inspect_part(
    *, by: Actor, contract: Contract, inspected_on: date, percent: int, findings: str
) -> PartialWork:
    """出来形検査 by an officer who is neither the contractor nor tied to it: how much of the work is accepted, in percent.

    The sum is that part of the price with tax, cut off; 検査調書 is made. Raises PermissionDenied, Refusal (inspected already, a day before
    the contract began or to come, nothing found, nothing accepted).
    """
    part = _lock(contract)
    permissions.require(by, "grants.inspect_part", part)
    programme, user = contract.proposal.call.theme.menu.programme, user_of(by)
    if user is not None and recorded(user.pk, programme.authority_id, [contract.proposal]):
        raise PermissionDenied("自分が関わる団体の検査は、ほかの担当者が行います。")
    if part.state == PartState.WAITING:
        if inspected_on > clock.today_jst():
            raise Refusal("検査日に、先の日は入れられません。", field="inspected_on")
        if contract.started_on and inspected_on < contract.started_on:
            raise Refusal("検査日が、着手日より前です。", field="inspected_on")
        if not findings.strip():
            raise Refusal("検査の所見を入力してください。", field="findings")
    amount_yen = part.amount_of(percent)
    if not 1 <= percent <= 100 or not amount_yen:
        raise Refusal("出来形の割合は、1%から100%までです。", field="percent")
    PART.apply(
        part, "inspect", by=by, inspected_on=inspected_on, percent=percent, amount_yen=amount_yen, findings=findings,
        inspections=part.inspections + 1,
    )  # fmt: skip
    _issue(by, contract, INSPECTION_KIND)
    return part


@transaction.atomic
def send_back_part(*, by: Actor, contract: Contract, note: str) -> PartialWork:
    """Who decides asks for another inspection, with the reason; its papers are void, its charge stays until the next decision.

    Of what was decided the contractor is told. Raises PermissionDenied, Refusal (a payment is ordered).
    """
    part = _lock(contract)
    was_decided = part.state in PART_AGREED
    _take_back(by, part, "send_back", note, "出来形の検査をやりなおすため")
    if was_decided:
        mails.to_contractor("contract_part_sent_back", contract, once=str(part.inspections), note=note)
    return part


@transaction.atomic
def decide_part(*, by: Actor, contract: Contract) -> PartialWork:
    """Accept the 出来形 by another person than who inspected it: the charge comes to its sum, after an earlier decision also up.

    The contractor is told what to invoice. Raises PermissionDenied, Refusal (the 科目 has too little left to go up).
    """
    part = _lock(contract)
    PART.apply(part, "decide", by=by)
    if part.amount_yen is None:
        raise ValueError(f"{part.pk}: inspected without a sum")
    committing.set_contract_to(by=by, contract=contract, amount_yen=part.amount_yen)
    mails.to_contractor("contract_part_decided", contract, once=str(part.inspections), part=part)
    return part


@transaction.atomic
def drop_part(*, by: Actor, contract: Contract, note: str) -> PartialWork:
    """Nothing of it is paid, with the reason: its charge is released, its papers are void; decided, by who may decide.

    Raises PermissionDenied, Refusal (a payment is ordered).
    """
    part = _lock(contract)
    _take_back(by, part, "drop", note, "出来形を支払わないため")
    approvals.lock_contract_charges(contract)
    committing.lower_contract_to(by=by, contract=contract, amount_yen=0)
    mails.to_contractor("contract_part_dropped", contract, once="1", note=note)
    return part


@transaction.atomic
def invoice_part(*, by: Actor, contract: Contract) -> PartialWork:
    """請求書 of the accepted part, dated today. Raises PermissionDenied, Refusal."""
    part = PART.apply(_lock(contract), "invoice", by=by)
    mails.to_office("contract_invoiced", contract, once=f"part{part.inspections}")
    _issue(by, contract, INVOICE_KIND)
    return part


@transaction.atomic
def order_part_payment(*, by: Actor, contract: Contract) -> Payment:
    """支出命令 of the accepted part, once it is invoiced. Raises PermissionDenied, Refusal (not invoiced, ordered already)."""
    permissions.require(by, "grants.run_contract", contract)
    part = _lock(contract)
    if part.state != PartState.INVOICED or part.amount_yen is None:
        raise Refusal("支出命令を出せるのは、請求のあった出来形です。", code="moved")
    call, programme = contract.proposal.call, contract.proposal.call.theme.menu.programme
    return order_payment(
        by=by, authority=programme.authority, case=contract, slot=SLOT, kind=PaymentKind.CONTRACT,
        title=f"{call.theme.municipality.name}「{contract.title}」の出来形", payee=contract.proposal.organisation.name[:80],
        gross_yen=part.amount_yen, year=programme.fiscal_year,
    )  # fmt: skip


def _lock(contract: Contract) -> PartialWork:
    """Lock the contract, then its 出来形. Raises Refusal where there is none."""
    locked(contract)
    part = PartialWork.objects.filter(contract=contract).first()
    if part is None:
        raise Refusal("出来形を検査する契約ではありません。", code="moved")
    part.contract = contract
    return locked(part)


def _take_back(by: Actor, part: PartialWork, step: str, note: str, why: str) -> None:
    """Out of its state with what was inspected, decided and invoiced; never under a payment that is ordered."""
    contract = part.contract
    PART.apply(
        part, step, by=by, note=note, inspected_on=None, inspected_at=None, inspected_by=None, percent=None,
        amount_yen=None, findings="", decided_at=None, decided_by=None, invoiced_at=None, invoiced_by=None,
    )  # fmt: skip
    if queries.payments_of(contract).exists():
        raise Refusal("支出命令を出しています。先に、支出命令を取り消してください。", code="ordered")
    kinds = (INSPECTION_KIND, INVOICE_KIND)
    for paper in papers.of(contract).filter(kind__in=kinds, state__in=LIVE_STATES):
        documents.void(paper, by=JobActor(step), note=why)


def _issue(by: Actor, contract: Contract, kind: str) -> None:
    programme = contract.proposal.call.theme.menu.programme
    documents.issue(
        kind,
        contract,
        by=by,
        authority=programme.authority,
        section=contract.office,
        year=programme.fiscal_year,
    )
