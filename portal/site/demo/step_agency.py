"""The 委託先 of menu ①, with a 精算書 in every state: given up, paid, ordered, waiting for the office, being written. All invented."""

from datetime import date, datetime, time

from grants import actions
from grants.agency.actions import contracts, statements
from grants.models import AgencyContract, AgencyStatement, BudgetLine, Dispatch, Payment, Visit
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear

from .people import KANOYA
from .world import World

TRAVEL_YEN = 3_200
HOURS = ((9, 11), (11, 12), (16, 17), (18, 19))  # of the one day of its visits


def settle(world: World, made: Dispatch, line: BudgetLine, *, dated: int, paid_on: date) -> None:
    """The year's contract; the visits of `made` on the day of its first one, each in a 精算書 of its own."""
    on = made.visits.get().starts_at.astimezone(clock.JST).date()
    with world.on(dated):
        contract = _contract(world, made, line)
        visits = _visits(world, made, on)
    month = date(on.year, on.month, 1)
    office = world.actor("pref-officer")
    with world.on(clock.at_jst(on, time(20, 0))):
        for visit in visits:
            _report(world, visit)
            if visit == visits[0]:
                given_up = statements.start_statement(by=office, contract=contract, month=month)
                statements.drop_statement(by=office, statement=given_up)
            statement = statements.start_statement(by=office, contract=contract, month=month)
            if visit != visits[-1]:
                _hand_in(world, statement, checked=visit in visits[:2])
    payment = Payment.objects.filter(case_type="grants.agencystatement").earliest("created_at", "id")
    with world.on((paid_on - world.today).days):
        actions.enter_payment(by=world.actor("pref-accountant"), payment=payment, paid_on=paid_on)


def _contract(world: World, made: Dispatch, line: BudgetLine) -> AgencyContract:
    year = FiscalYear(made.menu.programme.fiscal_year)
    return contracts.register_agency(
        by=world.actor("pref-officer"), menu=made.menu, organisation_name="かごしま地域づくりサポートセンター(見本)",
        kind="civic", area=world.area(KANOYA), number="地共委第7号", signed_on=year.start, amount_yen=1_200_000,
        case_yen=3_000, line=line, commitment_number="負-400",
    )  # fmt: skip


def _visits(world: World, made: Dispatch, on: date) -> list[Visit]:
    """The first visit, and three more that day around it."""
    more = [
        actions.date_visit(by=world.actor("pref-officer"), dispatch=made, starts_at=_at(on, first), ends_at=_at(on, last))
        for first, last in HOURS[1:]
    ]  # fmt: skip
    return [*made.visits.filter(number=1), *more]


def _report(world: World, visit: Visit) -> None:
    town, advisor = world.actor("muni-kanoya"), world.actor("advisor-1")
    actions.hold_visit(by=town, visit=visit)
    texts = {"content": "地区の話しあいの場で助言した。", "outcome": "次の会までに案をまとめる。"}
    actions.report_visit(by=town, visit=visit, side="municipality", people_count=11, **texts)
    actions.report_visit(by=advisor, visit=visit, side="advisor", minutes=60, **texts)


def _hand_in(world: World, statement: AgencyStatement, *, checked: bool) -> None:
    office = world.actor("pref-officer")
    travel = {cost.pk: TRAVEL_YEN for cost in statement.costs.all()}
    statements.write_statement(by=office, statement=statement, revision=0, travel=travel, hand_in=True)
    if checked:
        statements.check_statement(by=office, statement=statement)


def _at(on: date, hour: int) -> datetime:
    return clock.at_jst(on, time(hour, 0))
