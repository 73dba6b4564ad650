"""変更契約: the contractor asks for another end or price, with the reason; the office answers through its 決裁.

Work that ends early is amended too, down to what was done (出来高): a 打切り releases the charge and pays nothing.
"""

from datetime import date

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.models import StoredFile
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ...actions import approving, committing
from ...decision_day import check_year
from ...enums.approving import Matter
from ...models import Amendment, Approval, BudgetLine, Contract
from ...queries import approving as approvals
from .. import mails, queries
from ..enums import AMENDMENT_PAPER, AMENDMENTS_MAX, WORKING, ContractFileKind
from ..workflow import AMENDMENT
from .files import keep_file


@transaction.atomic
def ask_amendment(
    *, by: Actor, contract: Contract, ends_on: date, price_yen: int, reason: str, file: StoredFile | None = None
) -> Amendment:  # fmt: skip
    """Ask to change the end or the price (with tax) of a running contract; another price comes with its 見積書.

    Raises PermissionDenied, Refusal (not at work, its time is over, one is open, out of the year, above the ceiling).
    """
    permissions.require(by, "grants.fulfil_contract", contract)
    ends_before, price_before = _hold(contract)
    if queries.open_amendment(contract):
        raise Refusal(
            "変更の申出が、もうあります。結果を待つか、取り下げてから申し出てください。", code="twin"
        )
    number = contract.amendments.count() + 1
    if number > AMENDMENTS_MAX:
        raise Refusal(f"契約の変更は、{AMENDMENTS_MAX}回までです。", code="many")
    if (ends_on, price_yen) == (ends_before, price_before):
        raise Refusal("終わりの日か契約金額の、どちらかを変えてください。", field="ends_on")
    _check(contract, ends_on, price_yen)
    if price_yen != price_before and file is None:
        raise Refusal("契約金額を変えるときは、見積書を付けてください。", field="file")
    row = insert(
        Amendment(
            contract=contract, number=number, reason=reason, ends_before=ends_before, ends_on=ends_on,
            price_before=price_before, price_yen=price_yen, asked_by=user_of(by),
        )
    )  # fmt: skip
    if file is not None:
        keep_file(by=by, contract=contract, kind=ContractFileKind.AMENDMENT, file=file)
    data = {"number": number, "ends_on": ends_on.isoformat(), "price_yen": price_yen}
    audit.record("grants.contract.amendment_asked", by=by, target=contract, data=data)
    mails.to_office("contract_amendment_asked", contract, once=str(row.pk), note=reason)
    return row


@transaction.atomic
def withdraw_amendment(*, by: Actor, contract: Contract) -> Amendment:
    """Take one's request back before the office drafts its 決裁. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.fulfil_contract", contract)
    row = AMENDMENT.apply(_open(contract), "withdraw", by=by)
    audit.record("grants.contract.amendment_withdrawn", by=by, target=contract, data={"number": row.number})
    return row


@transaction.atomic
def decline_amendment(*, by: Actor, contract: Contract, note: str) -> Amendment:
    """The contract stays as it is, with the reason. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_contract", contract)
    row = AMENDMENT.apply(_open(contract), "decline", by=by, note=note)
    audit.record("grants.contract.amendment_declined", by=by, target=contract, data={"number": row.number})
    mails.to_contractor("contract_amendment_declined", contract, once=str(row.pk), note=note)
    return row


