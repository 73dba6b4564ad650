"""What menu ① puts on people's desks."""

from collections.abc import Iterable

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..models import Dispatch, Visit
from ..rules import MUNICIPAL
from . import queries
from .enums import DispatchState

SHOWN = 20
OFFICE_WORDS = {
    DispatchState.REQUESTED: "アドバイザーに打診する",
    DispatchState.ACCEPTED: "派遣の決裁を受ける",
}


def items(scope: Scope) -> Iterable[DeskItem]:
    """What the municipality writes and reports, what waits for the office. At most four queries."""
    if scope.has(*MUNICIPAL):
        rows = queries.with_case(queries.writing(scope)).order_by("-state", "created_at", "id")
        yield from (_writing(row) for row in rows[:SHOWN])
        yield from (_to_report(row) for row in queries.to_report(scope)[:SHOWN])
    if scope.has(Role.PREFECTURE_OFFICER):
        rows = queries.with_case(queries.waiting(scope)).order_by("submitted_at", "id")
        yield from (_waiting(row) for row in rows[:SHOWN])
        yield from (_to_pay(row) for row in queries.to_pay(scope)[:SHOWN])


def _writing(row: Dispatch) -> DeskItem:
    words = "を補正して、もう一度申し込む" if row.state == DispatchState.RETURNED else "を書いて申し込む"
    return DeskItem(
        title=f"{row}{words}",
        meta=f"{row.municipality.name}・{row.menu.short}",
        url=row.get_absolute_url(),
        action="開く",
    )


def _waiting(row: Dispatch) -> DeskItem:
    return DeskItem(
        title=f"{row}:{OFFICE_WORDS[DispatchState(row.state)]}", meta=f"{row.municipality.name}・{row.menu.short}",
        url=row.get_staff_url(), action="開く",
    )  # fmt: skip


def _to_report(row: Visit) -> DeskItem:
    return DeskItem(
        title=f"{row}を報告する", meta=f"{row.advisor.name}・{row.dispatch.menu.short}", url=row.get_absolute_url(),
        action="報告する", due_on=row.report_due_on,
    )  # fmt: skip


def _to_pay(row: Visit) -> DeskItem:
    return DeskItem(
        title=f"{row}の支出命令を出す", meta=f"{row.advisor.name}・{row.dispatch.municipality.name}", url=row.get_absolute_url(),
        action="開く",
    )  # fmt: skip
