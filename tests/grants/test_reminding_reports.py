"""Reminders of reports, of visits to come and of results: before their day, after it until they are in, to the right side."""

from datetime import date, timedelta

import pytest

from grants import actions
from grants.models import Application
from grants.reminding import sweeping
from grants.reminding.calculations import stage
from grants.settlement.queries import due_on
from portal.kernel.models import OutboxMessage
from tests.factories.deciding import decided as decided_file
from tests.factories.dispatch import Adviser, decided, report
from tests.factories.grants import Town
from tests.factories.supporters import Student, accepted
from tests.factories.workshop import decided as decided_workshop
from tests.factories.workshop import report as report_workshop
from tests.support.world import ClockFile

DAYS, LATE = (1, 7, 14, 30), (1, 7)
DUE = date(2026, 12, 24)


def swept(clock: ClockFile, *days: date) -> list[tuple[str, int]]:
    """The heads of the subjects that each sweep at ten o'clock wrote, and to how many; a second sweep writes nothing."""
    told = []
    for day in days:
        clock.set(f"{day}T10:00:00+09:00")
        before = set(OutboxMessage.objects.filter(template=sweeping.MAIL).values_list("pk", flat=True))
        sweeping.remind()
        assert sweeping.remind()[1] == 0
        fresh = OutboxMessage.objects.filter(template=sweeping.MAIL).exclude(pk__in=before)
        told.append((",".join({row.subject[1:].split("】")[0] for row in fresh}), fresh.count()))
    return told


def around(due: date, *offsets: int) -> list[date]:
    return [due + timedelta(days=offset) for offset in offsets]


def to(user: object) -> int:
    return OutboxMessage.objects.filter(template=sweeping.MAIL, to_address=user.email).count()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("after", "expected"), [(0, 1), (1, -1), (2, -1), (6, -1), (7, -7), (8, -7), (40, -7)]
)
def test_the_stage_of_a_day_after_the_deadline(after: int, expected: int) -> None:
    assert stage(DUE, DUE + timedelta(days=after), date(2026, 1, 1), DAYS, LATE) == expected
    assert stage(DUE, DUE + timedelta(days=after or 1), date(2026, 1, 1), DAYS) is None


def test_the_side_that_has_not_reported_a_visit(town: Town, clock: ClockFile) -> None:
    """Until 24 December, 14 days after: a week, a day before, a day and a week after; the other side hears nothing."""
    adviser = Adviser(town)
    visit = decided(town, adviser).visits.get()
    assert swept(clock, date(2026, 12, 9)) == [
        ("あと1日", 3)
    ]  # the visit itself: its advisor and the officer
    clock.set("2026-12-10T16:00:00+09:00")
    actions.hold_visit(by=town.officer, visit=visit)
    report(adviser.actor, visit, "advisor")
    assert swept(clock, *around(DUE, -14, -8, -7, -6, -1, 0, 1, 2, 7, 8)) == [
        ("", 0), ("", 0), ("あと7日", 2), ("", 0), ("あと1日", 2), ("", 0), ("期限を1日過ぎました", 2), ("", 0),
        ("期限を7日過ぎました", 2), ("", 0),
    ]  # fmt: skip
    assert (to(town.officer_user), to(town.chief_user), to(adviser.user)) == (5, 5, 1)
    clock.set("2026-12-24T10:00:00+09:00")
    report(town.officer, visit, "municipality")
    assert swept(clock, *around(DUE, 14, 15)) == [("", 0), ("", 0)]


def test_an_advisor_is_reminded_for_oneself(town: Town, clock: ClockFile) -> None:
    adviser = Adviser(town)
    visit = decided(town, adviser).visits.get()
    clock.set("2026-12-10T16:00:00+09:00")
    actions.hold_visit(by=town.officer, visit=visit)
    report(town.officer, visit, "municipality")
    assert swept(clock, DUE - timedelta(days=1)) == [("あと1日", 1)]
    assert (to(adviser.user), to(town.officer_user)) == (1, 0)


def test_the_desk_of_a_workshop_until_it_has_reported(town: Town, clock: ClockFile) -> None:
    made, due = decided_workshop(town), date(2026, 12, 26)
    told = swept(clock, *around(due, -13, -7, -1, 0, 1))
    assert [count for _, count in told] == [0, 2, 2, 0, 2]
    assert to(town.officer_user) == 3
    report_workshop(town, made)
    assert swept(clock, due + timedelta(days=7)) == [("", 0)]


def test_a_student_by_name(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made, due = accepted(town, student), date(2026, 12, 20)
    assert [count for _, count in swept(clock, *around(due, -10, -7, -1, 0, 1))] == [0, 1, 1, 0, 1]
    mail = OutboxMessage.objects.filter(to_address=student.user.email, template=sweeping.MAIL).latest(
        "created_at"
    )
    assert mail.body.startswith(f"{made.supporter.name} 様")
    assert "次のことの期限を過ぎています" in mail.body
    assert to(town.officer_user) == 0


def test_a_result_until_it_is_in(town: Town, clock: ClockFile) -> None:
    """Of a decided file: the municipality, 30, 14, 7 and 1 days before, 1 and 7 after; never the office."""
    case = decided_file(town)
    due = due_on(case)
    assert due is not None
    told = swept(clock, *around(due, -30, -14, -7, -1, 0, 1, 7))
    assert [head for head, _ in told] == [
        "あと30日", "あと14日", "あと7日", "あと1日", "", "期限を1日過ぎました", "期限を7日過ぎました",
    ]  # fmt: skip
    assert {count for head, count in told if head} == {2}
    assert to(town.prefecture_user) == 0


def test_a_visit_to_come_is_told_to_both_sides_and_never_afterwards(town: Town, clock: ClockFile) -> None:
    adviser = Adviser(town)
    assert decided(town, adviser).visits.get().state == "dated"
    assert swept(clock, *around(date(2026, 12, 10), -7, -1)) == [("あと7日", 3), ("あと1日", 3)]
    assert (to(adviser.user), to(town.officer_user)) == (2, 2)
    assert swept(clock, *around(date(2026, 12, 10), 1, 7)) == [("", 0), ("", 0)]


def test_what_can_no_longer_be_done_is_not_asked_for_again(town: Town, clock: ClockFile) -> None:
    """After the day of a correction its submission is refused: its town hears of it before, never after."""
    case, due = actions.take(by=town.prefecture, application=town.submitted()), date(2026, 12, 9)
    actions.write_remark(by=town.prefecture, application=case, part="plan", text="期間")
    actions.return_for_correction(by=town.prefecture, application=case, due_on=due)
    assert [count for _, count in swept(clock, *around(due, -7, -1, 1, 7))] == [2, 2, 0, 0]


def test_of_a_stopped_file_no_status_is_asked(town: Town, clock: ClockFile) -> None:
    """Of 31 December, due on 15 January: its desk does not ask for it either."""
    case = decided_file(town)
    Application.objects.filter(pk=case.pk).update(stopped="stopped")
    assert swept(clock, date(2027, 1, 8), date(2027, 1, 16)) == [("", 0), ("", 0)]
    Application.objects.filter(pk=case.pk).update(stopped="")
    assert swept(clock, date(2027, 1, 17)) == [("期限を2日過ぎました", 2)]
