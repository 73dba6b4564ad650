"""From the inspection to the closed file: 検査調書, 額の確定 by 決裁, cap and 支出負担行為, invoice, payment, the end."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import queries as applications
from grants.actions import enter_payment, record_approval, send_back_approval
from grants.desk import settlement as desk
from grants.enums import ApplicationState
from grants.models import Application, CapUse, Commitment, Inspection, Payment, Reclaim, Settlement
from grants.recovery.enums import Booking, Cause, ReclaimState
from grants.settlement import queries, steps
from grants.settlement.actions import inspecting, paying, settling
from grants.settlement.details import details
from grants.settlement.papers import INSPECTION, INVOICE, SETTLEMENT
from grants.settlement.queries import desk as turns
from portal.accounts.scope import Scope
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor
from tests.factories.deciding import GRANT_YEN, decided, open_approval, record
from tests.factories.grants import Town
from tests.factories.settlement import (
    DONE,
    accountant,
    fit,
    inspected,
    ordered,
    paid,
    reported,
    settled,
    settling_case,
)
from tests.support.world import ClockFile

LOWER = 700_000  # settled when the largest line of the 決算 comes to 20,000 less


@pytest.fixture
def case(town: Town, clock: ClockFile) -> Application:
    """A file whose result was reported 10,000 below the decision, on 25 March."""
    made = decided(town)
    clock.set(DONE)
    return reported(town, made, less_yen=20_000, claimed_yen=LOWER)


def charged(case: Application) -> int:
    live = Commitment.objects.filter(approval__application=case, released_at__isnull=True)
    return sum(live.values_list("amount_yen", flat=True))


def test_a_result_is_inspected_settled_paid_and_closed(
    town: Town, case: Application, clock: ClockFile
) -> None:
    inspected(town, case, findings="適正である。")
    assert case.state == ApplicationState.INSPECTED
    paper = Document.objects.get(kind=INSPECTION)
    assert (paper.snapshot["body"]["amount_yen"], paper.section) == (LOWER, town.office)
    assert papers.content(paper).startswith(b"%PDF")
    settling_case(town, case)
    assert CapUse.objects.get(application=case).amount_yen == GRANT_YEN, (
        "nothing is freed before it is signed"
    )
    approval = open_approval(case)
    assert ("確定額", "700,000円") in details(approval)
    record_approval(
        by=town.prefecture,
        approval=approval,
        **record(town.prefecture, document_number="く共第900号", commitment_number=""),
    )
    case.refresh_from_db()
    assert (case.state, case.settled_yen) == (ApplicationState.SETTLED, LOWER)
    use = CapUse.objects.get(application=case)
    assert (use.amount_yen, use.basis, charged(case)) == (LOWER, "settled", LOWER)
    letter = Document.objects.get(kind=SETTLEMENT)
    assert (letter.own_number, letter.snapshot["body"]["amount_yen"]) == ("く共第900号", LOWER)
    assert papers.content(letter).startswith(b"%PDF")
    assert OutboxMessage.objects.filter(template="grants/mail/settlement/settled").count() == 2
    payment = ordered(town, case)
    assert (payment.gross_yen, payment.payee, payment.fiscal_year) == (LOWER, town.area.name, 2026)
    assert papers.content(Document.objects.get(kind=INVOICE)).startswith(b"%PDF")
    with pytest.raises(Refusal, match="支出命令"):
        paying.close_application(by=town.prefecture, application=case)
    clock.set("2027-04-20T10:00:00+09:00")
    enter_payment(by=actor(accountant()), payment=payment, paid_on=date(2027, 4, 20))
    paying.close_application(by=town.prefecture, application=case)
    assert (case.state, queries.kept_from(case)) == (ApplicationState.CLOSED, date(2028, 4, 1))


def test_the_side_that_must_act_is_told_first_and_on_its_desk(
    town: Town, case: Application, clock: ClockFile
) -> None:
    def told() -> tuple[str, str, list[str], list[str]]:
        row = applications.with_case(Application.objects.all()).get(pk=case.pk)
        mine, theirs = steps.for_town(row), steps.for_office(row)
        town_rows = turns.for_town(Scope.of(town.chief), date(2027, 3, 25)).values_list("todo", flat=True)
        office_rows = turns.for_office(Scope.of(town.prefecture)).values_list("todo", flat=True)
        return (
            mine.action if mine else "",
            theirs.action if theirs else "",
            list(town_rows),
            list(office_rows),
        )

    assert told() == ("", "検査する", [], ["inspect"])
    inspected(town, case)
    assert told() == ("", "起案する", [], ["settle"])
    settling_case(town, case)
    assert told() == ("", "決裁の画面を開く", [], ["record"])
    values = record(town.prefecture, commitment_number="")
    record_approval(by=town.prefecture, approval=open_approval(case), **values)
    assert told() == ("請求書を出す", "", ["invoice"], [])
    case.refresh_from_db()
    paying.send_invoice(by=town.chief, application=case)
    assert told() == ("", "支出命令を出す", [], ["order"])
    payment = paying.order_grant(by=town.prefecture, application=case)
    assert told() == ("", "", [], [])
    enter_payment(by=actor(accountant()), payment=payment, paid_on=date(2027, 3, 25))
    assert told() == ("", "完了にする", [], ["close"])
    assert set(desk.WORDS_OF) >= {"report", "invoice", "inspect", "settle", "record", "order", "close"}


@pytest.mark.parametrize(("signed", "used"), [("2027-03-31", LOWER), ("2027-04-01", GRANT_YEN)])
def test_a_lower_amount_frees_the_cap_until_31_march_only(
    town: Town, case: Application, clock: ClockFile, signed: str, used: int
) -> None:
    clock.set(f"{signed}T10:00:00+09:00")
    settled(town, inspected(town, case))
    assert CapUse.objects.get(application=case).amount_yen == used
    assert charged(case) == LOWER


def test_what_the_officer_does_not_accept_lowers_the_amount(town: Town, case: Application) -> None:
    inspected(town, case, disallowed_yen=2_001, disallowed_reason="領収書がない支出のため。")
    settling_case(town, case)
    assert Settlement.objects.get().amount_yen == 698_000
    body = Document.objects.get(kind=INSPECTION).snapshot["body"]
    assert (body["base_yen"], body["reported_base_yen"]) == (1_397_999, 1_400_000)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"answers": {}}, "まだ答えられていません"),
        ({"disallowed_yen": 1}, "理由を書いて"),
        ({"disallowed_yen": 1_400_001, "disallowed_reason": "x"}, "1,400,000円"),
        ({"inspected_on": date(2027, 3, 26)}, "先の日"),
        ({"inspected_on": date(2027, 3, 18)}, "完了"),
    ],
)
def test_an_inspection_that_does_not_hold_is_refused(
    town: Town, case: Application, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        inspected(town, case, **changed)
    assert not Inspection.objects.exists()


def test_a_point_found_unfit_needs_a_word(town: Town, case: Application) -> None:
    answers = fit(case) | {"evidence": ("unfit", " ")}
    with pytest.raises(Refusal, match="何が合わないか") as refused:
        inspected(town, case, answers=answers)
    assert refused.value.field == "note_evidence"


def test_only_the_routed_office_inspects_settles_and_closes(town: Town, case: Application) -> None:
    other = Town()
    for by in (town.chief, other.prefecture):
        with pytest.raises(PermissionDenied):
            inspecting.inspect_result(
                by=by, application=case, inspected_on=date(2027, 3, 25), method="書面", answers={}
            )
        with pytest.raises(PermissionDenied):
            settling.draft_settlement(by=by, application=case)
        with pytest.raises(PermissionDenied):
            paying.order_grant(by=by, application=case)
        with pytest.raises(PermissionDenied):
            paying.close_application(by=by, application=case)
    for by in (town.officer, town.prefecture, other.chief):
        with pytest.raises(PermissionDenied):
            paying.send_invoice(by=by, application=case)


def test_a_draft_sent_back_moves_nothing_and_may_be_drafted_again(town: Town, case: Application) -> None:
    settling_case(town, inspected(town, case))
    with pytest.raises(Refusal, match="決裁が進んで"):
        settling.draft_settlement(by=town.prefecture, application=case)
    send_back_approval(by=town.prefecture, approval=open_approval(case), note="積算を確かめてください。")
    case.refresh_from_db()
    assert (case.state, case.settled_yen, charged(case)) == (ApplicationState.INSPECTED, None, GRANT_YEN)
    told = OutboxMessage.objects.get(template="grants/mail/settlement/sent_back")
    assert "積算を確かめて" in told.body
    settled(town, case)
    assert Settlement.objects.count() == 2


def test_a_decision_dated_before_the_inspection_is_refused(town: Town, case: Application) -> None:
    settling_case(town, inspected(town, case))
    values = record(town.prefecture, decided_on=date(2027, 3, 24), commitment_number="")
    with pytest.raises(Refusal, match="検査した日") as refused:
        record_approval(by=town.prefecture, approval=open_approval(case), **values)
    assert refused.value.field == "decided_on"


def test_nothing_is_paid_twice_and_an_unpaid_file_is_not_closed(town: Town, case: Application) -> None:
    settled(town, inspected(town, case))
    with pytest.raises(Refusal, match="請求書"):
        paying.order_grant(by=town.prefecture, application=case)
    with pytest.raises(Refusal, match="700,000円"):
        paying.close_application(by=town.prefecture, application=case)
    ordered(town, case)
    with pytest.raises(Refusal, match="もう出しています"):
        paying.send_invoice(by=town.chief, application=case)
    with pytest.raises(Refusal):
        paying.order_grant(by=town.prefecture, application=case)
    assert Payment.objects.count() == 1


def test_the_old_year_pays_until_the_last_bank_day_of_may(
    town: Town, case: Application, clock: ClockFile
) -> None:
    payment = ordered(town, settled(town, inspected(town, case)))
    by = actor(accountant())
    clock.set("2027-06-01T10:00:00+09:00")
    with pytest.raises(Refusal, match="過年度支出"):
        enter_payment(by=by, payment=payment, paid_on=date(2027, 6, 1))
    enter_payment(by=by, payment=payment, paid_on=date(2027, 6, 1), past_year=True)
    assert (payment.fiscal_year, payment.charged_year) == (2026, 2027)
    case.refresh_from_db()
    assert paying.close_application(by=town.prefecture, application=case).closed_at


def test_what_was_paid_too_much_keeps_the_file_open_until_it_came_back(town: Town, case: Application) -> None:
    paid(town, settled(town, inspected(town, case)))
    Application.objects.filter(pk=case.pk).update(settled_yen=LOWER - 5_000)
    case.refresh_from_db()
    mine = turns.for_office(Scope.of(town.prefecture))
    with pytest.raises(Refusal, match="返還されていない額が5,000円"):
        paying.close_application(by=town.prefecture, application=case)
    assert not mine.exists()
    today = date(2027, 3, 25)
    Reclaim.objects.create(
        application=case, cause=Cause.values[0], amount_yen=5_000, repaid_yen=5_000, due_on=today, state=ReclaimState.COLLECTED,
        collected_on=today, collected_at=case.settled_at, booked=Booking.values[0],
    )  # fmt: skip
    assert list(mine.values_list("todo", flat=True)) == ["close"]
    assert paying.close_application(by=town.prefecture, application=case).closed_at
