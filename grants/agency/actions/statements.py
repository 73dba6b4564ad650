"""精算書: a month's visits collected, their travel written, submitted, checked, paid as one payment.

Order of locks: contract of the 委託先 → statement → visits. A direct payment locks the visit and takes the same `VisitCost`.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.documents import actions as documents
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ...actions.payments import order_payment
from ...dispatch.queries import fee_of
from ...models import AgencyContract, AgencyStatement, Payment, Visit, VisitCost
from ...payments.enums import PaymentKind
from .. import mails, queries
from ..claiming import claim, tax_of
from ..enums import StatementState
from ..papers import STATEMENT_KIND
from ..workflow import STATEMENT

SLOT = "statement"
CONFLICT = "この画面を開いたあとに、ほかの人が保存しました。あなたの入力は残っています。保存された内容を見くらべてから、もう一度保存してください。"


@transaction.atomic
def start_statement(*, by: Actor, contract: AgencyContract, month: date) -> AgencyStatement:
    """Collect the visits up to the end of `month` (its first day) that nobody pays yet.

    Raises PermissionDenied, Refusal (a month that has not begun or of another year, a draft is open, no visit).
    """
    permissions.require(by, "grants.start_statement", contract)
    if month not in queries.months(contract):
        raise Refusal("この年度の、もう始まっている月を選んでください。", field="month")
    locked(contract)
    visits = _lock_visits(contract, month)
    if not visits:
        raise Refusal(
            "この月までに、両方の報告がそろい、まだ支払っていない回がありません。",
            field="month",
            code="empty",
        )
    statement = insert(
        AgencyStatement(
            contract=contract, number=contract.statements.count() + 1, month=month, created_by=user_of(by)
        )
    )
    for visit in visits:
        fee = fee_of(visit)
        claim(
            visit, statement=statement, fee_yen=fee, withheld_yen=tax_of(visit, fee), office_yen=contract.case_yen
        )  # fmt: skip
    audit.record("grants.agencystatement.started", by=by, target=statement, data={"visits": len(visits)})
    return statement


@transaction.atomic
def write_statement(
    *, by: Actor, statement: AgencyStatement, revision: int, travel: Mapping[UUID, int], hand_in: bool = False
) -> AgencyStatement:
    """Write the travel of its visits, in yen by the key of each cost; `hand_in`: and submit it.

    Raises PermissionDenied, Refusal (submitted, saved meanwhile, more than the contract has left), ValidationError.
    """
    permissions.require(by, "grants.write_statement", statement)
    contract = locked(statement.contract)
    _lock_draft(statement)
    if statement.revision != revision:
        raise Refusal(CONFLICT, code="conflict")
    costs = list(queries.costs_of(statement))
    for cost in costs:
        cost.travel_yen = travel.get(cost.pk, cost.travel_yen)
        cost.withheld_yen = tax_of(cost.visit, cost.fee_yen + cost.travel_yen)
        cost.save(update_fields=["travel_yen", "withheld_yen"])
    statement.revision += 1
    statement.fee_yen = sum(cost.fee_yen for cost in costs)
    statement.travel_yen = sum(cost.travel_yen for cost in costs)
    statement.office_yen = sum(cost.office_yen for cost in costs)
    statement.total_yen = statement.fee_yen + statement.travel_yen + statement.office_yen
    statement.save(update_fields=["revision", "fee_yen", "travel_yen", "office_yen", "total_yen"])
    data = {"revision": statement.revision, "total_yen": statement.total_yen}
    audit.record("grants.agencystatement.saved", by=by, target=statement, data=data)
    return _submit(statement, contract, by=by) if hand_in else statement


def _submit(statement: AgencyStatement, contract: AgencyContract, *, by: Actor) -> AgencyStatement:
    """The contract is locked: what is left of it holds the statement. Issues 精算書."""
    left = queries.left(contract, but=statement)
    if statement.total_yen > left:
        raise Refusal(
            f"契約額の残りは{yen(max(0, left))}で、{yen(statement.total_yen)}の精算には足りません。変更契約が要ります。",
            code="over",
        )
    STATEMENT.apply(statement, "submit", by=by, version=statement.version + 1)
    mails.submitted(statement, by=by)
    programme = contract.menu.programme
    documents.issue(
        STATEMENT_KIND, statement, by=by, authority=programme.authority, section=None, year=programme.fiscal_year
    )  # fmt: skip
    return statement


@transaction.atomic
def return_statement(*, by: Actor, statement: AgencyStatement, note: str) -> AgencyStatement:
    """Give it back to be mended, with the reason. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.check_statement", statement)
    locked(statement.contract)
    STATEMENT.apply(
        statement, "return_for_correction", by=by, note=note, submitted_at=None, submitted_by=None
    )
    mails.returned(statement, note)
    return statement


@transaction.atomic
def check_statement(*, by: Actor, statement: AgencyStatement) -> AgencyStatement:
    """Find it right and order its payment, as one. Raises PermissionDenied, Refusal (not submitted)."""
    permissions.require(by, "grants.check_statement", statement)
    locked(statement.contract)
    STATEMENT.apply(statement, "check", by=by)
    _order(statement, by=by)
    return statement


@transaction.atomic
def order_statement(*, by: Actor, statement: AgencyStatement) -> Payment:
    """Order it again after its order was cancelled. Raises PermissionDenied, Refusal (not checked, an order stands)."""
    permissions.require(by, "grants.check_statement", statement)
    if locked(statement).state != StatementState.CHECKED:
        raise Refusal("支出命令を出せるのは、確認が済んだ精算書です。", code="moved")
    return _order(statement, by=by)


@transaction.atomic
def drop_statement(*, by: Actor, statement: AgencyStatement) -> AgencyStatement:
    """Give a draft up; its visits can be paid in another way again. Raises PermissionDenied, Refusal (submitted)."""
    permissions.require(by, "grants.write_statement", statement)
    locked(statement.contract)
    STATEMENT.apply(statement, "drop", by=by)
    VisitCost.objects.filter(statement=statement).delete()
    return statement


def follow_payment(*, by: Actor, payment: Payment) -> None:
    """The accountant entered that it was paid: so is the statement, and the organisation is told."""
    statement = queries.with_statement(AgencyStatement.objects.all()).get(pk=payment.case_id)
    STATEMENT.apply(statement, "pay", by=by)
    mails.paid(statement)


def _lock_visits(contract: AgencyContract, month: date) -> list[Visit]:
    """The visits to be collected, each under its lock, without those that were paid directly meanwhile."""
    found = queries.collectable(contract, month).values_list("pk", flat=True)
    held = Visit.objects.filter(pk__in=list(found)).select_related("advisor").order_by("pk")
    rows = list(held.select_for_update(no_key=True, of=("self",)))
    still = set(
        queries.collectable(contract, month)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    return [row for row in rows if row.pk in still]


def _lock_draft(statement: AgencyStatement) -> None:
    if not locked(statement).is_draft:
        raise Refusal(f"この精算書は、いま「{statement.get_state_display()}」です。", code="moved")


def _order(statement: AgencyStatement, *, by: Actor) -> Payment:
    contract = statement.contract
    programme = contract.menu.programme
    return order_payment(
        by=by, authority=programme.authority, case=statement, slot=SLOT, kind=PaymentKind.CONTRACT,
        title=f"アドバイザーの派遣の精算 {statement.month_label}分", payee=contract.organisation.name[:80],
        gross_yen=statement.total_yen, year=programme.fiscal_year, line=contract.line,
    )  # fmt: skip
