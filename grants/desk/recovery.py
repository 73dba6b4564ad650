"""What 取消し and 返還 put on people's desks: branches of the one statement of `desk.cases`."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.ports import DeskItem

from ..models import Reclaim
from ..recovery import queries
from ..recovery.enums import ReclaimState
from ..rules import MUNICIPAL

TO_PAY, TO_COLLECT, TO_ASK = "reclaim_town", "reclaim_accountant", "reclaim_office"
TO_PRESS = "reclaim_late"


def _open(rows: QuerySet[Reclaim], kind: str) -> QuerySet[Any]:
    rows = rows.annotate(awaited_on=Coalesce("next_due_on", "due_on"))
    return _branch(rows.filter(state=ReclaimState.ORDERED).order_by("awaited_on", "id"), kind)


def _branch(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return branch(
        rows, kind, ref="pk", name="application__title", area_name="application__municipality__name",
        note="application__menu__short", due_on="awaited_on",
    )  # fmt: skip


def _town(scope: Scope) -> QuerySet[Any] | None:
    rows = Reclaim.objects.filter(application__municipality__in=scope.areas(*MUNICIPAL))
    return _open(rows, TO_PAY) if scope.has(*MUNICIPAL) else None


def _accountant(scope: Scope) -> QuerySet[Any] | None:
    homes = scope.homes(Role.ACCOUNTANT)
    rows = Reclaim.objects.filter(application__menu__programme__authority__area__in=homes)
    return _open(rows, TO_COLLECT) if homes else None


def _office(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return branch(
        queries.to_reclaim(scope), TO_ASK, ref="pk", name="title", area_name="municipality__name",
        note="menu__short", at="revoked_at",
    )  # fmt: skip


def _late(scope: Scope) -> QuerySet[Any] | None:
    rows = queries.overdue(scope, clock.today_jst())
    return _branch(rows, TO_PRESS) if scope.has(Role.PREFECTURE_OFFICER) else None


SOURCES = [
    Source(TO_PAY, _town),
    Source(TO_COLLECT, _accountant),
    Source(TO_ASK, _office),
    Source(TO_PRESS, _late),
]


def _item(page: str, words: str, action: str) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        return DeskItem(
            title=f"{row.name}{words}", meta=f"{row.area_name}・{row.note}", url=reverse(page, args=[row.ref]),
            action=action, due_on=row.due_on,
        )  # fmt: skip

    return item


WORDS: dict[str, Callable[[Row], DeskItem]] = {
    TO_PAY: _item("grants:reclaim_detail", "の補助金を返還する", "納入通知を見る"),
    TO_COLLECT: _item("grants:reclaim_detail", "の返還の納入を記録する", "開く"),
    TO_PRESS: _item("grants:reclaim_detail", "の返還の納期限が過ぎている", "督促する"),
    TO_ASK: _item("grants:recovery", "の返還を求める", "開く"),
}
