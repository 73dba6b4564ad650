"""請求 → 支出命令 → paid, and the end of the file at balance 0. The payment itself is entered at `grants.payments`."""

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.kernel import audit
from portal.kernel.actors import Actor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import workflow
from ...actions.payments import order_payment
from ...enums import ApplicationState
from ...models import Application, Invoice, Payment
from ...payments.enums import PaymentKind
from ...recovery import queries as recovery
from .. import mails, queries
from ..papers import INVOICE
from ..waiting import check_no_approval
from .locking import lock_in

SETTLED = (ApplicationState.SETTLED,)


@transaction.atomic
def send_invoice(*, by: Actor, application: Application, own_number: str = "") -> Invoice:
    """Claim what is still to be paid of a settled file: 確定額 − paid. 請求書 is issued. Only the chief, once.

    Raises PermissionDenied, Refusal (nothing is left, claimed already).
    """
    lock_in(application, by=by, permission="grants.claim_payment", states=SETTLED)
    check_no_approval(application)
    left = queries.balance_of(application).left_yen
    if left <= 0:
        raise Refusal("請求する額がありません。確定額は、もう支払われています。", code="paid")
    row = insert(
        Invoice(application=application, amount_yen=left, own_number=own_number, filed_by=user_of(by))
    )
    audit.record("grants.invoice.sent", by=by, target=application, data={"amount_yen": left})
    mails.invoiced(application, row)
    programme = application.menu.programme
    documents.issue(
        INVOICE, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=own_number,
    )  # fmt: skip
    return row


@transaction.atomic
def order_grant(*, by: Actor, application: Application) -> Payment:
    """Order the payment of the invoice (支出命令) by the officer of the office. Raises PermissionDenied, Refusal (no invoice, ordered)."""
    lock_in(application, by=by, permission="grants.inspect_result", states=SETTLED)
    check_no_approval(application)
    row = Invoice.objects.filter(application=application).first()
    if row is None:
        raise Refusal("市町村の請求書が、まだ届いていません。", code="invoice")
    left = queries.balance_of(application).left_yen
    if row.amount_yen > left:
        raise Refusal(
            f"請求額({yen(row.amount_yen)})が、未払いの額({yen(max(0, left))})を超えています。", code="over"
        )
    programme, town = application.menu.programme, application.municipality
    return order_payment(
        by=by, authority=programme.authority, case=application, slot=f"invoice:{row.pk}", kind=PaymentKind.GRANT,
        title=f"{town.name}「{application.title}」", payee=town.name, gross_yen=row.amount_yen,
        year=programme.fiscal_year,
    )  # fmt: skip


@transaction.atomic
def close_application(*, by: Actor, application: Application) -> Application:
    """Close a settled file whose balance is 0 and which waits for no payment and no 返還; it is kept from 1 April after.

    Raises PermissionDenied, Refusal.
    """
    lock_in(application, by=by, permission="grants.close_application", states=SETTLED)
    check_no_approval(application)
    found = queries.balance_of(application)
    if found.waiting_yen:
        raise Refusal(f"支払いを待っている支出命令があります({yen(found.waiting_yen)})。", code="unpaid")
    if found.left_yen > 0:
        raise Refusal(f"まだ支払っていない額が{yen(found.left_yen)}あります。", code="unpaid")
    if found.left_yen < 0:
        raise Refusal(f"まだ返還されていない額が{yen(-found.left_yen)}あります。", code="unreturned")
    if recovery.open_of(application).exists():
        raise Refusal("返還の加算金か延滞金が、まだ納入されていません。", code="unreturned")
    return workflow.SUBSIDY.apply(application, "close", by=by)
