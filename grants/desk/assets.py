"""What acquired property puts on people's desks: branches of the one statement of `desk.cases`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..assets import queries
from ..assets.enums import DisposalState

TOWN, OFFICE = "disposal_town", "disposal_office"
WORDS_OF = {
    DisposalState.DRAFT: ("の処分の承認を申請する", "開く"),
    DisposalState.ASKED: ("の処分を承認するか起案する", "起案する"),
    DisposalState.DECIDING: ("の処分の決裁を記録する", "開く"),
    DisposalState.APPROVED: ("の処分の納付金を求める", "開く"),
}


def _rows(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return branch(
        rows, kind, ref="pk", slug="state", name="asset__name", area_name="asset__application__municipality__name",
        note="asset__application__menu__short",
    )  # fmt: skip


def _town(scope: Scope) -> QuerySet[Any] | None:
    return _rows(queries.drafts(scope), TOWN) if scope.has(Role.MUNICIPAL_CHIEF) else None


def _office(scope: Scope) -> QuerySet[Any] | None:
    return _rows(queries.for_office(scope), OFFICE) if scope.has(Role.PREFECTURE_OFFICER) else None


SOURCES = [Source(TOWN, _town), Source(OFFICE, _office)]


def _item(row: Row) -> DeskItem:
    words, action = WORDS_OF[DisposalState(row.slug)]
    return DeskItem(
        title=f"{row.name}{words}", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:disposal_detail", args=[row.ref]), action=action,
    )  # fmt: skip


WORDS = {TOWN: _item, OFFICE: _item}
