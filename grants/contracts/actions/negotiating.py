"""Before the contract: begun for an adopted proposal, its terms, the contractor's 見積."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.models import StoredFile
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ...commission.enums import ProposalState
from ...models import CommissionCall, Contract, Proposal
from ...routing import office_of
from .. import mails, queries
from ..enums import GROUND, ContractFileKind
from ..holding import hold_negotiating
from .files import keep_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the office settles of a contract before it asks for the 決裁."""

    ground: str
    reason: str
    estimated_yen: int | None
    deposit_exempt: bool
    deposit_reason: str
    starts_on: date | None
    ends_on: date | None


@transaction.atomic
def open_contract(*, by: Actor, proposal: Proposal) -> Contract:
    """Begin the negotiation about an adopted proposal; the contractor is asked for its 見積. One contract a proposal.

    Raises PermissionDenied, Refusal (not adopted, begun already, the call is not announced).
    """
    permissions.require(by, "grants.qualify_proposal", proposal)
    if permissions.check(by, "grants.write_proposal", proposal):
        raise PermissionDenied("自分の団体との契約は、ほかの担当者が進めます。")
    call = locked(CommissionCall.objects.get(pk=proposal.call_id))
    if locked(proposal).state != ProposalState.ADOPTED or call.announced_at is None:
        raise Refusal("契約の協議を始められるのは、採択を公表した企画提案です。", code="moved")
    if Contract.objects.filter(proposal=proposal).exists():
        raise Refusal("この企画提案の契約は、もう協議を始めています。", code="twin")
    contract = insert(
        Contract(
            proposal=proposal, office=office_of(call.theme.menu, call.theme.municipality), title=call.title, ground=GROUND,
            ends_on=call.ends_on, created_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.contract.opened", by=by, target=contract)
    mails.to_contractor("contract_opened", contract, once="1")
    return contract


@transaction.atomic
def save_terms(*, by: Actor, contract: Contract, revision: int, terms: Terms) -> Contract:
    """Save what the office settles. Gaps may stay until the 決裁 is drafted.

    Raises PermissionDenied, Refusal (no negotiation, a 決裁 runs, another saved meanwhile, beyond the ceiling of the
    call, outside its period).
    """
    permissions.require(by, "grants.run_contract", contract)
    hold_negotiating(contract)
    if contract.revision != revision:
        message = "この画面を開いたあとに、ほかの人が保存しました。あなたの入力は残っています。保存された内容を見くらべてから、もう一度保存してください。"
        raise Refusal(message, code="conflict")
    _check_terms(contract, terms)
    values = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
    change(contract, {**values, "revision": revision + 1})
    audit.record("grants.contract.saved", by=by, target=contract, data={"revision": contract.revision})
    return contract


@transaction.atomic
def give_quote(*, by: Actor, contract: Contract, price_yen: int, file: StoredFile) -> Contract:
    """The contractor's 見積額 with tax and its 見積書, until the office asks for the 決裁; a newer one stands.

    Raises PermissionDenied, Refusal (no negotiation, a 決裁 runs, above the ceiling of the call).
    """
    permissions.require(by, "grants.fulfil_contract", contract)
    hold_negotiating(contract)
    most = queries.ceiling(contract)
    if not 1 <= price_yen <= most:
        raise Refusal(f"見積額は、1円から上限額{yen(most)}(税込み)までです。", field="price_yen")
    row = keep_file(by=by, contract=contract, kind=ContractFileKind.QUOTE, file=file)
    change(contract, {"price_yen": price_yen, "quoted_at": clock.now(), "quoted_by": user_of(by)})
    audit.record("grants.contract.quoted", by=by, target=contract, data={"price_yen": price_yen})
    mails.to_office("contract_quoted", contract, once=str(row.pk))
    return contract


def _check_terms(contract: Contract, terms: Terms) -> None:
    call = contract.proposal.call
    if terms.estimated_yen is not None and not 1 <= terms.estimated_yen <= queries.ceiling(contract):
        raise Refusal(
            f"予定価格は、1円から上限額{yen(queries.ceiling(contract))}(税込み)までです。",
            field="estimated_yen",
        )
    if terms.deposit_exempt and not terms.deposit_reason.strip():
        raise Refusal("契約保証金を免除するときは、理由を入力してください。", field="deposit_reason")
    year = FiscalYear(call.theme.menu.programme.fiscal_year)
    if terms.starts_on is not None and terms.starts_on not in year:
        raise Refusal(f"履行期間の始まりは、{year.label}のうちの日です。", field="starts_on")
    if terms.ends_on is not None and terms.ends_on > call.ends_on:
        raise Refusal(
            f"履行期間の終わりは、公募要領の業務の期限({wareki(call.ends_on)})までです。", field="ends_on"
        )
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise Refusal("履行期間の終わりは、始まりより後にしてください。", field="ends_on")
