"""Student supporters: asking at a file of any menu, whom the officer can ask, the answer, calling off, and every constraint."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from communities.saving import change as change_row
from grants.dispatch.enums import DispatchState
from grants.dispatch.workflow import DISPATCH
from grants.models import Menu, SupporterTerms
from grants.supporters import queries
from grants.supporters.actions import placing, register, working
from grants.supporters.enums import DayState, PlacementState, RequestState
from grants.supporters.files import KINDS
from grants.workflow import SUBSIDY
from grants.workshop.workflow import WORKSHOP
from portal.areas.models import Section
from portal.kernel import clock as now
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from portal.kernel.workflow import Workflow
from tests.factories.accounts import UserFactory
from tests.factories.areas import KAGOSHIMA, authority
from tests.factories.dispatch import requested
from tests.factories.grants import Town
from tests.factories.supporters import (
    FIRST,
    GUARDIAN,
    MINOR_BORN,
    WANTED,
    Student,
    accepted,
    applied,
    proposed,
    request,
)
from tests.factories.workshop import consulting, draft
from tests.support.world import ClockFile

from .test_constraints import change, copy, refuses

DAY = timedelta(days=1)


def mails(name: str) -> int:
    return OutboxMessage.objects.filter(template=f"grants/supporters/mail/{name}").count()


@pytest.mark.parametrize("kind", ["application", "dispatch", "workshop"])
def test_both_sides_ask_at_a_file_and_the_office_is_told(town: Town, kind: str) -> None:
    assert town.prefecture
    file = {"application": town.submitted, "dispatch": lambda: requested(town), "workshop": lambda: consulting(town)}[kind]()  # fmt: skip
    made = request(town, file)
    again = placing.ask_supporters(by=town.prefecture, file=file, **WANTED)
    assert (made.kind, made.file, again.office, mails("asked")) == (kind, file, town.office, 2)
    with pytest.raises(PermissionDenied):
        placing.ask_supporters(by=Town(office=town.office).officer, file=file, **WANTED)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_on": FIRST - 10 * DAY}, "first_on"),
        ({"last_on": FIRST - DAY}, "last_on"),
        ({"last_on": FIRST + 200 * DAY}, "last_on"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_box(town: Town, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        request(town, **values)
    assert refused.value.field == field


def test_a_menu_without_students_and_a_draft_take_none(town: Town) -> None:
    with pytest.raises(Refusal, match="いま「下書き」です"):
        request(town, draft(town))
    Menu.objects.update(students=False)
    with pytest.raises(Refusal, match="活用できません"):
        request(town)


def test_the_officer_sees_who_is_free_and_near(town: Town) -> None:
    wanted = request(town)
    near, knows = Student(town, {"fields": ["survey"], "kana": "ア"}), Student(town, {"kana": "イ"})
    near.row.offices.add(town.office)
    assert knows.row
    away, busy, waiting = Student(town), Student(town), Student(town, {"state": "requested"})
    away.row.offices.add(Section.objects.exclude(pk=town.office.pk).filter(authority=authority(KAGOSHIMA))[0])
    proposed(town, busy, request(town), days=3)
    assert waiting.row
    found = queries.candidates(wanted)
    assert [row for row, _ in found] == [knows.row, near.row]
    assert found[0][1] == [FIRST, FIRST + DAY, FIRST + 2 * DAY]


def test_no_day_is_kept_twice(town: Town) -> None:
    student = Student(town)
    proposed(town, student)
    with pytest.raises(Refusal, match="その日に別の活動が入っています"):
        proposed(town, student, request(town), days=1)


def test_a_request_is_filled_and_the_wrong_days_are_refused(town: Town) -> None:
    wanted, first, second = request(town), Student(town), Student(town)
    for days in ([], [FIRST + 3 * DAY], [FIRST - DAY]):
        with pytest.raises(Refusal) as refused:
            placing.propose_supporter(by=town.prefecture, request=wanted, supporter=first.row, days=days)
        assert refused.value.field == "days"
    with pytest.raises(PermissionDenied):
        placing.propose_supporter(by=town.officer, request=wanted, supporter=first.row, days=[FIRST])
    proposed(town, first, wanted)
    with pytest.raises(Refusal, match="もう打診しています"):
        proposed(town, second, wanted)
    register.leave_register(by=second.actor, supporter=second.row)
    with pytest.raises(Refusal, match="登録されていません"):
        proposed(town, second, request(town))


def test_a_no_frees_the_days_and_another_is_asked(town: Town) -> None:
    wanted, student = request(town), Student(town)
    made = proposed(town, student, wanted)
    with pytest.raises(PermissionDenied):
        placing.accept_placement(by=town.prefecture, placement=made)
    placing.decline_placement(by=student.actor, placement=made, note="授業があります。")
    assert set(made.days.values_list("state", flat=True)) == {DayState.DROPPED}
    with pytest.raises(Refusal):
        placing.accept_placement(by=student.actor, placement=made)
    again = proposed(town, student, wanted)
    placing.accept_placement(by=student.actor, placement=again)
    assert (again.state, mails("declined"), mails("accepted")) == (PlacementState.ACCEPTED, 1, 3)


def test_days_that_are_over_are_not_taken_on(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made = proposed(town, student)
    clock.set("2026-12-07T09:00:00+09:00")
    with pytest.raises(Refusal, match="すべてすぎています"):
        placing.accept_placement(by=student.actor, placement=made)


def test_calling_off_tells_the_others(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made = accepted(town, student)
    with pytest.raises(PermissionDenied):
        placing.call_off_placement(by=Town(office=town.office).officer, placement=made, note="雨")
    placing.call_off_placement(by=town.officer, placement=made, note="大雨のため。")
    assert (made.state, mails("called_off")) == (PlacementState.CALLED_OFF, 3)
    other = accepted(town, student, wanted=request(town))
    clock.set("2026-12-05T18:00:00+09:00")
    working.record_day(by=student.actor, day=other.days.earliest("on"), minutes=60)
    with pytest.raises(Refusal, match="もう活動しています"):
        placing.call_off_placement(by=town.officer, placement=other, note="大雨のため。")


def test_withdrawing_calls_off_all_and_closing_leaves_them(town: Town) -> None:
    first, second = Student(town), Student(town)
    wanted = request(town)
    made = accepted(town, first, wanted=wanted)
    with pytest.raises(PermissionDenied):
        placing.close_request(by=town.officer, request=wanted)
    placing.withdraw_request(by=town.officer, request=wanted, note="日が変わるため。")
    made.refresh_from_db()
    assert (wanted.state, made.state) == (RequestState.WITHDRAWN, PlacementState.CALLED_OFF)
    kept = accepted(town, second)
    placing.close_request(by=town.prefecture, request=kept.request)
    kept.refresh_from_db()
    assert kept.state == PlacementState.ACCEPTED
    with pytest.raises(Refusal, match="いま「募集終了」です"):
        proposed(town, first, kept.request)


def test_a_file_that_ended_takes_nobody_more(town: Town) -> None:
    wanted = request(town)
    type(wanted.file).objects.filter(pk=wanted.file.pk).update(state="cancelled")
    wanted.refresh_from_db()
    with pytest.raises(Refusal, match="案件は終わりました"):
        proposed(town, Student(town), wanted)


def test_nobody_is_asked_for_at_a_withdrawn_dispatch(town: Town) -> None:
    wanted = request(town, requested(town))
    gone = {"state": DispatchState.WITHDRAWN, "withdrawn_at": now.now()}
    type(wanted.file).objects.filter(pk=wanted.file.pk).update(**gone)
    wanted.refresh_from_db()
    with pytest.raises(Refusal, match="案件は終わりました"):
        proposed(town, Student(town), wanted)
    with pytest.raises(Refusal, match="いま「取下げ」です"):
        request(town, wanted.file)


@pytest.mark.parametrize(
    ("kind", "table"), [("application", SUBSIDY), ("dispatch", DISPATCH), ("workshop", WORKSHOP)]
)
def test_no_state_without_a_way_out_takes_students(kind: str, table: Workflow) -> None:
    left = {state for step in table.transitions for state in step.sources}
    assert set(table.states.values) - left <= KINDS[kind].ended


# Constraints
def test_the_register_refuses(town: Town) -> None:
    row = Student(town).row
    stamp = now.now()
    refuses("supporter_one_of_a_person", copy(row))
    refuses("supporter_has_fields", change(row, fields=[]))
    refuses("supporter_consent_whole", change(row, consented_at=stamp, consented_by="paper"))
    refuses("supporter_registered_stamped", change(row, registered_at=None))
    refuses("supporter_left_iff_stamped", change(row, left_at=stamp))
    refuses("supporteroffer_day_once", copy(row.offers.earliest("on")))
    terms = SupporterTerms.objects.create(authority=authority(KAGOSHIMA))
    refuses("supporterterms_in_range", change(terms, report_days=0))


def test_requests_and_placements_refuse(town: Town) -> None:
    made = accepted(town, Student(town))
    wanted, day = made.request, made.days.earliest("on")
    refuses("supportrequest_one_file", change(wanted, workshop=None))
    refuses("supportrequest_days_in_order", change(wanted, last_on=wanted.first_on - DAY))
    refuses("supportrequest_people_in_range", change(wanted, people=51))
    refuses("placement_student_once", copy(made))
    refuses("placement_reported_iff_written", change(made, state=PlacementState.REPORTED))
    refuses("placement_confirmed_iff_stamped", change(made, confirmed_at=now.now()))
    refuses("placementday_student_not_twice", copy(day))
    refuses("placementday_in_range", change(day, minutes=0))
    refuses("placementday_recorded_whole", change(day, state=DayState.RECORDED))
    refuses("placementday_confirmed_insured", change(day, confirmed_at=now.now()))


def test_a_new_link_ends_the_one_before(town: Town) -> None:
    made = applied(town, UserFactory(), birth_on=MINOR_BORN, **GUARDIAN)
    first = made.get_consent_url()
    change_row(made, {"token_version": 2})
    assert made.get_consent_url() != first
