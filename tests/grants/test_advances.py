"""概算払: asked for with a 資金計画, decided by the chain, ordered, paid, set against the 額の確定; every refusal."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions as grants
from grants.advances import personal, queries
from grants.advances.actions import deciding, requesting
from grants.advances.papers import REQUEST
from grants.calculations import advances as sums
from grants.desk import settlement as desk
from grants.execution import queries as execution
from grants.execution.sums import left
from grants.models import Advance, Application, Commitment, Payment, Programme
from grants.recovery import queries as recovery
from grants.recovery.actions import reclaiming, revoking
from grants.settlement import queries as settlement
from grants.settlement import steps
from grants.settlement.actions import paying, results
from grants.settlement.details import details
from grants.settlement.queries import desk as turns
from portal.accounts.scope import Scope
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel import audit, ports
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor
from tests.factories.advances import PLAN, allowing, granted, paid, requested
from tests.factories.deciding import decided, open_approval, record
from tests.factories.grants import Town
from tests.factories.recovery import revoked
from tests.factories.settlement import DONE, accountant, changing, inspected, reported, settled, written
from tests.support.world import ClockFile

from .test_constraints import change, copy, refuses


@pytest.fixture
def case(town: Town) -> Application:
    return allowing(town)


def todos(town: Town) -> list[str]:
    return list(turns.for_office(Scope.of(town.prefecture)).values_list("todo", flat=True))


def test_it_is_asked_for_decided_ordered_and_paid(town: Town, case: Application) -> None:
    advance = requested(town, case)
    paper = Document.objects.get(kind=REQUEST)
    said = paper.snapshot["body"]
    assert (said["amount_yen"], said["paid_yen"], said["left_yen"]) == (300_000, 0, 410_000)
    assert [row["amount_yen"] for row in said["plan"]] == [100_000, 200_000]
    assert papers.content(paper).startswith(b"%PDF")
    assert todos(town) == ["advance"]
    deciding.draft_advance(by=town.prefecture, advance=advance)
    assert todos(town) == ["record_advance"]
    assert ("概算払の額", "300,000円") in details(open_approval(case))
    values = record(town.prefecture, document_number="く共第700号", commitment_number="")
    grants.record_approval(by=town.prefecture, approval=open_approval(case), **values)
    assert todos(town) == ["order_advance"]
    advance.refresh_from_db()
    payment = deciding.order_advance(by=town.prefecture, advance=advance)
    assert (payment.kind, payment.gross_yen, payment.fiscal_year) == ("advance", 300_000, 2026)
    assert todos(town) == []
    with pytest.raises(Refusal, match="もう支出命令"):
        deciding.order_advance(by=town.prefecture, advance=advance)
    grants.enter_payment(by=actor(accountant()), payment=payment, paid_on=date(2026, 11, 25))
    balance = settlement.balance_of(case)
    assert (balance.advanced_yen, balance.paid_yen, balance.left_yen, balance.due_back_yen) == (
        300_000,
        300_000,
        410_000,
        0,
    )
    line = execution.lines(Programme.objects.filter(pk=case.menu.programme_id)).get(pk=payment.line_id)
    assert (line.advanced_yen, line.paid_yen, left(line)) == (300_000, 300_000, 410_000)
    templates = {"advance_requested", "advance_granted"}
    told = OutboxMessage.objects.filter(template__in=[f"grants/mail/{name}" for name in templates])
    assert {row.template.rpartition("/")[2] for row in told} == templates
    assert all(entry.event in ports.audit_presenters for entry in audit.history(case))
    assert personal.rows(town.chief_user.pk)["概算払"][0]["請求した"]


def test_the_difference_is_paid_after_the_settlement(town: Town, case: Application, clock: ClockFile) -> None:
    paid(town, granted(town, requested(town, case)))
    clock.set(DONE)
    settled(town, inspected(town, reported(town, case, less_yen=20_000, claimed_yen=700_000)))
    case.refresh_from_db()
    invoice = paying.send_invoice(by=town.chief, application=case)
    assert invoice.amount_yen == 400_000
    payment = paying.order_grant(by=town.prefecture, application=case)
    grants.enter_payment(by=actor(accountant()), payment=payment, paid_on=date(2027, 3, 25))
    assert settlement.balance_of(case).left_yen == 0
    paying.close_application(by=town.prefecture, application=case)


def test_what_was_advanced_too_much_comes_back_and_only_then_the_file_closes(
    town: Town, case: Application, clock: ClockFile
) -> None:
    plan = [(date(2026, 12, 1), 710_000)]
    payment = paid(town, granted(town, requested(town, case, amount_yen=710_000, plan=plan)))
    clock.set(DONE)
    settled(town, inspected(town, reported(town, case, less_yen=20_000, claimed_yen=700_000)))
    case.refresh_from_db()
    with pytest.raises(Refusal, match="請求する額がありません"):
        paying.send_invoice(by=town.chief, application=case)
    with pytest.raises(Refusal, match="返還されていない額が10,000円"):
        paying.close_application(by=town.prefecture, application=case)
    assert list(recovery.to_reclaim(Scope.of(town.prefecture))) == [case]
    reclaim = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=date(2027, 4, 20))
    assert (reclaim.amount_yen, reclaim.cause, reclaim.line_id) == (10_000, "settlement", payment.line_id)
    assert not recovery.to_reclaim(Scope.of(town.prefecture)).exists()
    clock.set("2027-04-20T10:00:00+09:00")
    reclaiming.collect_reclaim(by=actor(accountant()), reclaim=reclaim, collected_on=date(2027, 4, 20))
    assert settlement.balance_of(case).left_yen == 0
    line = execution.lines(Programme.objects.filter(pk=case.menu.programme_id)).get(pk=payment.line_id)
    assert (line.committed_yen, line.paid_yen, line.returned_yen, left(line)) == (700_000, 710_000, 10_000, 0)
    paying.close_application(by=town.prefecture, application=case)


def test_a_revocation_asks_back_what_was_advanced_and_ends_what_was_not_paid(
    town: Town, case: Application
) -> None:
    paid(town, granted(town, requested(town, case)))
    waiting = granted(town, requested(town, case, amount_yen=100_000, plan=[(date(2026, 12, 1), 100_000)]))
    case = revoked(town, Application.objects.get(pk=case.pk))
    assert recovery.due_back(case) == 300_000
    waiting.refresh_from_db()
    assert waiting.state == "declined"
    live = Commitment.objects.filter(approval__application=case, released_at__isnull=True)
    assert sum(live.values_list("amount_yen", flat=True)) == 300_000


def test_an_order_on_its_way_stops_a_revocation_and_a_withdrawal(town: Town, case: Application) -> None:
    deciding.order_advance(by=town.prefecture, advance=granted(town, requested(town, case)))
    with pytest.raises(Refusal, match="支出命令があります"):
        revoking.draft_revocation(by=town.prefecture, application=case, reason="他")
    with pytest.raises(Refusal, match="概算払の支出命令"):
        grants.withdraw(by=town.chief, application=case, note="やめます。")


def test_a_withdrawal_ends_the_request_and_its_approval(town: Town, case: Application) -> None:
    advance = requested(town, case)
    deciding.draft_advance(by=town.prefecture, advance=advance)
    grants.withdraw(by=town.chief, application=case, note="やめます。")
    advance.refresh_from_db()
    assert (advance.state, case.approvals.filter(state="drafted").exists()) == ("declined", False)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount_yen": 710_001, "plan": [(date(2026, 12, 1), 710_001)]}, "over"),
        ({"amount_yen": 0, "plan": []}, "over"),
        ({"plan": PLAN[:1]}, "plan"),
        ({"plan": [(date(2026, 12, 1), 100_000), (date(2026, 12, 1), 200_000)]}, "plan"),
        ({"plan": [(date(2027, 4, 1), 300_000)]}, "month"),
    ],
)
def test_what_does_not_hold_is_refused(
    town: Town, case: Application, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        requested(town, case, **changed)
    assert refused.value.code == code
    assert not Advance.objects.exists()


def test_only_where_the_rules_allow_it_and_up_to_their_share(town: Town) -> None:
    plain = decided(town)
    with pytest.raises(Refusal, match="概算払の定めがありません"):
        requested(town, plain)
    other = Town(office=town.office)
    case = allowing(other, percent=50)
    with pytest.raises(Refusal, match="355,000円まで"):
        requested(other, case, amount_yen=355_001, plan=[(date(2026, 12, 1), 355_001)])


def test_all_advances_together_stay_within_the_decision(town: Town, case: Application) -> None:
    granted(town, requested(town, case))
    with pytest.raises(Refusal, match="いま410,000円まで"):
        requested(town, case, amount_yen=410_001, plan=[(date(2026, 12, 1), 410_001)])
    second = requested(town, case, amount_yen=410_000, plan=[(date(2026, 12, 1), 410_000)])
    assert (second.number, queries.room_of(case)) == (2, 0)
    with pytest.raises(Refusal, match=r"概算払の額\(710,000円\)"):
        changing(town, case, more_yen=-200_000, asked_yen=610_000)
    requesting.take_back_advance(by=town.chief, advance=second)
    assert Document.objects.get(kind=REQUEST, version="2").state == "void"
    with pytest.raises(Refusal, match=r"概算払の額\(300,000円\)"):
        changing(town, case, more_yen=-200_000, asked_yen=290_000)


def test_who_may_and_when(town: Town, case: Application, clock: ClockFile) -> None:
    for by in (town.officer, town.prefecture, Town(office=town.office).chief):
        with pytest.raises(PermissionDenied):
            requesting.request_advance(by=by, application=case, amount_yen=1, reason="他", plan=[])
    advance = requested(town, case)
    for by in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied):
            deciding.draft_advance(by=by, advance=advance)
        with pytest.raises(PermissionDenied):
            deciding.decline_advance(by=by, advance=advance, note="他")
    with pytest.raises(PermissionDenied):
        requesting.take_back_advance(by=town.prefecture, advance=advance)
    with pytest.raises(Refusal, match="請求中"):
        deciding.order_advance(by=town.prefecture, advance=advance)
    written(town, case, completed_on=date(2026, 11, 25))
    with pytest.raises(Refusal, match="支払いが済んでいません"):
        results.file_result(by=town.chief, application=case)
    clock.set("2027-04-01T10:00:00+09:00")
    deciding.draft_advance(by=town.prefecture, advance=advance)
    values = record(town.prefecture, commitment_number="")
    with pytest.raises(Refusal, match="令和8年度のうちの日"):
        grants.record_approval(by=town.prefecture, approval=open_approval(case), **values)
    grants.send_back_approval(by=town.prefecture, approval=open_approval(case), note="年度が終わった。")
    deciding.decline_advance(by=town.prefecture, advance=advance, note="年度が終わったため。")
    with pytest.raises(Refusal, match="3月31日で終わりました"):
        requested(town, case)


def test_the_money_and_the_next_step_stand_first(town: Town, case: Application) -> None:
    requested(town, case)
    step = steps.for_office(case)
    assert step is not None
    assert (step.action, step.url) == ("概算払を確かめる", case.get_advances_url())
    assert set(desk.PAGES) <= set(desk.WORDS_OF)


def test_every_constraint(town: Town, case: Application) -> None:
    advance = requested(town, case)
    refuses("advance_number_once", copy(advance, state="declined", declined_at=advance.requested_at))
    refuses("advance_one_requested", copy(advance, number=2))
    refuses("advance_says_how_much_and_why", change(advance, reason=""))
    refuses("advance_granted_iff_stamped", change(advance, state="granted"))
    refuses("advance_ended_iff_stamped", change(advance, state="taken_back"))
    month = advance.months.first()
    refuses("advancemonth_once", copy(month))
    refuses("advancemonth_in_range", change(month, month=date(2026, 12, 2)))
    refuses("menu_advance_percent_in_range", change(case.menu, advance_percent=0))
    assert not Payment.objects.exists()


def test_months_run_from_the_first_to_the_last() -> None:
    assert sums.months(date(2026, 11, 30), date(2027, 2, 1)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    ]
    assert sums.months(date(2026, 11, 30), date(2026, 10, 1)) == []
