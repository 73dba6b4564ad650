"""The deadlines of the calls of ① and ②: whose draft is not sent yet is reminded, as for ③."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.kernel import clock

from ..dispatch.enums import DispatchState
from ..enums import Applicant, ProgrammeState, Table
from ..models import Call, Dispatch, Workshop
from ..workshop.enums import WorkshopState
from .watches import AT_ONCE, Due, Watch, _day


def _closing(first: date, last: date) -> Iterator[Due]:
    """Drafts under the open call of their menu that closes last. One query, and one a table that has such a call."""
    rows = Call.objects.open(clock.now()).filter(menu__programme__state=ProgrammeState.PUBLISHED)
    found = {call.menu_id: call for call in rows.select_related("menu").order_by("closes_at", "id")}
    calls = {menu: call for menu, call in found.items() if first <= call.deadline.effective <= last}
    for table, drafts in DRAFTS.items():
        mine = {menu: call for menu, call in calls.items() if call.menu.table == table}
        if mine:
            yield from _owed(drafts(), mine)


def _owed(drafts: QuerySet[Dispatch] | QuerySet[Workshop], calls: dict[UUID, Call]) -> Iterator[Due]:
    for row in drafts.filter(menu__in=calls).order_by("created_at", "id")[:AT_ONCE]:
        call = calls[row.menu_id]
        yield Due(
            case=row, title=f"{row}({call})", due_on=call.deadline.effective,
            since=max(_day(row.created_at), _day(call.opens_at)), url=row.get_absolute_url(), town=row.municipality_id,
        )  # fmt: skip


def _plans() -> QuerySet[Workshop]:
    """Not the prefecture's own: no call binds them."""
    return Workshop.objects.filter(state=WorkshopState.DRAFT).exclude(applicant=Applicant.PREFECTURE)


DRAFTS: dict[Table, Callable[[], Any]] = {
    Table.DISPATCH: lambda: Dispatch.objects.filter(state=DispatchState.DRAFT),
    Table.WORKSHOP: _plans,
}
WATCHES: list[Watch] = [Watch("closing_request", "受付の締切までに、申し込む", _closing, recalled=False)]
