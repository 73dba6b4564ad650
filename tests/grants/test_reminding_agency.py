"""Reminders of the month of the 委託先: who acts for it, as the authority has confirmed it, until a 精算書 is handed in."""

from communities.models import OrganisationMember
from grants.agency.actions import statements
from grants.reminding import sweeping
from tests.factories.agency import agency, person_of, reported_visits, started
from tests.factories.dispatch import Adviser
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .test_reminding import told


def test_a_month_with_visits_is_recalled_until_its_statement_is_in(town: Town, clock: ClockFile) -> None:
    contract = agency(town)
    person, stranger = person_of(contract), person_of(contract)
    OrganisationMember.objects.filter(user=stranger).update(confirmed_at=None)
    reported_visits(town, Adviser(town))
    subject = f"精算書を出す:{contract}(2026年11月分)"
    for day, stages in (("11-25", []), ("11-26", [14]), ("12-03", [14, 7])):
        clock.set(f"2026-{day}T09:00:00+09:00")
        sweeping.remind()
        assert told(person) == [f"【あと{left}日】{subject}" for left in stages], day
    made = started(town, contract)
    clock.set("2026-12-09T09:00:00+09:00")
    assert sweeping.remind()[1] == 1, "a draft is not handed in"
    travel = {cost.pk: 1_000 for cost in made.costs.all()}
    statements.write_statement(by=town.prefecture, statement=made, revision=0, travel=travel, hand_in=True)
    clock.set("2026-12-10T09:00:00+09:00")
    assert sweeping.remind()[1] == 0
    assert len(told(person)) == 3
    assert not told(stranger)
