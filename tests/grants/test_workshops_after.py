"""Menu ② after the day: the report of the 窓口, the payments of lecturers, the end."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions as communities
from communities.enums import EventState
from communities.rules import DECISION
from grants import actions
from grants.models import Payment
from grants.workshop import queries
from grants.workshop.actions import paying, running
from grants.workshop.enums import WorkshopState
from grants.workshop.rows import LecturerRow
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.communities import registration
from tests.factories.grants import Town
from tests.factories.workshop import decided, report
from tests.support.world import ClockFile

from .test_workshops_running import AFTER, event_of


def test_the_desk_reports_once_and_the_paper_says_what_was_counted(town: Town, clock: ClockFile) -> None:
    made = decided(town)
    party = registration(event_of(made), party_size=2)
    with pytest.raises(Refusal, match="まだ終わっていません"):
        report(town, made)
    clock.set(AFTER)
    party.refresh_from_db()
    assert queries.found_of(event_of(made)).people == 2
    with pytest.raises(PermissionDenied):
        running.report_workshop(by=town.prefecture, workshop=made, outcome="…", next_step="…")
    found = report(town, made, survey_count=18, survey_average="4.2", survey_note="また参加したい。")
    made.refresh_from_db()
    assert (made.state, found.people_count) == (WorkshopState.REPORTED, 30)
    assert event_of(made).state == EventState.HELD
    body = Document.objects.get(object_id=made.pk, kind="grants.workshop_report").snapshot["body"]
    assert body["people"][0] == {"label": "住民", "count": 20}
    assert (body["survey_count"], body["next_step"]) == (18, "2月に二回目を開く。")
    with pytest.raises(Refusal, match="いま「報告済み」です"):
        report(town, made)


def test_what_was_called_off_is_not_reported(town: Town, clock: ClockFile) -> None:
    made = decided(town)
    communities.cancel_event(by=DECISION, event=event_of(made), note="大雨のため。")
    clock.set(AFTER)
    with pytest.raises(Refusal, match="中止か延期"):
        report(town, made)
    running.cancel_workshop(by=town.officer, workshop=made, note="大雨のため。")
    assert made.state == WorkshopState.CANCELLED


def test_lecturers_are_paid_with_tax_withheld_and_it_is_closed(town: Town, clock: ClockFile) -> None:
    made = decided(town)
    lecturer = made.lecturers.get()
    with pytest.raises(Refusal, match="実施が報告されてから"):
        paying.order_lecturer_payment(by=town.prefecture, workshop=made, lecturer=lecturer)
    clock.set("2026-12-14T10:00:00+09:00")
    report(town, made)
    with pytest.raises(Refusal, match="支払いが済んでいない講師"):
        paying.close_workshop(by=town.prefecture, workshop=made)
    with pytest.raises(PermissionDenied):
        paying.order_lecturer_payment(by=town.officer, workshop=made, lecturer=lecturer)
    with pytest.raises(Refusal, match="直接払う相手"):
        paying.order_lecturer_payment(
            by=town.prefecture, workshop=made, lecturer=lecturer, travel_yen=1, travel_direct=True
        )
    payment, = paying.order_lecturer_payment(
        by=town.prefecture, workshop=made, lecturer=lecturer, travel_yen=4_000
    )  # fmt: skip
    assert (payment.gross_yen, payment.withheld_yen, payment.payee) == (34_000, 3_471, "講師 太郎")
    with pytest.raises(Refusal, match="もう支出命令を出しています"):
        paying.order_lecturer_payment(by=town.prefecture, workshop=made, lecturer=lecturer)
    with pytest.raises(Refusal, match="支払いが済んでいない講師"):
        paying.close_workshop(by=town.prefecture, workshop=made)
    assert not queries.waits_for_office(Scope.of(town.prefecture)).exists()  # the accountant's turn
    accountant = actor(officer(Role.ACCOUNTANT, KAGOSHIMA))
    actions.enter_payment(by=accountant, payment=Payment.objects.get(), paid_on=date(2026, 12, 14))
    assert queries.waits_for_office(Scope.of(town.prefecture)).get() == made
    paying.close_workshop(by=town.prefecture, workshop=made)
    assert made.state == WorkshopState.CLOSED


def test_a_workshop_without_paid_lecturers_is_closed_at_once(town: Town, clock: ClockFile) -> None:
    made = decided(town, lecturers=[LecturerRow(name="職員 太郎")])
    clock.set(AFTER)
    report(town, made)
    with pytest.raises(Refusal, match="支払う額がありません"):
        paying.order_lecturer_payment(by=town.prefecture, workshop=made, lecturer=made.lecturers.get())
    assert paying.close_workshop(by=town.prefecture, workshop=made).state == WorkshopState.CLOSED
