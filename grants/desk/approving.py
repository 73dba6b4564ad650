"""What 決裁 puts on the desks of exactly those who can sign: what waits for them, and what a deputy signed in their place.

Branches of the one statement of `desk.cases`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..enums.approving import Matter
from ..models import Approval
from ..queries import signers


def _due(scope: Scope) -> QuerySet[Any] | None:
    return _branch(signers.due(scope), "approval_due")


def _owed(scope: Scope) -> QuerySet[Any] | None:
    return _branch(signers.owed(scope), "approval_owed")


def _branch(rows: QuerySet[Approval] | None, kind: str) -> QuerySet[Any] | None:
    if rows is None:
        return None
    return branch(rows, kind, ref="pk", slug="matter", name="title", note="menu__short", at="drafted_at")


SOURCES = [Source("approval_due", _due), Source("approval_owed", _owed)]


def _item(words: str) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        return DeskItem(
            title=f"{row.name}{words}", meta=f"{row.note}・{Matter(row.slug).label}",
            url=reverse("grants:approval_detail", args=[row.ref]), action="開く",
        )  # fmt: skip

    return item


WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "approval_due": _item("を決裁する"),
    "approval_owed": _item("の代決を後閲する"),
}
