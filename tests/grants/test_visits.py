"""The visits of a dispatch: decided, dated, moved, called off, held, reported by both sides, ended."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants import actions
from grants.desk import cases as desk
from grants.dispatch import queries
from grants.dispatch.enums import DispatchState, VisitState
from grants.models import Dispatch, Visit
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import audit
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import record
from tests.factories.dispatch import FIRST, Adviser, accepted, decide, decided, proposed, report, reported
from tests.factories.grants import Town
from tests.support.world import ClockFile

DAY, TWO_HOURS = timedelta(days=1), timedelta(hours=2)


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def mails(name: str) -> set[str]:
    found = OutboxMessage.objects.filter(template=f"grants/mail/{name}")
    assert found.count() == found.values("key").distinct().count()
    return set(found.values_list("to_address", flat=True))


def later(made: Dispatch, town: Town, days: int = 1) -> Visit:
    at = FIRST + days * DAY
    return actions.date_visit(
        by=town.officer, dispatch=made, starts_at=at, ends_at=at + TWO_HOURS, place="公民館"
    )


def test_the_decision_fixes_the_time_and_writes_to_both(town: Town, adviser: Adviser) -> None:
    assert town.officer
    made = decided(town, adviser)
    assert (made.state, made.visits.get().state) == (DispatchState.DECIDED, VisitState.DATED)
    assert mails("dispatch_decided") == {town.officer_user.email, town.chief_user.email, adviser.user.email}
    papers = {paper.kind: paper for paper in Document.objects.filter(object_id=made.pk)}
    letter, notice = papers["grants.dispatch_decision"], papers["grants.dispatch_notice"]
    assert (letter.own_number, letter.section, letter.snapshot["body"]["visits"]) == (
        "く共第123号",
        made.office,
        2,
    )
    assert letter.snapshot["body"]["days"] == ["第1回　令和8年12月10日 13時30分から15時30分まで"]
    assert notice.snapshot["body"]["addressee"] == ["助言　花子　様"]
    assert (notice.snapshot["body"]["fee"], notice.snapshot["body"]["is_person"]) == ("1回 20,000円", True)
    with pytest.raises(Refusal, match="いま「派遣決定」です"):
        actions.draft_dispatch_decision(by=town.prefecture, dispatch=made)


def test_nobody_is_sent_when_it_is_refused_and_the_time_is_free(town: Town, adviser: Adviser) -> None:
    made = accepted(town, adviser)
    for stranger in (town.chief, Town().prefecture, adviser.actor):
        with pytest.raises(PermissionDenied):
            actions.draft_dispatch_refusal(by=stranger, dispatch=made, reason="x")
    first = actions.draft_dispatch_decision(by=town.prefecture, dispatch=made, note="案のとおり。")
    with pytest.raises(Refusal, match="もう起案されています"):
        actions.draft_dispatch_refusal(by=town.prefecture, dispatch=made, reason="x")
    actions.send_back_approval(by=town.prefecture, approval=first, note="予算を確かめること。")
    assert mails("dispatch_sent_back") == {town.prefecture_user.email}
    made.refresh_from_db()
    second = actions.draft_dispatch_refusal(
        by=town.prefecture, dispatch=made, reason="予算の見こみを超えるため。"
    )
    actions.record_approval(
        by=town.prefecture, approval=second, **record(town.prefecture, commitment_number="")
    )
    made.refresh_from_db()
    assert (made.state, made.visits.get().state) == (DispatchState.REFUSED, VisitState.CANCELLED)
    assert adviser.user.email in mails("dispatch_refused")
    assert proposed(town, adviser).state == DispatchState.PROPOSED


def test_the_decision_is_of_the_year_and_not_before_the_answer(town: Town, adviser: Adviser) -> None:
    approval = actions.draft_dispatch_decision(by=town.prefecture, dispatch=accepted(town, adviser))
    for day, message in ((date(2026, 11, 24), "引き受けた日より前"), (date(2026, 3, 31), "令和8年度のうち")):
        with pytest.raises(Refusal, match=message):
            actions.record_approval(
                by=town.prefecture,
                approval=approval,
                **record(town.prefecture, decided_on=day, commitment_number=""),
            )
        approval.refresh_from_db()
    assert approval.is_open


def test_as_many_days_as_were_decided_and_each_side_may_set_them(town: Town, adviser: Adviser) -> None:
    waiting = accepted(town, adviser)
    with pytest.raises(Refusal, match="決定した派遣だけ"):
        later(waiting, town)
    made = decide(town, waiting)
    with pytest.raises(Refusal, match="別の予定"):
        actions.date_visit(by=adviser.actor, dispatch=made, starts_at=FIRST, ends_at=FIRST + TWO_HOURS)
    second = later(made, town)
    assert (second.number, second.state) == (2, VisitState.DATED)
    assert mails("visit_dated") == {town.chief_user.email, town.prefecture_user.email, adviser.user.email}
    with pytest.raises(Refusal, match="決定した2回の日程が、すべて"):
        later(made, town, 2)
    with pytest.raises(PermissionDenied):
        actions.date_visit(by=Town().officer, dispatch=made, starts_at=FIRST, ends_at=FIRST + TWO_HOURS)
    with pytest.raises(Refusal, match="理由"):
        actions.call_off_visit(by=adviser.actor, visit=second, note="")
    actions.call_off_visit(by=adviser.actor, visit=second, note="体調がすぐれません。")
    assert adviser.user.email not in mails("visit_called_off")
    assert later(made, town, 2).number == 2


def test_moving_a_day_keeps_what_was_before(town: Town, adviser: Adviser) -> None:
    made = decided(town, adviser)
    visit, other = made.visits.get(), later(made, town)
    to = {"starts_at": FIRST + 3 * DAY, "ends_at": FIRST + 3 * DAY + TWO_HOURS}
    with pytest.raises(Refusal, match="別の予定"):
        actions.move_visit(
            by=town.officer, visit=visit, starts_at=other.starts_at, ends_at=other.ends_at, reason="議会"
        )
    visit.refresh_from_db()
    with pytest.raises(Refusal, match="いまと同じ日時"):
        actions.move_visit(
            by=town.officer, visit=visit, starts_at=visit.starts_at, ends_at=visit.ends_at, reason="x"
        )
    with pytest.raises(ValidationError, match="reason"):
        actions.move_visit(by=town.officer, visit=visit, reason="", **to)
    visit.refresh_from_db()
    actions.move_visit(by=adviser.actor, visit=visit, reason="台風のため", place="市役所", **to)
    move = visit.moves.get()
    assert (move.before_starts_at, move.starts_at, move.reason) == (FIRST, to["starts_at"], "台風のため")
    body = OutboxMessage.objects.get(
        template="grants/mail/visit_moved", to_address=town.chief_user.email
    ).body
    assert "台風のため" in body
    assert adviser.user.email not in mails("visit_moved")
    assert [entry.event for entry in audit.history(visit)][:1] == ["grants.visit.moved"]


def test_it_is_held_from_its_hour_on_and_both_report_once(
    town: Town, adviser: Adviser, clock: ClockFile
) -> None:
    visit = decided(town, adviser).visits.get()
    with pytest.raises(Refusal, match="まだ始まっていません"):
        actions.hold_visit(by=town.officer, visit=visit)
    with pytest.raises(Refusal, match="実施を記録してから"):
        report(town.officer, visit, "municipality")
    clock.set("2026-12-10T13:30:00+09:00")
    with pytest.raises(PermissionDenied):
        actions.hold_visit(by=town.prefecture, visit=visit)
    actions.hold_visit(by=adviser.actor, visit=visit)
    with pytest.raises(Refusal, match="いま「実施済み」です"):
        actions.hold_visit(by=town.officer, visit=visit)
    for by, side in ((town.officer, "advisor"), (adviser.actor, "municipality")):
        with pytest.raises(Refusal, match="この立場での報告"):
            report(by, visit, side)
    with pytest.raises(ValidationError, match="参加した人数"):
        report(town.officer, visit, "municipality", people_count=None)
    report(town.officer, visit, "municipality")
    with pytest.raises(Refusal, match="もう出しています"):
        report(town.officer, visit, "municipality")
    assert Visit.objects.get(pk=visit.pk).state == VisitState.HELD
    paper = Document.objects.get(kind="grants.visit_report", object_id=visit.pk)
    assert (paper.snapshot["body"]["people"], paper.snapshot["body"]["number"]) == (12, 1)
    report(adviser.actor, visit, "advisor")
    assert Visit.objects.get(pk=visit.pk).state == VisitState.REPORTED
    assert mails("visit_reported") == {town.prefecture_user.email}


def test_the_desk_asks_for_the_report_and_then_for_the_order(
    town: Town, adviser: Adviser, clock: ClockFile
) -> None:
    visit = decided(town, adviser).visits.get()
    assert not list(desk.items(Scope.of(town.officer)))
    clock.set("2026-12-10T16:00:00+09:00")
    due = [(item.title, item.due_on) for item in desk.items(Scope.of(town.officer))]
    assert due == [("交付金の制度 第1回を報告する", date(2026, 12, 24))]
    actions.hold_visit(by=town.officer, visit=visit)
    report(town.officer, visit, "municipality")
    assert not list(desk.items(Scope.of(town.officer)))
    report(adviser.actor, visit, "advisor")
    assert [item.title for item in desk.items(Scope.of(town.prefecture))] == [
        "交付金の制度 第1回の支出命令を出す"
    ]
    visit.refresh_from_db()
    actions.order_visit_payment(by=town.prefecture, visit=visit)
    assert not list(desk.items(Scope.of(town.prefecture)))


def test_calling_it_all_off_tells_everybody_once(town: Town, adviser: Adviser, clock: ClockFile) -> None:
    made = decided(town, adviser)
    assert town.officer
    with pytest.raises(Refusal, match="理由"):
        actions.cancel_dispatch(by=town.prefecture, dispatch=made, note=" ")
    made.refresh_from_db()
    actions.cancel_dispatch(
        by=town.prefecture, dispatch=made, note="災害のため。", document_number="地共第9号"
    )
    assert (made.state, made.visits.get().state) == (DispatchState.CANCELLED, VisitState.CANCELLED)
    assert mails("dispatch_cancelled") == {town.officer_user.email, town.chief_user.email, adviser.user.email}
    with pytest.raises(Refusal, match="いま「取りやめ」です"):
        actions.cancel_dispatch(by=town.prefecture, dispatch=made, note="もう一度")
    held = reported(town, adviser, clock).dispatch
    with pytest.raises(Refusal, match="実施した回があります"):
        actions.cancel_dispatch(by=town.prefecture, dispatch=held, note="遅い")
    with pytest.raises(PermissionDenied):
        actions.cancel_dispatch(by=town.chief, dispatch=held, note="x")


def test_papers_are_seen_by_whom_they_are_addressed_to(town: Town, adviser: Adviser) -> None:
    made = decided(town, adviser)
    assert not queries.seen_by_offices(Scope.of(adviser.actor)).exists()
    assert queries.seen_by_advisor(Scope.of(adviser.actor)).get() == made
    assert not queries.seen_by_advisor(Scope.of(town.officer)).exists()
    assert not queries.visits_visible_to(Scope.of(Adviser(town).actor)).exists()
    assert datetime.fromisoformat("2026-12-10T13:30:00+09:00") == FIRST
