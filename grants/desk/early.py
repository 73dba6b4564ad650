"""What 事前着手届 put on the office's desk: a branch of the one statement of `desk.cases`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..early import queries

ANSWER = "early_answer"


def _rows(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return branch(
        queries.to_answer(scope), ANSWER, ref="application_id", name="application__title",
        area_name="application__municipality__name", note="application__menu__short", at="filed_at",
    )  # fmt: skip


def _item(row: Row) -> DeskItem:
    return DeskItem(
        title=f"{row.name}の事前着手届に答える", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:early_start", args=[row.ref]), action="開く",
    )  # fmt: skip


SOURCES = [Source(ANSWER, _rows)]
WORDS = {ANSWER: _item}
