"""The contractor's side of a signed contract: 着手届, 中間報告, 完了届 with 成果物, 請求書."""

from datetime import date

from django.db import transaction

from communities.saving import locked
from portal.documents import actions as documents
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ...models import Contract
from .. import mails, queries
from ..enums import ContractFileKind, ContractState
from ..papers import INVOICE_KIND
from ..workflow import CONTRACT
from .files import keep_file


@transaction.atomic
def start_work(
    *, by: Actor, contract: Contract, started_on: date, file: StoredFile | None = None
) -> Contract:
    """着手届: the day the work began, within the period of the contract and not in the future.

    Raises PermissionDenied, Refusal.
    """
    _lock(by, contract)
    if contract.state == ContractState.SIGNED and contract.starts_on and contract.ends_on:
        _check_past(started_on, "started_on")
        if not contract.starts_on <= started_on <= contract.ends_on:
            raise Refusal(
                f"着手日は、履行期間({wareki(contract.starts_on)}から{wareki(contract.ends_on)}まで)のうちの日です。",
                field="started_on",
            )
    CONTRACT.apply(contract, "start", by=by, started_on=started_on)
    if file is not None:
        keep_file(by=by, contract=contract, kind=ContractFileKind.START, file=file)
    mails.to_office("contract_started", contract, once="1", town=True)
    return contract


@transaction.atomic
def report_interim(*, by: Actor, contract: Contract, text: str, file: StoredFile | None = None) -> Contract:
    """中間報告: how the work goes. Raises PermissionDenied, Refusal (not begun, reported already)."""
    _lock(by, contract)
    CONTRACT.apply(contract, "report", by=by, interim=text)
    if file is not None:
        keep_file(by=by, contract=contract, kind=ContractFileKind.INTERIM, file=file)
    mails.to_office("contract_reported", contract, once="1", town=True)
    return contract


@transaction.atomic
def complete_work(
    *, by: Actor, contract: Contract, completed_on: date, outcome: str, report: StoredFile, deliverable: StoredFile
) -> Contract:  # fmt: skip
    """完了届 with 実績報告 and 成果物: done by the last day of the contract, so that inspection and payment fit the 年度.

    Raises PermissionDenied, Refusal (a day after the period or in the future, no interim report yet).
    """
    _lock(by, contract)
    if queries.open_amendment(contract):
        raise Refusal(
            "変更の申出の結果が出てから届け出てください。申出は、取り下げることもできます。", code="amending"
        )
    if contract.state == ContractState.INTERIM and contract.started_on and contract.ends_on:
        _check_past(completed_on, "completed_on")
        if completed_on > contract.ends_on:
            raise Refusal(
                f"履行期間は{wareki(contract.ends_on)}までです。間に合わなかったときは、県の担当者に相談してください。",
                field="completed_on",
            )
        if completed_on < contract.started_on:
            raise Refusal("完了日が、着手日より前です。", field="completed_on")
    CONTRACT.apply(contract, "complete", by=by, completed_on=completed_on, outcome=outcome)
    row = keep_file(by=by, contract=contract, kind=ContractFileKind.COMPLETION, file=report)
    keep_file(by=by, contract=contract, kind=ContractFileKind.DELIVERABLE, file=deliverable)
    mails.to_office("contract_completed", contract, once=str(row.pk), town=True)
    return contract


@transaction.atomic
def invoice(*, by: Actor, contract: Contract) -> Contract:
    """請求書 for the whole price once it was inspected, dated today. Raises PermissionDenied, Refusal."""
    _lock(by, contract)
    CONTRACT.apply(contract, "invoice", by=by)
    mails.to_office("contract_invoiced", contract, once="1")
    programme = contract.proposal.call.theme.menu.programme
    documents.issue(
        INVOICE_KIND, contract, by=by, authority=programme.authority, section=contract.office,
        year=programme.fiscal_year,
    )  # fmt: skip
    return contract


def _lock(by: Actor, contract: Contract) -> None:
    permissions.require(by, "grants.fulfil_contract", contract)
    locked(contract)


def _check_past(day: date, field: str) -> None:
    if day > clock.today_jst():
        raise Refusal("先の日は入れられません。", field=field)
