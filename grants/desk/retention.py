"""What the retention puts on people's desks: a branch of the one statement of `desk.cases`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..enums.approving import SIGNING
from ..retention import queries

APPROVE = "discard_approve"


def _rows(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(*SIGNING):
        return None
    return branch(
        queries.to_approve(scope), APPROVE, ref="file", slug="kind", name="title", area_name="town", note="short",
    )  # fmt: skip


def _item(row: Row) -> DeskItem:
    return DeskItem(
        title=f"{row.name}の廃棄を承認する", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:retention_detail", args=[row.slug, row.ref]), action="開く",
    )  # fmt: skip


SOURCES = [Source(APPROVE, _rows)]
WORDS = {APPROVE: _item}
