"""Reads of the 委託先. `contracts_visible_to` and `visible_to` are the only doors: list, page, paper."""

from datetime import date, datetime, time

from django.db.models import F, QuerySet, Sum

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, fiscal_year

from ..dispatch.queries import unpaid
from ..enums import ProgrammeState, Table
from ..models import AgencyContract, AgencyStatement, Menu, Payment, Visit, VisitCost
from ..payments import queries as payments
from ..payments.enums import PaymentState
from ..payments.queries import READERS
from .enums import HOLDING, StatementState


def own_contracts(scope: Scope) -> QuerySet[AgencyContract]:
    """Those of the organisations that the person acts for, as the authority itself has confirmed it."""
    return AgencyContract.objects.filter(
        organisation__in=scope.standing("organisation"),
        organisation__members__user=scope.user_id,
        organisation__members__authority=F("menu__programme__authority"),
        organisation__members__confirmed_at__isnull=False,
    )


def contracts_visible_to(scope: Scope) -> QuerySet[AgencyContract]:
    """The organisation's own, and those of the authorities whose money one reads."""
    of_authority = AgencyContract.objects.filter(menu__programme__authority__area__in=scope.homes(*READERS))
    if not scope.standing("organisation"):
        return of_authority
    return AgencyContract.objects.filter(pk__in=own_contracts(scope).values("pk")) | of_authority


def received(scope: Scope) -> QuerySet[AgencyContract]:
    """Those of the authorities one reads for."""
    return AgencyContract.objects.filter(menu__programme__authority__area__in=scope.homes(*READERS))


def with_contract(contracts: QuerySet[AgencyContract]) -> QuerySet[AgencyContract]:
    """With everything a row or a page says of it."""
    return contracts.select_related("menu__programme__authority__area", "organisation", "line", "commitment")


def visible_to(scope: Scope) -> QuerySet[AgencyStatement]:
    """Statements are seen with their contract."""
    return AgencyStatement.objects.filter(contract__in=contracts_visible_to(scope).values("pk"))


def with_statement(statements: QuerySet[AgencyStatement]) -> QuerySet[AgencyStatement]:
    """With everything its page says."""
    return statements.select_related(
        "contract__menu__programme__authority__area", "contract__organisation", "contract__line", "submitted_by", "checked_by",
    )  # fmt: skip


def waiting(scope: Scope) -> QuerySet[AgencyStatement]:
    """For the desk: submitted and not checked."""
    rows = AgencyStatement.objects.filter(state=StatementState.SUBMITTED)
    return rows.filter(contract__menu__programme__authority__area__in=scope.homes(Role.PREFECTURE_OFFICER))


def menus_without(authority: Authority) -> QuerySet[Menu]:
    """Published menus of table DISPATCH of the authority that have no 委託先 yet, whose budget has passed: this year's and later."""
    this = fiscal_year(clock.today_jst())
    rows = Menu.objects.filter(table=Table.DISPATCH, programme__authority=authority, agency__isnull=True)
    rows = rows.filter(
        programme__state=ProgrammeState.PUBLISHED,
        programme__provisional=False,
        programme__fiscal_year__gte=this,
    )
    return rows.select_related("programme").order_by("programme__fiscal_year", "number")


def used(contract: AgencyContract, but: AgencyStatement | None = None) -> int:
    """What its statements use of it, in yen: from their submission on. One query."""
    rows = contract.statements.filter(state__in=HOLDING)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.aggregate(sum=Sum("total_yen"))["sum"] or 0


def left(contract: AgencyContract, but: AgencyStatement | None = None) -> int:
    """What is left of it, in yen. One query."""
    return contract.amount_yen - used(contract, but)


def collectable(contract: AgencyContract, month: date) -> QuerySet[Visit]:
    """Visits up to the end of the month that both sides reported and nobody pays yet, those reported late too."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    until = datetime.combine(following, time(), tzinfo=clock.JST)
    return unpaid(Visit.objects.filter(dispatch__menu=contract.menu_id, starts_at__lt=until)).order_by("pk")


def months(contract: AgencyContract) -> list[date]:
    """The months of its year that have begun, newest first."""
    year, today = FiscalYear(contract.menu.programme.fiscal_year), clock.today_jst()
    found = [date(year.start.year + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(12)]
    return [month for month in reversed(found) if month <= today]


def costs_of(statement: AgencyStatement) -> QuerySet[VisitCost]:
    """The visits of a statement with what each says."""
    return statement.costs.select_related("visit__advisor", "visit__dispatch__municipality")


def cost_of(visit: Visit) -> VisitCost | None:
    """Which way the visit is paid, once that is settled. One query."""
    return VisitCost.objects.filter(visit=visit).select_related("statement__contract__organisation").first()


def costs_of_advisor(scope: Scope) -> QuerySet[VisitCost]:
    """What the 委託先 pays this advisor, newest first: visits in a 精算書 that was handed in."""
    rows = VisitCost.objects.filter(
        visit__advisor__in=scope.standing("advisor"), statement__state__in=HOLDING
    )
    rows = rows.select_related("visit__dispatch__municipality", "statement__contract__organisation")
    return rows.order_by("-visit__starts_at", "id")


def payments_of(statement: AgencyStatement) -> QuerySet[Payment]:
    """The payments of it that were not cancelled."""
    return payments.of_case(statement)


def is_ordered(statement: AgencyStatement) -> bool:
    """Whether an order of it stands. One query."""
    states = (PaymentState.ORDERED, PaymentState.PAID)
    return payments_of(statement).filter(state__in=states).exists()
