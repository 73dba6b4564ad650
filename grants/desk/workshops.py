"""What menu ② puts on people's desks: two branches of the one statement of `cases`."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch, day
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..models import Workshop
from ..rules import MUNICIPAL
from ..workshop import queries
from ..workshop.enums import WorkshopState

WRITING = {
    WorkshopState.DRAFT: "の開催計画を書いて出す",
    WorkshopState.RETURNED: "の開催計画を補正して、もう一度出す",
    WorkshopState.CONSULTING: "の計画を協議して合意する",
}
TOWN_WORDS = {**WRITING, WorkshopState.DECIDED: "の実施を報告する"}
OFFICE_WORDS = {
    **WRITING,
    WorkshopState.AGREED: "の開催の決裁を受ける",
    WorkshopState.REPORTED: "の支払いを進めて終了する",
}


def _rows(rows: QuerySet[Workshop], kind: str) -> QuerySet[Workshop]:
    return branch(
        rows, kind, ref="pk", slug="state", name="title", area_name="municipality__name", note="menu__short",
        count="menu__report_days", at="ends_at",
    )  # fmt: skip


def _town(scope: Scope) -> QuerySet[Workshop] | None:
    return _rows(queries.waits_for_town(scope), "workshop_town") if scope.has(*MUNICIPAL) else None


def _office(scope: Scope) -> QuerySet[Workshop] | None:
    found = _rows(queries.waits_for_office(scope), "workshop_office")
    return found if scope.has(Role.PREFECTURE_OFFICER) else None


def _item(words: dict[WorkshopState, str]) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        state = WorkshopState(row.slug)
        due_on = None
        if state == WorkshopState.DECIDED and row.at:
            due_on = day(row.at) + timedelta(days=row.count)
        return DeskItem(
            title=f"{row.name}{words[state]}", meta=f"{row.area_name}・{row.note}", action="開く", due_on=due_on,
            url=reverse("grants:workshop_detail", args=[row.ref]),
        )  # fmt: skip

    return item


SOURCES = [Source("workshop_town", _town), Source("workshop_office", _office)]
WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "workshop_town": _item(TOWN_WORDS),
    "workshop_office": _item(OFFICE_WORDS),
}
