"""Student supporters with real threads: one day of a student, one answer, one certificate."""

from threading import Event
from typing import Any

import pytest

from grants.models import Placement, PlacementDay, Supporter, SupportRequest
from grants.supporters.actions import placing, register, working
from grants.supporters.enums import DayState, PlacementState
from grants.supporters.workflow import SUPPORTER
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.grants import Town
from tests.factories.supporters import FIRST, Student, proposed, request
from tests.factories.workshop import consulting
from tests.support.threads import race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    made = Town()
    assert all((made.officer, made.chief, made.prefecture))
    return made


def one_wins(outcomes: list[Any]) -> bool:
    """One did it, the other was refused with a reason."""
    return sorted(one.ok for one in outcomes) == [False, True] and all(
        isinstance(one.error, Refusal) for one in outcomes if not one.ok
    )


def test_two_officers_match_one_student_for_one_day(town: Town) -> None:
    file, student, other = consulting(town), Student(town), Town(office=town.office)
    assert other.prefecture
    wanted = [request(town, file).pk, request(town, file).pk]
    row = student.row

    def ask(number: int, by: Town) -> Placement:
        found = SupportRequest.objects.get(pk=wanted[number])
        return placing.propose_supporter(by=by.prefecture, request=found, supporter=row, days=[FIRST])

    outcomes = race(lambda: ask(0, town), lambda: ask(1, other))
    assert one_wins(outcomes), outcomes
    told = next(one.error for one in outcomes if not one.ok)
    assert "その日に別の活動が入っています" in str(told)
    assert PlacementDay.objects.filter(supporter=row).exclude(state=DayState.DROPPED).count() == 1


class Lingering:
    """The table of the register for somebody slow: between what they read and what they write another may act."""

    def __init__(self) -> None:
        self.read, self.acted = Event(), Event()

    def apply(self, *args: Any, **kwargs: Any) -> Any:
        self.read.set()
        self.acted.wait(0.5)
        return SUPPORTER.apply(*args, **kwargs)


def test_nobody_is_asked_while_they_leave(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    student, wanted, table = Student(town), request(town), Lingering()
    row = student.row
    monkeypatch.setattr(register, "SUPPORTER", table)

    def leave() -> Supporter:
        return register.leave_register(by=student.actor, supporter=Supporter.objects.get(pk=row.pk))

    def ask() -> Placement:
        assert table.read.wait(10)
        made = placing.propose_supporter(by=town.prefecture, request=wanted, supporter=row, days=[FIRST])
        table.acted.set()
        return made

    outcomes = race(leave, ask)
    assert one_wins(outcomes), outcomes
    assert not Placement.objects.filter(supporter=row).exists()


def test_yes_against_withdrawing_and_one_certificate(town: Town, world: World) -> None:
    student = Student(town)
    made = proposed(town, student)

    def answer() -> Placement:
        return placing.accept_placement(by=student.actor, placement=Placement.objects.get(pk=made.pk))

    def withdraw() -> SupportRequest:
        found = SupportRequest.objects.get(pk=made.request_id)
        return placing.withdraw_request(by=town.officer, request=found, note="日が変わるため。")

    race(answer, withdraw)
    made.refresh_from_db()
    assert made.state == PlacementState.CALLED_OFF
    again = placing.accept_placement(by=student.actor, placement=proposed(town, student, request(town)))
    world.clock.set("2026-12-06T18:00:00+09:00")
    for day in again.days.all():
        working.confirm_day(by=town.officer, day=day, minutes=60, is_insured=True)
    working.report_placement(by=student.actor, placement=again, work="手伝った。")

    def confirm() -> Placement:
        return working.confirm_placement(by=town.prefecture, placement=Placement.objects.get(pk=again.pk))

    outcomes = race(confirm, confirm)
    assert one_wins(outcomes), outcomes
    assert Document.objects.filter(object_id=again.pk).count() == 1
