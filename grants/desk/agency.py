"""What the 委託先 of ① puts on people's desks: a branch of the one statement of `desk.cases`."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..agency import queries

TO_CHECK = "statement_to_check"


def _to_check(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    rows = queries.waiting(scope).order_by("submitted_at", "id")
    return branch(
        rows, TO_CHECK, ref="pk", name="contract__organisation__name", count="number", note="contract__menu__short",
        at="submitted_at",
    )  # fmt: skip


def _item(row: Row) -> DeskItem:
    return DeskItem(
        title=f"{row.name}の精算書 第{row.count}回を確認する", meta=row.note, action="開く",
        url=reverse("grants:agency_statement", args=[row.ref]),
    )  # fmt: skip


SOURCES = [Source(TO_CHECK, _to_check)]
WORDS: dict[str, Callable[[Row], DeskItem]] = {TO_CHECK: _item}
