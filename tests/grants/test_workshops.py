"""Menu ② from the draft to the agreement of both sides: each step, each refusal, who may, what the other side is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions
from grants.desk import cases as desk
from grants.models import Workshop
from grants.workshop import personal, queries
from grants.workshop.actions import agreeing, cases
from grants.workshop.enums import Payer, WorkshopState
from grants.workshop.rows import DutyRow, LecturerRow
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import audit
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor, officer
from tests.factories.dispatch import Adviser, proposed
from tests.factories.grants import Town
from tests.factories.workshop import (
    ENDS,
    LECTURER,
    PLAN,
    STARTS,
    agreed,
    consulting,
    draft,
    menu,
    save,
)
from tests.support.world import ClockFile


def mails(to: str) -> list[str]:
    rows = OutboxMessage.objects.filter(to_address=to, template__contains="/workshop_")
    return sorted(row.template.rpartition("/")[2] for row in rows)


def desk_of(person: Any) -> list[str]:
    return [item.title for item in desk.items(Scope.of(person))]


def test_a_plan_goes_from_the_town_to_consultation(town: Town) -> None:
    assert town.prefecture
    made = consulting(town)
    assert (made.state, made.version, made.office) == (WorkshopState.CONSULTING, 1, town.office)
    assert mails(town.prefecture_user.email) == ["workshop_submitted"]
    paper = Document.objects.get(object_id=made.pk)
    body = paper.snapshot["body"]
    assert (paper.kind, paper.own_number) == ("grants.workshop_plan", "試地第45号")
    assert body["host_kind"] == "県・市町村共催"
    assert body["hosts"] == f"鹿児島県・{town.area.name}"
    assert body["when"] == "令和8年12月12日 13時30分から16時30分まで"
    assert [row["name"] for row in body["lecturers"]] == ["講師 太郎"]
    assert body["duties"][1] == {
        "kind": "会場", "doer": "市町村", "payer": "市町村", "note": "公民館を借りる",
    }  # fmt: skip
    events = [entry.event for entry in audit.history(made)]
    assert events == [f"grants.workshop.{name}" for name in ("submit", "saved", "started")]


def test_a_draft_with_gaps_is_kept_and_not_sent(town: Town) -> None:
    made = draft(town, venue="", capacity=None)
    assert made.missing == ["会場", "定員"]
    with pytest.raises(Refusal, match="次の欄が空です。会場、定員"):
        cases.submit_workshop(by=town.chief, workshop=made)
    assert made.state == WorkshopState.DRAFT


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"host_kind": "with_community"}, "共催する組織を選んでください"),
        ({"ends_at": STARTS - timedelta(hours=1)}, "終わりは、始まりより後"),
        (
            {"duties": [DutyRow(kind="publicity", doer="prefecture", payer="prefecture")]},
            "「広報」の費用は、県では負担できません",
        ),
        ({"lecturers": [LECTURER] * 5}, "講師は、4人までです"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused(town: Town, values: dict[str, Any], words: str) -> None:
    made = draft(town)
    with pytest.raises(Refusal, match=words):
        save(town, made, **values)
    made.refresh_from_db()
    assert (made.revision, made.lecturers.count(), made.duties.count()) == (1, 1, 3)


def test_a_platform_is_one_of_the_town_and_hosts_alone(town: Town) -> None:
    made = save(town, draft(town), host_kind="with_community", platform=town.platform)
    assert made.organisation == town.platform
    assert queries.platforms_of(made).get() == town.platform
    with pytest.raises(Refusal, match="窓口の市町村のもの"):
        save(town, made, host_kind="with_community", platform=Town(office=town.office).platform)


def test_an_organisation_asks_through_its_municipality(town: Town) -> None:
    made = draft(town, applicant="organisation", host_kind="prefecture")
    assert made.missing == ["地域コミュニティ組織"]
    assert save(town, made, host_kind="prefecture", platform=town.platform).missing == []
    with pytest.raises(Refusal, match="計画できるのは、市町村、地域コミュニティ組織、県です"):
        cases.start_workshop(
            by=town.officer, menu=menu(), municipality=town.area, title="別の会", applicant="npo"
        )
    with pytest.raises(Refusal, match="県の担当者が始めます"):
        cases.start_workshop(
            by=town.officer, menu=menu(), municipality=town.area, title="別の会", applicant="prefecture"
        )


def test_the_prefecture_plans_itself_and_the_town_agrees(town: Town) -> None:
    assert town.chief
    made = cases.start_workshop(by=town.prefecture, menu=menu(), municipality=town.area, title="県の会")
    save(town, made, by=town.prefecture)
    assert made.is_planned_by_office
    assert not queries.visible_to(Scope.of(town.officer)).exists()  # not before it is out
    with pytest.raises(PermissionDenied, match="受け持ちの県担当"):
        cases.submit_workshop(by=town.chief, workshop=made)
    cases.submit_workshop(by=town.prefecture, workshop=made)
    assert mails(town.chief_user.email) == ["workshop_submitted"]
    with pytest.raises(Refusal, match="県が計画したもの"):
        cases.return_workshop(by=town.prefecture, workshop=made, note="直してください。")
    assert agreed(town, made).agreed_version == 1


def test_both_sides_agree_and_the_plan_is_frozen(town: Town) -> None:
    assert town.prefecture
    made = consulting(town)
    agreeing.agree_workshop(by=town.chief, workshop=made, revision=made.revision)
    assert (made.state, made.town_agreed_by) == (WorkshopState.CONSULTING, town.chief_user)
    with pytest.raises(Refusal, match="この側は、もう合意しています"):
        agreeing.agree_workshop(by=town.chief, workshop=made, revision=made.revision)
    agreeing.agree_workshop(by=town.prefecture, workshop=made, revision=made.revision)
    assert (made.state, made.agreed_version) == (WorkshopState.AGREED, 1)
    plan = made.plans.get()
    assert (plan.number, plan.content["title"], plan.content["capacity"]) == (1, PLAN["title"], 40)
    with pytest.raises(Refusal, match="いま「決裁待ち」です"):
        save(town, made, title="すりかえ")
    assert Document.objects.filter(object_id=made.pk).count() == 1  # nothing changed since it was submitted
    assert mails(town.prefecture_user.email) == [
        "workshop_agreed", "workshop_agreed_first", "workshop_submitted",
    ]  # fmt: skip


def test_a_change_in_consultation_ends_the_agreement_of_one_side(town: Town) -> None:
    made = consulting(town)
    seen = made.revision
    agreeing.agree_workshop(by=town.chief, workshop=made, revision=seen)
    save(town, made, by=town.prefecture, venue="見本市民会館")
    assert made.town_agreed_at is None
    with pytest.raises(Refusal, match="計画が直されました"):
        agreeing.agree_workshop(by=town.prefecture, workshop=made, revision=seen)
    agreed(town, made)
    papers = {row.state: row for row in Document.objects.filter(object_id=made.pk)}
    assert sorted(papers) == ["issuing", "replaced"]
    assert papers["issuing"].snapshot["body"]["venue"].startswith("見本市民会館")


def test_consultation_keeps_the_plan_whole_and_settles_who_pays(town: Town) -> None:
    made = consulting(town, duties=[DutyRow(kind="venue", doer="municipality", payer=Payer.OPEN)])
    with pytest.raises(Refusal, match="協議中の計画には、次の欄が要ります。会場"):
        save(town, made, venue="")
    made.refresh_from_db()
    with pytest.raises(Refusal, match=r"だれが払うかが、まだ決まっていません\(会場\)"):
        agreeing.agree_workshop(by=town.chief, workshop=made, revision=made.revision)


def test_the_later_of_two_writers_is_told(town: Town) -> None:
    made = draft(town)
    first, second = Workshop.objects.get(pk=made.pk), Workshop.objects.get(pk=made.pk)
    save(town, first, venue="一つ目")
    with pytest.raises(Refusal, match="ほかの人が保存しました"):
        cases.save_workshop(by=town.chief, workshop=second, revision=1, **PLAN)


def test_it_comes_back_for_correction_and_is_sent_again(town: Town) -> None:
    made = consulting(town)
    with pytest.raises(Refusal, match="理由を入力"):
        cases.return_workshop(by=town.prefecture, workshop=made, note=" ")
    cases.return_workshop(by=town.prefecture, workshop=made, note="対象を書きなおしてください。")
    assert made.state == WorkshopState.RETURNED
    assert mails(town.officer_user.email) == ["workshop_returned"]
    with pytest.raises(PermissionDenied):
        save(town, made, by=town.prefecture)
    cases.submit_workshop(by=town.chief, workshop=save(town, made, audience="自治会の役員"))
    assert (made.state, made.version) == (WorkshopState.CONSULTING, 2)
    with pytest.raises(Refusal, match="いま「協議中」です"):
        cases.submit_workshop(by=town.chief, workshop=made)


def test_who_may(town: Town) -> None:
    made, other = draft(town), Town(office=town.office)
    stranger = actor(UserFactory())
    for person in (other.officer, other.chief, stranger):
        with pytest.raises(PermissionDenied):
            save(town, made, by=person)
    with pytest.raises(PermissionDenied, match="市町村の決裁者"):
        cases.submit_workshop(by=town.officer, workshop=made)
    cases.submit_workshop(by=town.chief, workshop=made)
    elsewhere = Town().prefecture
    for person in (town.officer, elsewhere, other.chief):
        with pytest.raises(PermissionDenied):
            agreeing.agree_workshop(by=person, workshop=made, revision=made.revision)
    with pytest.raises(PermissionDenied):
        cases.start_workshop(by=stranger, menu=menu(), municipality=town.area, title="だれかの会")


def test_who_sees(town: Town) -> None:
    made, other = draft(town), Town(office=town.office)

    def sees(person: Any) -> bool:
        return queries.visible_to(Scope.of(person)).filter(pk=made.pk).exists()

    auditor = actor(officer(Role.AUDITOR, "460001"))
    assert [sees(who) for who in (town.officer, town.prefecture, auditor, other.officer)] == [
        True, False, False, False,
    ]  # fmt: skip
    made.participants.add(other.area)
    cases.submit_workshop(by=town.chief, workshop=made)
    assert [sees(who) for who in (town.officer, town.prefecture, auditor, other.officer)] == [
        True, True, True, False,
    ]  # fmt: skip


def test_only_in_the_running_year_and_in_time(town: Town, clock: ClockFile) -> None:
    made = draft(town, starts_at=STARTS + timedelta(days=150), ends_at=ENDS + timedelta(days=150))
    with pytest.raises(Refusal, match="令和8年度のうちの日"):
        cases.submit_workshop(by=town.chief, workshop=made)
    late = save(town, made)
    clock.set("2026-12-13T09:00:00+09:00")
    with pytest.raises(Refusal, match="これからの日時"):
        cases.submit_workshop(by=town.chief, workshop=late)
    clock.set("2027-04-01T09:00:00+09:00")
    with pytest.raises(Refusal, match="いま計画を受け付けていません"):
        cases.start_workshop(by=town.officer, menu=made.menu, municipality=town.area, title="おそい会")


def test_an_advisor_is_paid_by_the_register_and_never_booked_twice(town: Town) -> None:
    adviser = Adviser(town)
    row = LecturerRow(advisor=adviser.row, topic="事例")
    first = agreed(town, lecturers=[row])
    lecturer = first.lecturers.get()
    assert (lecturer.name, lecturer.fee_yen, lecturer.kept_from) == ("助言 花子", 20_000, STARTS)
    second = draft(town, lecturers=[row])
    with pytest.raises(Refusal, match="その時間に別の予定があります"):
        cases.submit_workshop(by=town.chief, workshop=second)
    with pytest.raises(Refusal, match="その時間に別の予定があります"):  # a visit of ① in that time
        proposed(town, adviser, starts_at=STARTS + timedelta(hours=1))
    with pytest.raises(Refusal, match="2回入っています"):
        save(town, second, lecturers=[row, row])


def test_a_visit_of_menu_1_keeps_a_workshop_away(town: Town) -> None:
    adviser = Adviser(town)
    proposed(town, adviser, starts_at=STARTS)
    made = draft(town, lecturers=[LecturerRow(advisor=adviser.row)])
    with pytest.raises(Refusal, match="その時間に別の予定があります"):
        cases.submit_workshop(by=town.chief, workshop=made)


def test_desks_say_what_waits_for_whom(town: Town) -> None:
    assert town.prefecture
    made = draft(town)
    name = made.title
    assert f"{name}の開催計画を書いて出す" in desk_of(town.officer)
    cases.submit_workshop(by=town.chief, workshop=made)
    assert f"{name}の計画を協議して合意する" in desk_of(town.chief)
    assert f"{name}の計画を協議して合意する" in desk_of(town.prefecture)
    agreeing.agree_workshop(by=town.chief, workshop=made, revision=made.revision)
    assert name not in "".join(desk_of(town.chief))
    agreeing.agree_workshop(by=town.prefecture, workshop=made, revision=made.revision)
    assert f"{name}の開催の決裁を受ける" in desk_of(town.prefecture)
    assert name not in "".join(desk_of(Town().prefecture))


def test_what_it_holds_of_a_person(town: Town) -> None:
    agreed(town)
    found = personal.rows(town.chief_user.pk)
    assert found["ワークショップ"][0]["提出した"] is True
    assert found["ワークショップ"][0]["合意した"] is True
    assert personal.rows(UserFactory().pk)["ワークショップ"] == []


def test_a_decision_is_drafted_only_for_an_agreed_plan(town: Town) -> None:
    made = consulting(town)
    with pytest.raises(Refusal, match="いま「協議中」です"):
        actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    agreed(town, made)
    with pytest.raises(PermissionDenied):
        actions.draft_workshop_decision(by=town.chief, workshop=made)
    actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    with pytest.raises(Refusal, match="もう起案されています"):
        actions.draft_workshop_decision(by=town.prefecture, workshop=made)
