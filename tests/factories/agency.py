"""The 委託先 of menu ① for tests: its contract by the action, visits that were reported as rows."""

from datetime import date, datetime, timedelta
from typing import Any

from communities.models import OrganisationMember
from grants.agency.actions import contracts, statements
from grants.models import AgencyContract, AgencyStatement, Dispatch, Visit, VisitReport
from portal.accounts.models import User
from portal.kernel import clock

from .accounts import UserFactory
from .areas import KAGOSHIMA, authority
from .deciding import line_of
from .dispatch import Adviser, menu, requested
from .grants import Town

NOVEMBER = date(2026, 11, 1)
SOME_DAY = datetime(2026, 11, 10, 13, 30, tzinfo=clock.JST)


def agency(town: Town, *, amount_yen: int = 500_000, case_yen: int = 3_000, **values: Any) -> AgencyContract:
    """The contract of menu ① with a body of the town's municipality."""
    return contracts.register_agency(
        by=town.prefecture, menu=menu(), organisation_name=f"{town.area.name}地域づくりセンター", kind="civic",
        area=town.area, number="委-7", signed_on=date(2026, 4, 1), amount_yen=amount_yen, case_yen=case_yen,
        line=line_of(town, menu()), **values,
    )  # fmt: skip


def person_of(contract: AgencyContract) -> User:
    """Somebody who acts for the 委託先, as 鹿児島県 has confirmed it."""
    user: User = UserFactory()
    OrganisationMember.objects.create(
        organisation=contract.organisation,
        authority=authority(KAGOSHIMA),
        user=user,
        confirmed_at=clock.now(),
    )
    return user


def reported_visits(town: Town, adviser: Adviser, count: int = 2, minutes: int = 90) -> list[Visit]:
    """So many visits of one decided dispatch, held in November and reported by both."""
    made, now = requested(town), clock.now()
    Dispatch.objects.filter(pk=made.pk).update(
        state="decided",
        advisor=adviser.row,
        visits_count=count,
        proposed_at=now,
        accepted_at=now,
        decided_at=now,
    )
    return [_visit(made, adviser, number, minutes) for number in range(1, count + 1)]


def _visit(made: Dispatch, adviser: Adviser, number: int, minutes: int) -> Visit:
    start = SOME_DAY + timedelta(days=number)
    visit = Visit.objects.create(
        dispatch=made, advisor=adviser.row, number=number, starts_at=start, ends_at=start + timedelta(hours=2),
        state="reported", held_at=start, reported_at=start,
    )  # fmt: skip
    for side, figure in (("municipality", {"people_count": 9}), ("advisor", {"minutes": minutes})):
        VisitReport.objects.create(visit=visit, side=side, content="助言", outcome="素案", **figure)
    return Visit.objects.select_related("dispatch__menu__programme__authority", "advisor").get(pk=visit.pk)


def started(town: Town, contract: AgencyContract) -> AgencyStatement:
    return statements.start_statement(by=town.prefecture, contract=contract, month=NOVEMBER)


def submitted(town: Town, contract: AgencyContract, travel_yen: int = 1_000) -> AgencyStatement:
    """With so much travel for each visit."""
    made = started(town, contract)
    travel = {cost.pk: travel_yen for cost in made.costs.all()}
    return statements.write_statement(
        by=town.prefecture, statement=made, revision=0, travel=travel, hand_in=True
    )
