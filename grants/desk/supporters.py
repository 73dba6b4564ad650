"""What student supporters put on people's desks: branches of the one statement of `cases`."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..rules import MUNICIPAL
from ..supporters import queries


def _entries(scope: Scope) -> "QuerySet[Any, Any] | None":
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return branch(queries.entries_waiting(scope), "supporter_entry", ref="pk", name="name")


def _requests(scope: Scope) -> "QuerySet[Any, Any] | None":
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    rows = queries.requests_waiting(scope)
    return branch(
        rows, "support_request", ref="pk", name="title", area_name="municipality__name", count="left", due_on="first_on"
    )  # fmt: skip


def _reports(scope: Scope) -> "QuerySet[Any, Any] | None":
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return _placement(queries.reports_waiting(scope), "placement_report")


def _days(scope: Scope) -> "QuerySet[Any, Any] | None":
    return _placement(queries.days_waiting(scope), "placement_days") if scope.has(*MUNICIPAL) else None


def _placement(rows: Any, kind: str) -> "QuerySet[Any, Any]":
    return branch(
        rows,
        kind,
        ref="pk",
        name="request__title",
        area_name="request__municipality__name",
        note="supporter__name",
    )


SOURCES = [
    Source("supporter_entry", _entries),
    Source("support_request", _requests),
    Source("placement_report", _reports),
    Source("placement_days", _days),
]


def _entry(row: Row) -> DeskItem:
    return DeskItem(
        title=f"{row.name}さんの学生サポーターの登録を確かめる", meta="学生サポーター", action="開く",
        url=reverse("grants:supporter_detail", args=[row.ref]),
    )  # fmt: skip


def _request(row: Row) -> DeskItem:
    return DeskItem(
        title=f"「{row.name}」の学生サポーターを、あと{row.count}人さがす", meta=f"{row.area_name}・学生サポーター", action="開く",
        url=reverse("grants:support_detail", args=[row.ref]), due_on=row.due_on,
    )  # fmt: skip


def _of_placement(words: str) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        return DeskItem(
            title=words.format(row.name, row.note), meta=f"{row.area_name}・学生サポーター", action="開く",
            url=reverse("grants:placement_detail", args=[row.ref]),
        )  # fmt: skip

    return item


WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "supporter_entry": _entry,
    "support_request": _request,
    "placement_report": _of_placement("「{0}」の{1}さんの活動の報告を確認する"),
    "placement_days": _of_placement("「{0}」の{1}さんの活動の日を確認する"),
}
