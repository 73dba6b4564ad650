"""Menu ① from the register to the advisor's answer: each step, each refusal, who may, and what the other side is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants import actions
from grants.desk import cases as desk
from grants.dispatch import personal, queries
from grants.dispatch.enums import DispatchState, VisitState
from grants.models import Advisor, Call, Dispatch, Menu, Programme, Visit
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import audit, clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor, officer
from tests.factories.areas import KAGOSHIMA, authority
from tests.factories.dispatch import FIRST, Adviser, accepted, draft, menu, proposed, requested
from tests.factories.grants import Town
from tests.support.world import ClockFile

TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def propose(town: Town, dispatch: Dispatch, advisor: Advisor, **changes: Any) -> Dispatch:
    values = {"visits_count": 2, "starts_at": FIRST, "ends_at": FIRST + TWO_HOURS, **changes}
    return actions.propose_advisor(by=town.prefecture, dispatch=dispatch, advisor=advisor, **values)


def mails(to: str) -> list[str]:
    rows = OutboxMessage.objects.filter(to_address=to, template__contains="/dispatch_").order_by(
        "created_at", "id"
    )
    return [row.template.rpartition("/")[2] for row in rows]


def test_a_dispatch_goes_from_the_town_to_the_advisor(town: Town, adviser: Adviser) -> None:
    assert town.prefecture
    made = accepted(town, adviser)
    assert (made.state, made.advisor, made.visits_count) == (DispatchState.ACCEPTED, adviser.row, 2)
    assert made.accepted_by == adviser.user
    assert sorted(mails(town.prefecture_user.email)) == ["dispatch_accepted", "dispatch_requested"]
    assert mails(adviser.user.email) == ["dispatch_proposed"]
    visit = made.visits.get()
    assert (visit.state, visit.number, visit.starts_at) == (VisitState.TENTATIVE, 1, FIRST)
    assert [entry.event for entry in audit.history(made)] == [
        "grants.dispatch.accept", "grants.dispatch.propose", "grants.dispatch.submit", "grants.dispatch.saved",
        "grants.dispatch.started",
    ]  # fmt: skip
    paper = Document.objects.get(object_id=made.pk)
    assert (paper.kind, paper.own_number, paper.snapshot["body"]["visits"]) == (
        "grants.dispatch_request",
        "試地第12号",
        2,
    )


def test_a_draft_says_what_is_missing_and_an_older_page_is_told(town: Town) -> None:
    made = actions.start_dispatch(by=town.officer, menu=menu(), municipality=town.area, title="交付金")
    assert made.applicant_title == f"{town.area.name}長"
    with pytest.raises(
        Refusal,
        match="助言を受けたいこと、方法、課題、助言してほしいこと、希望する時期、申込者の氏名、希望する回数",
    ):
        actions.submit_dispatch(by=town.chief, dispatch=made)
    actions.save_dispatch(by=town.officer, dispatch=made, revision=0, issue="一つ目の画面")
    with pytest.raises(Refusal, match="ほかの人が保存しました"):
        actions.save_dispatch(by=town.chief, dispatch=made, revision=0, issue="二つ目の画面")
    assert Dispatch.objects.get(pk=made.pk).issue == "一つ目の画面"
    with pytest.raises(ValidationError, match="1回から12回"):
        actions.save_dispatch(by=town.officer, dispatch=made, revision=1, visits_wanted=13)


def test_requests_are_taken_in_the_running_year_and_while_a_call_is_open(
    town: Town, clock: ClockFile
) -> None:
    first = draft(town)
    Call.objects.create(
        menu=first.menu, title="募集", opens_at=FIRST, closes_on=FIRST.date(), closes_time=None, shift="as_is",
        arrival="arrive", closes_at=FIRST + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refusal, match="募集は、令和8年12月10日から受け付けます"):
        actions.submit_dispatch(by=town.chief, dispatch=first)
    second = draft(town)
    clock.set("2026-12-10T15:00:00+09:00")
    actions.submit_dispatch(by=town.chief, dispatch=first)
    clock.set("2027-04-01T10:00:00+09:00")
    with pytest.raises(Refusal, match="いま派遣の申込みを受け付けていません"):
        actions.submit_dispatch(by=town.chief, dispatch=second)
    with pytest.raises(Refusal, match="いま派遣の申込みを受け付けていません"):
        actions.start_dispatch(by=town.officer, menu=second.menu, municipality=town.area, title="遅い")
    Programme.objects.filter(pk=second.menu.programme_id).update(state="closed", closed_at=FIRST)
    assert not queries.menus(FIRST).exists()


def test_it_comes_back_with_a_reason_and_goes_again_with_a_new_paper(town: Town) -> None:
    made = requested(town)
    with pytest.raises(Refusal, match="理由"):
        actions.return_dispatch(by=town.prefecture, dispatch=made, note="")
    actions.return_dispatch(by=town.prefecture, dispatch=made, note="時期を月まで書いてください。")
    assert mails(town.chief_user.email) == ["dispatch_returned"]
    with pytest.raises(Refusal, match="いま「補正待ち」です"):
        actions.return_dispatch(by=town.prefecture, dispatch=made, note="もう一度")
    actions.save_dispatch(by=town.officer, dispatch=made, revision=1, times="1月の午後")
    actions.submit_dispatch(by=town.chief, dispatch=made)
    assert (made.version, made.state) == (2, DispatchState.REQUESTED)
    states = Document.objects.filter(object_id=made.pk).order_by("number").values_list("version", "state")
    assert list(states) == [("1", "replaced"), ("2", "issuing")]
    with pytest.raises(Refusal, match="いま「申込み済み」です"):
        actions.save_dispatch(by=town.officer, dispatch=made, revision=2, times="")
    with pytest.raises(Refusal, match="いま「申込み済み」です"):
        actions.submit_dispatch(by=town.chief, dispatch=made)


def test_the_proposal_fits_the_advisor_the_time_and_the_visits_left(town: Town, adviser: Adviser) -> None:
    made = requested(town)
    stranger = Adviser(town, {"fields": ["operation"]}).row
    with pytest.raises(Refusal, match="分野に「包括的交付金の整備」はありません"):
        propose(town, made, stranger)
    elsewhere = Adviser(town).row
    elsewhere.offices.set([Town().office])
    with pytest.raises(Refusal, match="行ける地域に"):
        propose(town, made, elsewhere)
    elsewhere.offices.add(town.office)
    gone = Adviser(town, {"active_from": 2024, "active_to": 2025}).row
    unknown = actions.register_advisor(
        by=town.prefecture, authority=authority(KAGOSHIMA), name="無 名", kana="ムメイ", fields=["block_grant"], base="鹿屋市",
        fee_yen=1, active_from=2026,
    )  # fmt: skip
    for nobody in (gone, unknown):
        with pytest.raises(Refusal, match="活動していないか"):
            propose(town, made, nobody)
    with pytest.raises(Refusal, match="これからの日時") as past:
        propose(town, made, adviser.row, starts_at=clock.now())
    assert past.value.field == "starts_at"
    with pytest.raises(Refusal, match="同じ日の"):
        propose(town, made, adviser.row, ends_at=FIRST + timedelta(days=1))
    with pytest.raises(Refusal, match="令和8年度のうち"):
        propose(town, made, adviser.row, starts_at=FIRST.replace(year=2027, month=4), ends_at=FIRST.replace(year=2027, month=4) + TWO_HOURS)  # fmt: skip
    Menu.objects.filter(pk=made.menu_id).update(visits_max=3)
    proposed(town, adviser, starts_at=FIRST + timedelta(days=1))
    made.refresh_from_db()
    with pytest.raises(Refusal, match="のこり1回") as left:
        propose(town, made, adviser.row)
    assert left.value.field == "visits_count"
    assert Dispatch.objects.get(pk=made.pk).state == DispatchState.REQUESTED
    assert propose(town, made, elsewhere, visits_count=1).state == DispatchState.PROPOSED


def test_no_advisor_is_booked_twice_and_adjacent_times_are_fine(town: Town, adviser: Adviser) -> None:
    proposed(town, adviser)
    second = requested(town)
    with pytest.raises(Refusal, match="その時間に別の予定があります"):
        propose(
            town,
            second,
            adviser.row,
            starts_at=FIRST + timedelta(hours=1),
            ends_at=FIRST + timedelta(hours=3),
        )
    second.refresh_from_db()
    assert second.state == DispatchState.REQUESTED
    propose(town, second, adviser.row, starts_at=FIRST + TWO_HOURS, ends_at=FIRST + timedelta(hours=4))
    with pytest.raises(Refusal, match="いま「アドバイザーの返事待ち」です"):
        propose(town, second, adviser.row)


def test_who_declines_says_why_and_the_time_is_free_again(town: Town, adviser: Adviser) -> None:
    made = proposed(town, adviser)
    with pytest.raises(Refusal, match="理由"):
        actions.decline_dispatch(by=adviser.actor, dispatch=made, note=" ")
    actions.decline_dispatch(by=adviser.actor, dispatch=made, note="その週は県外にいます。")
    assert (made.state, made.advisor, made.visits_count) == (DispatchState.REQUESTED, None, None)
    assert Visit.objects.get(dispatch=made).state == VisitState.CANCELLED
    body = OutboxMessage.objects.get(
        template="grants/mail/dispatch_declined", to_address=town.prefecture_user.email
    ).body
    assert "その週は県外にいます。" in body
    assert not queries.of_advisor(Scope.of(adviser.actor)).exists()
    assert propose(town, made, adviser.row).state == DispatchState.PROPOSED


def test_who_may_what(town: Town, adviser: Adviser) -> None:
    neighbour, other = Town(), Adviser(town)
    assert other.row
    first = draft(town)
    for stranger in (neighbour.officer, town.prefecture, adviser.actor):
        with pytest.raises(PermissionDenied):
            actions.save_dispatch(by=stranger, dispatch=first, revision=1, issue="x")
    for stranger in (town.officer, neighbour.chief, town.prefecture):
        with pytest.raises(PermissionDenied):
            actions.submit_dispatch(by=stranger, dispatch=first)
    actions.submit_dispatch(by=town.chief, dispatch=first)
    auditor = actor(officer(Role.AUDITOR, KAGOSHIMA))
    for stranger in (neighbour.prefecture, town.chief, auditor, adviser.actor):
        with pytest.raises(PermissionDenied):
            actions.return_dispatch(by=stranger, dispatch=first, note="x")
        with pytest.raises(PermissionDenied):
            actions.propose_advisor(
                by=stranger, dispatch=first, advisor=adviser.row, visits_count=1, starts_at=FIRST, ends_at=FIRST + TWO_HOURS
            )  # fmt: skip
    propose(town, first, adviser.row)
    for stranger in (other.actor, town.prefecture, town.chief):
        with pytest.raises(PermissionDenied):
            actions.accept_dispatch(by=stranger, dispatch=first)
        with pytest.raises(PermissionDenied):
            actions.decline_dispatch(by=stranger, dispatch=first, note="x")
    seen = {name: queries.visible_to(Scope.of(by)).count() for name, by in (
        ("town", town.officer), ("neighbour", neighbour.officer), ("office", town.prefecture), ("auditor", auditor),
        ("advisor", adviser.actor), ("other", other.actor),
    )}  # fmt: skip
    assert seen == {"town": 1, "neighbour": 0, "office": 1, "auditor": 1, "advisor": 1, "other": 0}
    assert not queries.received(Scope.of(town.prefecture)).filter(state="draft").exists()


def test_the_desk_shows_what_waits_and_a_person_gets_what_is_held(town: Town, adviser: Adviser) -> None:
    made = draft(town)
    assert [item.title for item in desk.items(Scope.of(town.officer))] == ["交付金の制度を書いて申し込む"]
    actions.submit_dispatch(by=town.chief, dispatch=made)
    assert [item.title for item in desk.items(Scope.of(town.prefecture))] == [
        "交付金の制度:アドバイザーに打診する"
    ]
    propose(town, made, adviser.row)
    assert not list(desk.items(Scope.of(town.prefecture)))
    actions.accept_dispatch(by=adviser.actor, dispatch=made)
    assert [item.title for item in desk.items(Scope.of(town.prefecture))] == [
        "交付金の制度:派遣の決裁を受ける"
    ]
    actions.offer_time(by=adviser.actor, advisor=adviser.row, starts_at=FIRST, ends_at=FIRST + TWO_HOURS)
    held = personal.rows(adviser.user.pk)
    assert {name: len(rows) for name, rows in held.items()} == {
        "アドバイザーの登録": 1, "空いている時間": 1, "アドバイザーの派遣": 1, "派遣の回": 1, "派遣の報告": 0, "派遣の日程の変更": 0,
    }  # fmt: skip
    assert personal.rows(town.chief_user.pk)["アドバイザーの派遣"][0]["申し込んだ"] is True
    assert not any(personal.rows(UserFactory().pk).values())
