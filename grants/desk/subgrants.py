"""What 間接補助 puts on the municipality's desk: a branch of the one statement of `desk.cases`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..rules import MUNICIPAL
from ..subgrants import queries
from ..subgrants.enums import SubGrantState

DECIDE = "subgrant_decide"


def _rows(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(*MUNICIPAL):
        return None
    return branch(
        queries.to_decide(scope), DECIDE, ref="pk", slug="state", name="title", area_name="platform__name",
        note="application__menu__short", at="submitted_at",
    )  # fmt: skip


def _item(row: Row) -> DeskItem:
    words = "の交付を決める" if row.slug == SubGrantState.SUBMITTED else "の額を確定する"
    return DeskItem(
        title=f"{row.name}{words}", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:subgrant_detail", args=[row.ref]), action="開く",
    )  # fmt: skip


SOURCES = [Source(DECIDE, _rows)]
WORDS = {DECIDE: _item}
