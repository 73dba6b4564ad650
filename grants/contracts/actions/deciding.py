"""The 決裁 of a contract: drafted with its 科目, and what follows when it is complete or sent back."""

from datetime import date

from django.db import transaction

from communities.saving import locked
from portal.documents import actions as documents
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from ...actions import approving, committing
from ...commission.enums import ProposalState
from ...decision_day import check_year
from ...enums.approving import Matter
from ...models import Approval, BudgetLine, Contract
from .. import mails, queries
from ..holding import hold_negotiating
from ..papers import CONTRACT_KIND
from ..workflow import CONTRACT

NEEDED = {
    "reason": "随意契約の理由",
    "ground": "随意契約の根拠",
    "estimated_yen": "予定価格",
    "starts_on": "履行期間の始まり",
    "ends_on": "履行期間の終わり",
}


@transaction.atomic
def draft_contract(*, by: Actor, contract: Contract, line: BudgetLine, note: str = "") -> Approval:
    """Ask for the 決裁 of the contract at the contractor's 見積額, charged to `line`; `note` (伺い) is for those who sign.

    Raises PermissionDenied, Refusal (drafted already, terms or 見積 missing, above 予定価格 or ceiling, 科目 exhausted).
    """
    permissions.require(by, "grants.run_contract", contract)
    hold_negotiating(contract)
    if missing := [label for name, label in NEEDED.items() if not getattr(contract, name)]:
        raise Refusal(f"まだ決まっていないことがあります:{'、'.join(missing)}。", code="incomplete")
    price = _price(contract)
    menu = contract.proposal.call.theme.menu
    approval = approving.draft(
        by=by, matter=Matter.CONTRACT, menu=menu, title=contract.title, note=note, contract=contract
    )
    committing.plan(by=by, approval=approval, line=line, amount_yen=price)
    return approval


def _price(contract: Contract) -> int:
    """The price as it may be signed: within 予定価格 and the ceiling. Raises Refusal."""
    price, estimated = contract.price_yen, contract.estimated_yen
    if price is None:
        raise Refusal("受託する団体の見積りが、まだ出ていません。", code="unquoted")
    if estimated is None or price > estimated:
        raise Refusal("見積額が予定価格を超えています。団体と協議してください。", code="over")
    if price > queries.ceiling(contract):
        raise Refusal("見積額が上限額を超えています。", code="over")
    return price


def _lock(approval: Approval) -> Contract:
    return locked(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Still negotiated and adopted, within 予定価格, and decided in the 年度, not before the 見積."""
    contract = _case(approval)
    contract.proposal.refresh_from_db(fields=["state"])
    if not contract.is_negotiating or contract.proposal.state != ProposalState.ADOPTED:
        raise Refusal("この企画提案は、もう採択ではありません。差し戻してください。", code="moved")
    _price(contract)
    check_year(approval, decided_on)
    if contract.quoted_at and decided_on < contract.quoted_at.astimezone(clock.JST).date():
        raise Refusal("決裁日が、見積りの出た日より前です。", field="decided_on")


def _signed(by: Actor, approval: Approval) -> None:
    """Signed on the 施行日, not after the work begins; 契約書 is made last, all sides are told."""
    contract, programme = _case(approval), approval.menu.programme
    if contract.starts_on and approval.effective_on and approval.effective_on > contract.starts_on:
        message = f"契約日が、履行期間の始まり({wareki(contract.starts_on)})より後です。差し戻して、期間を決めなおしてください。"
        raise Refusal(message, field="effective_on", code="late")
    CONTRACT.apply(contract, "sign", by=by, signed_on=approval.effective_on)
    mails.signed(contract)
    documents.issue(
        CONTRACT_KIND, contract, by=by, authority=programme.authority, section=contract.office,
        year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """It is negotiated on; who drafted it is told."""
    mails.sent_back(_case(approval), approval, note)


def _case(approval: Approval) -> Contract:
    """The contract of a 決裁. Raises ValueError for a 決裁 of another table."""
    if approval.contract is None:
        raise ValueError(f"{approval.pk}: not about a contract")
    return approval.contract


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)
