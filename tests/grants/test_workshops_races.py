"""Menu ② with real threads: one agreement, one decision with one event, one end, one order to pay, whoever comes first."""

from typing import Any

import pytest

from communities.models import Event
from grants import actions
from grants.models import Approval, Payment, Workshop, WorkshopPlan
from grants.workshop.actions import agreeing, paying, running
from grants.workshop.enums import WorkshopState
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.deciding import record
from tests.factories.grants import Town
from tests.factories.workshop import agreed, consulting, decided, report
from tests.support.threads import race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    made = Town()
    assert all((made.officer, made.chief, made.prefecture))
    return made


def again(made: Workshop) -> Workshop:
    return Workshop.objects.get(pk=made.pk)


def one_wins(outcomes: list[Any]) -> bool:
    """One did it, the other was refused with a reason."""
    return sorted(one.ok for one in outcomes) == [False, True] and all(
        isinstance(one.error, Refusal) for one in outcomes if not one.ok
    )


def test_both_sides_agree_at_once_and_one_plan_is_frozen(town: Town) -> None:
    made = consulting(town)

    def agree(by: Any) -> Workshop:
        return agreeing.agree_workshop(by=by, workshop=again(made), revision=made.revision)

    outcomes = race(lambda: agree(town.chief), lambda: agree(town.prefecture))
    assert all(one.ok for one in outcomes), outcomes
    frozen = again(made)
    assert (frozen.state, frozen.agreed_version) == (WorkshopState.AGREED, 1)
    assert frozen.town_agreed_at
    assert frozen.office_agreed_at
    assert WorkshopPlan.objects.filter(workshop=made).count() == 1
    assert (
        Document.objects.filter(kind="grants.workshop_plan", object_id=made.pk, state="issuing").count() == 1
    )


def test_it_is_decided_once_with_one_event(town: Town) -> None:
    made = agreed(town)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    papers = [record(town.prefecture, commitment_number="") for _ in range(2)]

    def sign(number: int) -> Approval:
        found = Approval.objects.get(pk=approval.pk)
        return actions.record_approval(by=town.prefecture, approval=found, **papers[number])

    outcomes = race(lambda: sign(0), lambda: sign(1))
    assert one_wins(outcomes), outcomes
    assert again(made).state == WorkshopState.DECIDED
    assert Event.objects.filter(title=made.title, area=town.area).count() == 1
    assert Document.objects.filter(kind="grants.workshop_decision", object_id=made.pk).count() == 1


def test_calling_off_against_the_report_and_two_officers_who_pay(town: Town, world: World) -> None:
    first, second = decided(town), decided(town)
    world.clock.set("2026-12-12T17:00:00+09:00")

    def cancel() -> Workshop:
        return running.cancel_workshop(by=town.officer, workshop=again(first), note="だれも来なかった。")

    outcomes = race(cancel, lambda: report(town, again(first)))
    assert one_wins(outcomes), outcomes
    ended = again(first)
    told = ended.event.state if ended.event else ""
    assert (ended.state, told) in {("cancelled", "cancelled"), ("reported", "held"), ("reported", "reported")}
    report(town, second)
    lecturer = second.lecturers.get()

    def pay() -> list[Payment]:
        row = type(lecturer).objects.select_related("user").get(pk=lecturer.pk)
        return paying.order_lecturer_payment(by=town.prefecture, workshop=again(second), lecturer=row)

    outcomes = race(pay, pay)
    assert one_wins(outcomes), outcomes
    assert Payment.objects.filter(case_id=second.pk).count() == 1
