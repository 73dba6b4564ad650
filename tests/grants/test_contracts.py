"""The contract of ④: negotiated, signed through 決裁, carried out, inspected, invoiced, paid, closed; every refusal."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions as grants
from grants.contracts.actions import deciding, ending, fulfilling, negotiating
from grants.models import Approval, Commitment, Contract
from portal.accounts.enums import Role
from portal.documents.models import Document
from portal.kernel import audit
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import appointment
from tests.factories.areas import KAGOSHIMA
from tests.factories.contracts import PRICE, TERMS, Deal, result
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .commission_support import body_of, mails
from .test_constraints import change, copy, refuses

SIGNING, WORK, DONE, AFTER = "2027-01-20", "2027-01-27", "2027-03-15", "2027-03-24"


@pytest.fixture
def deal(town: Town, clock: ClockFile) -> Deal:
    made = Deal(town)
    clock.set(f"{SIGNING}T10:00:00+09:00")
    return made


def at(clock: ClockFile, day: str) -> None:
    clock.set(f"{day}T10:00:00+09:00")


def test_a_contract_goes_from_its_quote_to_its_end(deal: Deal, clock: ClockFile) -> None:
    assert "contract_opened" in mails(deal.npo.user.email)
    assert deal.signed().state == "signed"
    assert (deal.contract.signed_on, deal.contract.price_yen) == (date(2027, 1, 20), PRICE)
    charge = Commitment.objects.get(approval__contract=deal.contract)
    assert (charge.amount_yen, charge.number) == (PRICE, "負-55")
    at(clock, WORK)
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 26))
    deal.report()
    at(clock, DONE)
    assert deal.complete().state == "completed"
    assert deal.inspect().inspected_by == deal.office.user
    assert deal.invoice().state == "invoiced"
    payment = deal.order()
    assert (payment.gross_yen, payment.withheld_yen, payment.fiscal_year) == (PRICE, 0, 2026)
    at(clock, AFTER)
    grants.enter_payment(by=deal.accountant, payment=payment, paid_on=date(2027, 3, 24))
    assert deal.fresh().state == "paid"
    assert "contract_paid" in mails(deal.npo.user.email)
    ending.close_contract(by=deal.office, contract=deal.fresh())
    assert deal.fresh().state == "closed"
    kinds = Document.objects.filter(object_id=deal.contract.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["grants.contract", "grants.contract_inspection", "grants.contract_invoice"]
    told = {
        "contract_quoted",
        "contract_started",
        "contract_reported",
        "contract_completed",
        "contract_invoiced",
    }
    assert told <= set(mails(deal.office.user.email))
    assert {"contract_begun", "contract_completed"} <= set(mails(deal.town.officer_user.email))
    events = [entry.event.rsplit(".", 1)[1] for entry in audit.history(deal.contract, limit=50)]
    assert events[0] == "close"
    assert {"opened", "saved", "quoted", "sign", "inspect", "pay"} <= set(events)


def test_what_the_papers_say(deal: Deal, clock: ClockFile) -> None:
    deal.signed()
    body = Document.objects.get(kind="grants.contract", object_id=deal.contract.pk).snapshot
    assert body["paper"]["own_number"] == "く共第123号"
    assert body["body"]["price_yen"] == PRICE
    assert body["body"]["tax_yen"] == 127_272
    assert body["body"]["form"] == "標準様式(第○条関係)"
    words = str(body["body"])
    assert "1450000" not in words, "予定価格 is not told"
    assert "最も優れた" not in words, "nor why it is not tendered"


@pytest.mark.parametrize(("changes", "field"), [
    ({"estimated_yen": 1_500_001}, "estimated_yen"), ({"estimated_yen": 0}, "estimated_yen"),
    ({"deposit_reason": " "}, "deposit_reason"), ({"starts_on": date(2027, 4, 1)}, "starts_on"),
    ({"ends_on": date(2027, 3, 19)}, "ends_on"), ({"ends_on": date(2027, 1, 24)}, "ends_on"),
])  # fmt: skip
def test_terms_that_do_not_fit_are_refused_at_their_field(
    deal: Deal, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        deal.settle(**changes)
    assert refused.value.field == field


def test_who_saves_an_older_page_is_told(deal: Deal) -> None:
    deal.settle()
    with pytest.raises(Refusal) as refused:
        negotiating.save_terms(by=deal.office, contract=deal.fresh(), revision=0, terms=TERMS)
    assert refused.value.code == "conflict"


def test_nothing_is_drafted_before_all_is_settled_and_within_its_bounds(deal: Deal) -> None:
    with pytest.raises(Refusal, match="随意契約の理由"):
        deal.draft()
    deal.settle()
    with pytest.raises(Refusal, match="見積りが、まだ"):
        deal.draft()
    with pytest.raises(Refusal, match="1,500,000円"):
        deal.quote(1_500_001)
    deal.quote(1_460_000)
    with pytest.raises(Refusal, match="予定価格を超えて"):
        deal.draft()
    deal.quote(1_450_000)
    deal.draft()
    for late in (lambda: deal.quote(), lambda: deal.settle(), lambda: deal.draft()):
        with pytest.raises(Refusal, match="決裁の途中"):
            late()


def test_a_draft_that_is_sent_back_is_negotiated_on(deal: Deal) -> None:
    deal.settle()
    deal.quote()
    approval = deal.draft()
    grants.send_back_approval(by=deal.office, approval=approval, note="期間を見なおすこと")
    assert "期間を見なおすこと" in body_of("contract_sent_back", deal.office.user.email)
    assert deal.fresh().is_negotiating
    assert Commitment.objects.get(approval=approval).released_at
    deal.quote(1_300_000)
    deal.draft()
    assert deal.sign().price_yen == 1_300_000


def test_the_day_of_the_contract_lies_before_the_work_and_in_the_year(deal: Deal, clock: ClockFile) -> None:
    deal.settle()
    deal.quote()
    deal.draft()
    with pytest.raises(Refusal, match="見積りの出た日より前"):
        deal.sign(decided_on=date(2027, 1, 19))
    at(clock, "2027-01-26")
    with pytest.raises(Refusal, match="履行期間の始まり"):
        deal.sign()
    assert deal.fresh().is_negotiating
    at(clock, "2027-04-02")
    with pytest.raises(Refusal, match="年度"):
        deal.sign()


def test_days_of_the_work_keep_to_the_period(deal: Deal, clock: ClockFile) -> None:
    deal.signed()
    for day, words in ((date(2027, 1, 21), "先の日"), (date(2027, 1, 19), "履行期間")):
        with pytest.raises(Refusal, match=words):
            fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=day)
    at(clock, WORK)
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 26))
    with pytest.raises(Refusal, match="いま「着手」"):
        deal.complete()
    deal.report()
    at(clock, "2027-03-19")
    with pytest.raises(Refusal, match="令和9年3月18日までです"):
        deal.complete(date(2027, 3, 19))
    with pytest.raises(Refusal, match="着手日より前"):
        deal.complete(date(2027, 1, 25))
    deal.complete(date(2027, 3, 18))
    with pytest.raises(Refusal, match="完了日より前"):
        ending.inspect_work(
            by=deal.office, contract=deal.fresh(), inspected_on=date(2027, 3, 17), findings="可"
        )
    with pytest.raises(Refusal, match="所見"):
        ending.inspect_work(
            by=deal.office, contract=deal.fresh(), inspected_on=date(2027, 3, 19), findings=" "
        )


def test_work_that_does_not_pass_comes_back_mended(deal: Deal, clock: ClockFile) -> None:
    deal.signed()
    at(clock, WORK)
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 26))
    deal.report()
    at(clock, DONE)
    deal.complete()
    ending.ask_rework(by=deal.office, contract=deal.fresh(), note="手引きに費用の章がない")
    assert deal.fresh().completed_on is None
    assert "費用の章" in body_of("contract_rework", deal.npo.user.email)
    deal.complete()
    assert deal.inspect().state == "inspected"


def test_payment_is_ordered_once_and_after_the_invoice(deal: Deal, clock: ClockFile) -> None:
    deal.signed()
    at(clock, WORK)
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 26))
    deal.report()
    deal.complete()
    deal.inspect()
    with pytest.raises(Refusal, match="請求のあった契約"):
        deal.order()
    deal.invoice()
    payment = deal.order()
    with pytest.raises(Refusal, match="もう支出命令"):
        deal.order()
    with pytest.raises(Refusal, match="いま「請求済み」"):
        ending.close_contract(by=deal.office, contract=deal.fresh())
    with pytest.raises(Refusal, match="いま「請求済み」"):
        ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="取りやめ")
    at(clock, "2027-06-01")
    with pytest.raises(Refusal, match="過年度支出"):
        grants.enter_payment(by=deal.accountant, payment=payment, paid_on=date(2027, 6, 1))
    appointment(deal.npo.user, Role.ACCOUNTANT, KAGOSHIMA)
    with pytest.raises(PermissionDenied, match="出納"):
        grants.enter_payment(
            by=UserActor(deal.npo.user), payment=payment, paid_on=date(2027, 6, 1), past_year=True
        )
    grants.enter_payment(by=deal.accountant, payment=payment, paid_on=date(2027, 6, 1), past_year=True)
    assert deal.fresh().state == "paid"


def test_who_may_what(deal: Deal) -> None:
    case, stranger = deal.fresh(), Town().officer
    for by in (deal.npo, deal.town.officer, deal.accountant, stranger):
        with pytest.raises(PermissionDenied):
            negotiating.save_terms(by=by, contract=case, revision=0, terms=TERMS)
        with pytest.raises(PermissionDenied):
            deciding.draft_contract(by=by, contract=case, line=None)  # type: ignore[arg-type]
        with pytest.raises(PermissionDenied):
            ending.terminate_contract(by=by, contract=case, note="x")
    for by in (deal.office, deal.town.officer, stranger):
        with pytest.raises(PermissionDenied):
            negotiating.give_quote(by=by, contract=case, price_yen=1, file=deal.paper(by))
    with pytest.raises(Refusal, match="もう一度選んで"):
        negotiating.give_quote(by=deal.npo, contract=case, price_yen=1, file=deal.paper(deal.office))


def test_only_what_is_adopted_gets_one_contract(town: Town) -> None:
    adopted, reserve = result(town, "adopted", "reserve")
    with pytest.raises(Refusal, match="採択を公表した"):
        negotiating.open_contract(by=town.prefecture, proposal=reserve)
    negotiating.open_contract(by=town.prefecture, proposal=adopted)
    with pytest.raises(Refusal, match="もう協議を始めています"):
        negotiating.open_contract(by=town.prefecture, proposal=adopted)
    assert Contract.objects.filter(proposal=adopted).count() == 1


def test_constraints(deal: Deal, clock: ClockFile) -> None:
    case = deal.fresh()
    refuses("contract_quoted_iff_price", change(case, price_yen=5))
    refuses("contract_deposit_exempt_says_why", change(case, deposit_exempt=True))
    refuses("contract_unsigned_has_no_day", change(case, signed_on=date(2027, 1, 1)))
    refuses("contract_signed_complete", change(case, state="signed"))
    refuses("contract_terminated_iff_stamped", change(case, state="terminated"))
    refuses("contract_inspected_in_order", change(case, inspected_on=date(2027, 3, 1)))
    deal.signed()
    refuses(
        "contract_completed_in_time",
        change(case, started_on=date(2027, 2, 1), completed_on=date(2027, 3, 19)),
    )
    refuses("approval_one_target", copy(Approval.objects.get(contract=case), contract_id=None))
