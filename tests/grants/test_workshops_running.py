"""Menu ② after the agreement: the decision and its event, a change, a cancellation, the report, the payments, the end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions as communities
from communities.calculations import purpose_of
from communities.enums import EventState
from communities.models import Event
from grants import actions
from grants.models import Approval, Workshop
from grants.workshop import queries
from grants.workshop.actions import agreeing, cases, running
from grants.workshop.enums import WorkshopState
from grants.workshop.rows import LecturerRow
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import clock
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor
from tests.factories.communities import registration
from tests.factories.deciding import record
from tests.factories.dispatch import Adviser
from tests.factories.grants import Town
from tests.factories.workshop import (
    ENDS,
    PLAN,
    STARTS,
    agreed,
    decide,
    decided,
    government,
    save,
)
from tests.support.world import ClockFile

AFTER = "2026-12-12T17:00:00+09:00"
DAY = timedelta(days=1)


def event_of(made: Workshop) -> Event:
    return Event.objects.select_related(
        "area__parent", "host_community", "host_platform", "host_authority", "seats"
    ).get(pk=made.event_id)


def jobs(kind: str) -> int:
    return Job.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    ("kind", "collector", "host", "collected"),
    [
        ("prefecture", "city", "鹿児島県", "鹿児島県"),
        ("with_municipality", "joint", "鹿児島県", "{town}と鹿児島県"),
        ("with_community", "joint", "浜坂地区まちづくり協議会", "{town}と浜坂地区まちづくり協議会、鹿児島県"),
        ("use", "city", "{town}", "{town}"),
    ],
)  # fmt: skip
def test_deciding_makes_the_event_with_its_host_and_collector(
    town: Town, kind: str, collector: str, host: str, collected: str
) -> None:
    government(town)
    platform = town.platform if kind == "with_community" else None
    made = decided(town, host_kind=kind, platform=platform)
    event, name = event_of(made), town.area.name
    assert (made.state, event.state, event.workshop) == (WorkshopState.DECIDED, EventState.PUBLISHED, made)
    assert (event.collector, str(event.host)) == (collector, host.format(town=name))
    assert (event.title, event.starts_at, event.venue) == (PLAN["title"], STARTS, "見本公民館")
    assert (event.area_id, event.seats.capacity) == (town.area.pk, 40)
    assert purpose_of(event).collector == collected.format(town=name)
    assert purpose_of(event).recipients.startswith(f"{name}の担当者が読みます。")


def test_the_letter_is_issued_and_both_sides_and_lecturers_are_told(town: Town) -> None:
    adviser, other = Adviser(town), Town(office=town.office)
    assert other.officer
    made = decided(town, lecturers=[LecturerRow(advisor=adviser.row)], participants=[other.area])
    letter = Document.objects.get(object_id=made.pk, kind="grants.workshop_decision")
    assert (letter.own_number, letter.section) == ("く共第123号", town.office)
    assert letter.snapshot["body"]["number"] == 1
    for mail, address in (
        ("workshop_decided", town.officer_user.email), ("workshop_decided", other.officer_user.email),
        ("workshop_lecturer", adviser.user.email),
    ):  # fmt: skip
        assert OutboxMessage.objects.filter(template=f"grants/mail/{mail}", to_address=address).count() == 1
    seen = queries.visible_to(Scope.of(other.officer))
    assert seen.get() == made  # who takes part sees it now
    assert not queries.seen_by_sides(Scope.of(other.officer)).exists()


def test_the_decision_is_not_dated_wrong_and_not_late(town: Town, clock: ClockFile) -> None:
    made = agreed(town)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    with pytest.raises(Refusal, match="両者が合意した日より前"):
        actions.record_approval(
            by=town.prefecture, approval=approval, **record(town.prefecture, decided_on=date(2026, 11, 24)),
        )  # fmt: skip
    clock.set(AFTER)
    with pytest.raises(Refusal, match="開催の日時を過ぎています"):
        actions.record_approval(
            by=town.prefecture, approval=approval, **record(town.prefecture, decided_on=date(2026, 12, 11)),
        )  # fmt: skip
    assert not Event.objects.filter(title=PLAN["title"]).exists()


def test_a_draft_that_was_sent_back_lets_the_plan_be_mended(town: Town) -> None:
    made = agreed(town)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    with pytest.raises(Refusal, match="いま決裁の途中です"):
        running.change_workshop(by=town.officer, workshop=made, note="会場を変えたい。")
    actions.send_back_approval(by=town.prefecture, approval=approval, note="会場が狭い。")
    made.refresh_from_db()
    assert made.state == WorkshopState.AGREED
    running.change_workshop(by=town.officer, workshop=made, note="広い会場にします。")
    assert (made.state, made.town_agreed_at) == (WorkshopState.CONSULTING, None)


def test_it_is_refused_with_a_reason_and_the_time_is_free(town: Town) -> None:
    adviser = Adviser(town)
    made = agreed(town, lecturers=[LecturerRow(advisor=adviser.row)])
    approval = actions.draft_workshop_refusal(by=town.prefecture, workshop=made, reason="予算の都合のため。")
    actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))
    made.refresh_from_db()
    assert (made.state, made.event) == (WorkshopState.REFUSED, None)
    assert made.lecturers.get().kept_from is None
    mail = OutboxMessage.objects.filter(template="grants/mail/workshop_refused").first()
    assert mail is not None
    assert "予算の都合のため。" in mail.body


def test_a_change_is_decided_again_and_registrants_are_told_once(town: Town) -> None:
    made = decided(town)
    registration(event_of(made))
    running.change_workshop(by=town.officer, workshop=made, note="講師の都合のため。")
    assert event_of(made).starts_at == STARTS  # as announced, until the new plan is decided
    with pytest.raises(Refusal, match="もう催しを公開しています"):
        cases.return_workshop(by=town.prefecture, workshop=made, note="直してください。")
    with pytest.raises(Refusal, match="主催と共催の相手は変えられません"):
        save(town, made, host_kind="prefecture")
    made.refresh_from_db()
    save(town, made, starts_at=STARTS + DAY, ends_at=ENDS + DAY, venue="見本市民会館", capacity=60)
    assert jobs("communities.tell_notice") == 0
    again = decide(town, agreed(town, made))
    event = event_of(again)
    assert (again.agreed_version, event.pk) == (2, made.event_id)
    assert (event.starts_at, event.venue, event.seats.capacity) == (STARTS + DAY, "見本市民会館", 60)
    assert jobs("communities.tell_notice") == 1
    assert [plan.content["venue"] for plan in again.plans.all()] == ["見本公民館 見本町1-1", "見本市民会館 見本町1-1"]  # fmt: skip
    assert Document.objects.filter(object_id=made.pk, kind="grants.workshop_decision").count() == 2


def test_a_change_keeps_the_seats_that_were_given(town: Town) -> None:
    made = decided(town)
    registration(event_of(made), party_size=4)
    running.change_workshop(by=town.prefecture, workshop=made, note="会場が変わるため。")
    made = Workshop.objects.get(pk=made.pk)
    with pytest.raises(Refusal, match="もう4人の申込みがある"):
        save(town, made, capacity=3)


def test_a_postponed_event_gets_the_new_day_of_the_plan(town: Town) -> None:
    """Of events that were put off before the workshop kept them."""
    made = decided(town)
    Event.objects.filter(pk=made.event_id).update(state=EventState.POSTPONED, postponed_at=clock.now())
    running.change_workshop(by=town.officer, workshop=made, note="大雨のため。")
    save(town, made, starts_at=STARTS + DAY, ends_at=ENDS + DAY)
    event = event_of(decide(town, agreed(town, made)))
    assert (event.state, event.starts_at) == (EventState.PUBLISHED, STARTS + DAY)


def test_no_change_once_the_event_has_begun(town: Town, clock: ClockFile) -> None:
    made = decided(town)
    clock.set(AFTER)
    with pytest.raises(Refusal, match="催しが始まったか"):
        running.change_workshop(by=town.officer, workshop=made, note="もう一度。")
    assert Workshop.objects.get(pk=made.pk).state == WorkshopState.DECIDED


def test_cancelling_cancels_the_event_and_tells_everybody_once(town: Town) -> None:
    adviser = Adviser(town)
    made = decided(town, lecturers=[LecturerRow(advisor=adviser.row)])
    running.cancel_workshop(by=town.officer, workshop=made, note="大雨の災害対応のため。")
    assert (made.state, event_of(made).state) == (WorkshopState.CANCELLED, EventState.CANCELLED)
    assert made.lecturers.get().kept_from is None
    assert jobs("communities.tell_cancellation") == 1
    sent = OutboxMessage.objects.filter(template="grants/mail/workshop_cancelled")
    assert sent.filter(to_address=adviser.user.email).count() == 1
    with pytest.raises(Refusal, match="いま「取りやめ」です"):
        running.cancel_workshop(by=town.prefecture, workshop=made, note="もう一度。")


def test_cancelling_ends_a_decision_that_is_under_way(town: Town) -> None:
    made = agreed(town)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    running.cancel_workshop(by=town.chief, workshop=made, note="担当者がいないため。")
    assert Approval.objects.get(pk=approval.pk).state == "dropped"
    with pytest.raises(PermissionDenied):
        running.cancel_workshop(by=Town().chief, workshop=made, note="よその町。")


def test_nobody_acts_as_the_decision(town: Town) -> None:
    stranger: Any = actor(UserFactory())
    made = decided(town)
    for person in (stranger, town.prefecture):
        with pytest.raises(PermissionDenied):
            communities.edit_event(by=person, event=event_of(made), venue="すりかえ")
    communities.edit_event(by=town.officer, event=event_of(made), access="駅から歩いて5分")
    with pytest.raises(PermissionDenied):
        agreeing.agree_workshop(by=stranger, workshop=made, revision=made.revision)