@transaction.atomic
def draft_amendment(
    *, by: Actor, contract: Contract, line: BudgetLine | None = None, estimated_yen: int | None = None, note: str = ""
) -> Approval:  # fmt: skip
    """Ask for the 決裁 of the change as it was asked for; what the price rises by is charged to `line`.

    `estimated_yen`: the 予定価格 anew, where the price rises above the old one. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.run_contract", contract)
    row = _open(contract)
    _check(contract, row.ends_on, row.price_yen)
    most = queries.ceiling(contract)
    needed = row.price_yen > (contract.estimated_yen or 0)
    if needed and not row.price_yen <= (estimated_yen or 0) <= most:
        raise Refusal(
            f"変更後の予定価格を、見積額{yen(row.price_yen)}から上限額{yen(most)}までで入力してください。", field="estimated_yen"
        )  # fmt: skip
    rises = row.difference_yen
    if rises > 0 and line is None:
        raise Refusal("増える額を支出する科目を選んでください。", field="line", code="line")
    menu = contract.proposal.call.theme.menu
    approval = approving.draft(
        by=by, matter=Matter.AMENDMENT, menu=menu, title=contract.title, note=note, contract=contract
    )
    change(locked(row), {"approval": approval, "estimated_yen": estimated_yen if needed else None})
    if rises > 0 and line is not None:
        committing.plan(by=by, approval=approval, line=line, amount_yen=rises)
    return approval


def _hold(contract: Contract) -> tuple[date, int]:
    """Lock it while the work goes on: its end and price. Raises Refusal."""
    if locked(contract).state not in WORKING or contract.ends_on is None or contract.price_yen is None:
        raise Refusal("契約を変えられるのは、契約を結んでから、完了を届け出るまでです。", code="moved")
    return contract.ends_on, contract.price_yen


def _open(contract: Contract) -> Amendment:
    """What was asked for and waits, the contract locked, no 決裁 running. Raises Refusal."""
    _hold(contract)
    row = queries.open_amendment(contract)
    if row is None:
        raise Refusal("変更の申出がありません。最新の内容を確かめてください。", code="moved")
    if queries.open_approval(contract):
        raise Refusal("県の決裁の途中です。結果が出るまで、変えられません。", code="deciding")
    row.contract = contract
    return row


def _check(contract: Contract, ends_on: date, price_yen: int) -> None:
    """Within the time of the contract, the last day of its year for a completion, and the ceiling with tax. Raises Refusal."""
    today, last, most = clock.today_jst(), queries.last_day(contract), queries.ceiling(contract)
    if contract.ends_on and today > contract.ends_on:
        raise Refusal(
            f"履行期間({wareki(contract.ends_on)}まで)が過ぎた契約は、変えられません。県の担当者に相談してください。",
            field="ends_on", code="late",
        )  # fmt: skip
    if not today <= ends_on <= last:
        raise Refusal(
            f"終わりの日は、今日から{wareki(last)}までです。検査と支払いを年度内に終えるためです。",
            field="ends_on",
        )
    if contract.starts_on and ends_on < contract.starts_on:
        raise Refusal("終わりの日が、履行期間の始まりより前です。", field="ends_on")
    if not 1 <= price_yen <= most:
        raise Refusal(f"契約金額は、1円から上限額{yen(most)}(税込み)までです。", field="price_yen")


def _lock(approval: Approval) -> Contract:
    return locked(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Still asked for and at work, within its bounds; decided in the 年度, not before it was asked for. Locks the 科目."""
    contract = _case(approval)
    _hold(contract)
    row = queries.open_amendment(contract)
    if row is None:
        raise Refusal("変更の申出は、もうありません。差し戻してください。", code="moved")
    if row.price_yen > queries.ceiling(contract):
        raise Refusal("契約金額が上限額を超えています。", code="over")
    check_year(approval, decided_on)
    if decided_on < row.asked_at.astimezone(clock.JST).date():
        raise Refusal("決裁日が、変更の申出より前です。", field="decided_on")
    if row.difference_yen < 0:
        approvals.lock_contract_charges(contract)


def _signed(by: Actor, approval: Approval) -> None:
    """Changed on the 施行日, while the contract still runs; 変更契約書 is made last, all sides are told."""
    contract, programme = _case(approval), approval.menu.programme
    row = queries.open_amendment(contract)
    if row is None or approval.effective_on is None or contract.ends_on is None:
        raise ValueError(f"{approval.pk}: nothing was rechecked")
    if approval.effective_on > min(contract.ends_on, row.ends_on):
        message = "変更契約の日が、履行期間の終わりより後です。期間のうちの施行日を入力してください。"
        raise Refusal(message, field="effective_on", code="late")
    row.contract = contract
    AMENDMENT.apply(row, "agree", by=by, agreed_on=approval.effective_on)
    values = {"ends_on": row.ends_on, "price_yen": row.price_yen}
    change(contract, values | ({"estimated_yen": row.estimated_yen} if row.estimated_yen else {}))
    if row.difference_yen < 0:
        committing.lower_contract_to(by=by, contract=contract, amount_yen=row.price_yen)
    data = {"number": row.number, "ends_on": row.ends_on.isoformat(), "price_yen": row.price_yen}
    audit.record("grants.contract.amended", by=by, target=contract, data=data)
    mails.amended(contract, row)
    documents.issue(
        AMENDMENT_PAPER, row, by=by, authority=programme.authority, section=contract.office,
        year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """What was asked for waits again; who drafted it is told."""
    mails.sent_back(_case(approval), approval, note)


def _case(approval: Approval) -> Contract:
    """The contract of a 決裁. Raises ValueError for a 決裁 of another table."""
    if approval.contract is None:
        raise ValueError(f"{approval.pk}: not about a contract")
    return approval.contract


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)
