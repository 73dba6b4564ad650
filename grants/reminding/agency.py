"""The month of the 委託先 of ①: who acts for it is reminded to hand in a 精算書 of what was reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from communities.models import OrganisationMember

from ..agency.enums import StatementState
from ..agency.queries import collectable
from ..models import AgencyContract, AgencyStatement
from .watches import Due, Watch, _day

SETTLED_BY = 10  # the day of the following month; domain.md names none, the contract of the office may
OPEN_MONTHS = timedelta(days=60)  # after its 年度 a contract still settles its last month


def _statements(first: date, last: date) -> Iterator[Due]:
    """A month with visits that both sides reported and no 精算書 has, or with one that is still being written."""
    contracts = list(
        AgencyContract.objects.filter(menu__programme__fiscal_year__in=_years(first, last))
        .select_related("menu__programme__authority", "organisation")
        .order_by("created_at", "id")
    )
    people = _people(contracts) if contracts else {}
    for contract in contracts:
        for due_on in _days(first, last):
            to = people.get((contract.organisation_id, contract.menu.programme.authority_id), ())
            since = _since(contract, due_on) if to else None
            if since is not None:
                yield Due(
                    case=contract, title=f"{contract}({_month(due_on).year}年{_month(due_on).month}月分)", due_on=due_on,
                    since=since, url=contract.get_absolute_url(), people=tuple(to),
                )  # fmt: skip


def _years(first: date, last: date) -> Iterable[int]:
    return range((first - OPEN_MONTHS).year - 1, last.year + 1)


def _days(first: date, last: date) -> Iterator[date]:
    """Each day between the two on which a month is to be settled."""
    day = date(first.year, first.month, SETTLED_BY)
    while day <= last:
        if day >= first:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, SETTLED_BY)


def _month(due_on: date) -> date:
    """The first day of the month that is settled by that day."""
    return (due_on.replace(day=1) - timedelta(days=1)).replace(day=1)


def _since(contract: AgencyContract, due_on: date) -> date | None:
    """From which day on there was something to settle; None: nothing is left to hand in. At most two queries."""
    month = _month(due_on)
    waiting = collectable(contract, month).order_by("reported_at").values_list("reported_at", flat=True)
    moments = [at for at in waiting[:1] if at is not None]
    drafts = AgencyStatement.objects.filter(contract=contract, state=StatementState.DRAFT, month__lte=month)
    moments += drafts.values_list("created_at", flat=True)
    return min((_day(at) for at in moments), default=None)


def _people(contracts: Iterable[AgencyContract]) -> dict[tuple[UUID, UUID], list[str]]:
    """Who acts for which organisation before which authority, as that has confirmed it. One query."""
    asked = Q(pk__in=[])
    for row in contracts:
        asked |= Q(organisation=row.organisation_id, authority=row.menu.programme.authority_id)
    rows = OrganisationMember.objects.filter(asked, confirmed_at__isnull=False, user__is_active=True)
    found = defaultdict(list)
    for organisation, authority, address in rows.order_by("user__email").values_list(
        "organisation_id", "authority_id", "user__email"
    ):
        found[organisation, authority].append(address)
    return dict(found)


WATCHES: list[Watch] = [Watch("statement", "精算書を出す", _statements)]
