"""The 委託先 of ①: its contract and 科目, a month's 精算書, its one payment; a visit is never paid twice."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions
from grants.agency import personal, queries
from grants.agency.actions import contracts, statements
from grants.agency.enums import StatementState
from grants.desk import cases as desk
from grants.execution import queries as execution
from grants.execution.sums import left, uncommitted
from grants.models import AgencyStatement, BudgetLine, Commitment, Menu, Payment, Programme, VisitCost
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import audit
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.agency import NOVEMBER, agency, person_of, reported_visits, started, submitted
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import line_of
from tests.factories.dispatch import Adviser, menu
from tests.factories.grants import Town


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def sums(line: BudgetLine) -> tuple[int, int, int]:
    """(charged, ordered, 予算の残) of a 科目, as 執行管理 shows them."""
    row = execution.lines(Programme.objects.filter(pk=line.programme_id)).get(pk=line.pk)
    return row.committed_yen, row.ordered_yen, uncommitted(row)


def test_the_contract_is_charged_to_its_line_as_a_whole(town: Town) -> None:
    line = line_of(town, menu(), amount_yen=600_000)
    contract = agency(town)
    assert contract.commitment.number.endswith("-負-0001")
    assert sums(line) == (500_000, 0, 100_000)
    with pytest.raises(Refusal, match="足りません") as beyond:
        contracts.change_agency(by=town.prefecture, contract=contract, amount_yen=600_001)
    assert beyond.value.code == "budget"
    contract.refresh_from_db()
    contracts.change_agency(by=town.prefecture, contract=contract, amount_yen=600_000)
    assert sums(line) == (600_000, 0, 0)
    assert [entry.event for entry in audit.history(contract)] == [
        "grants.agencycontract.changed",
        "grants.agencycontract.registered",
    ]


def test_a_contract_beyond_the_line_or_twice_a_year_is_refused(town: Town) -> None:
    line_of(town, menu(), amount_yen=400_000)
    with pytest.raises(Refusal, match="足りません"):
        agency(town)
    agency(town, amount_yen=100_000)
    with pytest.raises(Refusal):
        agency(town, amount_yen=100_000)
    with pytest.raises(PermissionDenied):
        contracts.change_agency(
            by=town.chief, contract=queries.with_contract(queries.AgencyContract.objects.all()).get(), amount_yen=1
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "signed_on", "words"),
    [
        ({"provisional": True}, date(2026, 4, 1), "予算の成立"),
        ({"state": "draft", "published_at": None}, date(2026, 4, 1), "事業の公開"),
        ({}, date(2999, 4, 1), "先の日"),
    ],
)
def test_no_contract_before_the_budget_or_before_its_day(
    town: Town, changed: dict[str, object], signed_on: date, words: str
) -> None:
    found = menu()
    line = line_of(town, found)
    Programme.objects.filter(pk=found.programme_id).update(**changed)
    with pytest.raises(Refusal, match=words):
        contracts.register_agency(
            by=town.prefecture, menu=Menu.objects.get(pk=found.pk), organisation_name="別", kind="civic",
            area=town.area, number="1", signed_on=signed_on, amount_yen=1, line=line,
        )  # fmt: skip
    assert not Commitment.objects.exists()
    assert queries.menus_without(found.programme.authority).exists() is (not changed)


def test_the_line_is_of_the_same_year(town: Town) -> None:
    other = Programme.objects.get(pk=menu().programme_id)
    other.pk, other.slug, other.fiscal_year = uuid4(), "another", 2030
    other.save(force_insert=True)
    line = BudgetLine.objects.create(
        programme=other, kan="款", kou="項", moku="目", setsu=12, amount_yen=1_000_000
    )
    with pytest.raises(Refusal, match="この事業の科目"):
        contracts.register_agency(
            by=town.prefecture, menu=menu(), organisation_name="別", kind="civic", area=town.area, number="1",
            signed_on=date(2026, 4, 1), amount_yen=1, line=line,
        )  # fmt: skip


def test_a_month_becomes_one_statement_and_one_payment(town: Town, adviser: Adviser) -> None:
    visits = reported_visits(town, adviser)
    contract = agency(town)
    made = submitted(town, contract)
    costs = list(made.costs.all())
    assert [(cost.fee_yen, cost.travel_yen, cost.withheld_yen, cost.net_yen) for cost in costs] == [
        (20_000, 1_000, 2_144, 18_856)  # 源泉徴収 floor(21,000 × 10.21 %)
    ] * 2
    assert (made.fee_yen, made.travel_yen, made.office_yen, made.total_yen) == (40_000, 2_000, 6_000, 48_000)
    assert queries.left(contract) == 452_000
    paper = Document.objects.get(object_id=made.pk)
    assert (paper.snapshot["body"]["left_yen"], len(paper.snapshot["body"]["rows"])) == (452_000, 2)
    assert [item.title for item in desk.items(Scope.of(town.prefecture))] == [
        f"{contract.organisation.name}の精算書 第1回を確認する"
    ]
    statements.check_statement(by=town.prefecture, statement=made)
    payment = Payment.objects.get(case_id=made.pk)
    assert (payment.gross_yen, payment.withheld_yen, payment.line, payment.payee) == (
        48_000,
        0,
        contract.line,
        contract.organisation.name,
    )
    assert not desk_titles(town)
    pay(payment)
    made.refresh_from_db()
    assert made.state == StatementState.PAID
    closed = actions.close_dispatch(by=town.prefecture, dispatch=visits[0].dispatch)
    assert closed.state == "closed"
    row = execution.lines(Programme.objects.filter(pk=contract.line.programme_id)).get(pk=contract.line_id)
    assert (row.paid_yen, left(row)) == (48_000, 452_000)


def desk_titles(town: Town) -> list[str]:
    return [item.title for item in desk.items(Scope.of(town.prefecture))]


def pay(payment: Payment) -> None:
    by = actor(officer(Role.ACCOUNTANT, KAGOSHIMA))
    actions.enter_payment(by=by, payment=payment, paid_on=date(2026, 11, 25))


def test_a_visit_of_a_statement_is_not_paid_directly_nor_the_other_way(town: Town, adviser: Adviser) -> None:
    first, second = reported_visits(town, adviser)
    contract = agency(town)
    [direct] = actions.order_visit_payment(by=town.prefecture, visit=first)
    made = started(town, contract)
    assert [cost.visit for cost in made.costs.all()] == [second]
    with pytest.raises(Refusal, match="精算書に入っています"):
        actions.order_visit_payment(by=town.prefecture, visit=second)
    with pytest.raises(Refusal, match="まだ支払っていない回がありません"):
        started(town, contract)
    statements.drop_statement(by=town.prefecture, statement=made)
    actions.order_visit_payment(by=town.prefecture, visit=second)
    actions.cancel_payment(by=town.prefecture, payment=direct, note="委託先から払う。")
    again = started(town, contract)
    assert ([cost.visit for cost in again.costs.all()], again.number) == ([first], 2)
    with pytest.raises(Refusal, match="支払いが済んでいない回があります"):
        actions.close_dispatch(by=town.prefecture, dispatch=first.dispatch)


def test_the_contract_holds_what_is_submitted(town: Town, adviser: Adviser) -> None:
    reported_visits(town, adviser)
    contract = agency(town, amount_yen=47_999)
    made = started(town, contract)
    travel = {cost.pk: 1_000 for cost in made.costs.all()}
    with pytest.raises(Refusal, match="契約額の残りは47,999円で、48,000円の精算には足りません") as over:
        statements.write_statement(
            by=town.prefecture, statement=made, revision=0, travel=travel, hand_in=True
        )
    assert over.value.code == "over"
    assert AgencyStatement.objects.get().state == StatementState.DRAFT
    contracts.change_agency(by=town.prefecture, contract=contract, amount_yen=48_000)
    made.refresh_from_db()
    statements.write_statement(by=town.prefecture, statement=made, revision=0, travel=travel, hand_in=True)
    with pytest.raises(Refusal, match="もう48,000円の精算書が出ています"):
        contracts.change_agency(by=town.prefecture, contract=contract, amount_yen=47_999)


def test_the_organisation_s_person_writes_and_the_office_returns_it(town: Town, adviser: Adviser) -> None:
    reported_visits(town, adviser)
    contract = agency(town)
    person, stranger = person_of(contract), actor(officer(Role.MUNICIPAL_OFFICER, town.area.pk))
    by = actor(person)
    made = statements.start_statement(by=by, contract=contract, month=NOVEMBER)
    with pytest.raises(PermissionDenied):
        statements.write_statement(by=stranger, statement=made, revision=0, travel={})
    statements.write_statement(by=by, statement=made, revision=0, travel={})
    with pytest.raises(Refusal, match="ほかの人が保存しました"):
        statements.write_statement(by=town.prefecture, statement=made, revision=0, travel={})
    made.refresh_from_db()
    statements.write_statement(by=by, statement=made, revision=1, travel={}, hand_in=True)
    assert told("submitted") == {town.prefecture_user.email}
    for nobody in (by, stranger):
        with pytest.raises(PermissionDenied):
            statements.check_statement(by=nobody, statement=made)
    statements.return_statement(by=town.prefecture, statement=made, note="旅費が空です。")
    assert (made.state, made.submitted_at, told("returned")) == (StatementState.DRAFT, None, {person.email})
    statements.write_statement(by=by, statement=made, revision=2, travel={}, hand_in=True)
    states = Document.objects.filter(object_id=made.pk).order_by("number").values_list("version", "state")
    assert list(states) == [("1", "replaced"), ("2", "issuing")]
    assert queries.visible_to(Scope.of(by)).get() == made
    assert not queries.visible_to(Scope.of(stranger)).exists()
    assert personal.rows(person.pk)["精算書"][0]["提出した"] is True


def told(mail: str) -> set[str]:
    rows = OutboxMessage.objects.filter(template=f"grants/mail/agency/{mail}")
    return set(rows.values_list("to_address", flat=True))


def test_a_cancelled_order_is_given_again_once(town: Town, adviser: Adviser) -> None:
    reported_visits(town, adviser)
    contract = agency(town)
    person = person_of(contract)
    made = submitted(town, contract)
    with pytest.raises(Refusal, match="確認が済んだ精算書"):
        statements.order_statement(by=town.prefecture, statement=made)
    statements.check_statement(by=town.prefecture, statement=made)
    with pytest.raises(Refusal, match="もう支出命令"):
        statements.order_statement(by=town.prefecture, statement=made)
    first = Payment.objects.get(case_id=made.pk)
    actions.cancel_payment(by=town.prefecture, payment=first, note="口座のまちがい。")
    pay(statements.order_statement(by=town.prefecture, statement=made))
    assert told("paid") == {person.email}
    with pytest.raises(Refusal, match="いま「支払い済み」です"):
        statements.check_statement(by=town.prefecture, statement=made)


def test_months_are_those_of_the_year_that_have_begun(town: Town) -> None:
    contract = agency(town)
    assert queries.months(contract)[0] == NOVEMBER
    assert len(queries.months(contract)) == 8
    for month in (date(2026, 12, 1), date(2026, 3, 1)):
        with pytest.raises(Refusal, match="もう始まっている月"):
            statements.start_statement(by=town.prefecture, contract=contract, month=month)
    with pytest.raises(Refusal, match="両方の報告がそろい"):
        started(town, contract)


def test_a_body_is_paid_without_tax(town: Town) -> None:
    reported_visits(town, Adviser(town, {"payee_kind": "body"}), count=1)
    assert started(town, agency(town)).costs.get().withheld_yen == 0
    assert VisitCost.objects.get().total_yen == 23_000
