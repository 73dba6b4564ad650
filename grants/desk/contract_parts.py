"""What the 出来形 of terminated contracts puts on people's desks: branches of the one statement of `desk.cases`."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..contracts import queries as contracts
from ..contracts.enums import PartState
from ..enums.approving import SIGNING
from ..models import PartialWork, Payment
from ..payments.enums import PaymentState

OFFICE_WORDS = {PartState.WAITING: "の出来形を検査する", PartState.INVOICED: "の出来形の支出命令を出す"}


def _office(scope: Scope) -> QuerySet[Any] | None:
    offices = scope.sections(Role.PREFECTURE_OFFICER)
    if not offices:
        return None
    live = Payment.objects.filter(case_type="grants.contract", case_id=OuterRef("contract"))
    ordered = Exists(live.exclude(state=PaymentState.CANCELLED))
    due = Q(state=PartState.WAITING) | (Q(state=PartState.INVOICED) & ~Q(ordered))
    return _rows(scope, "part_office", due, contract__office__in=offices)


def _chief(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(*SIGNING):
        return None
    home = "contract__proposal__call__theme__menu__programme__authority__area__in"
    mine = Q(state=PartState.INSPECTED) & ~Q(inspected_by=scope.user_id)
    return _rows(scope, "part_decide", mine, **{home: scope.homes(*SIGNING)})


def _own(scope: Scope) -> QuerySet[Any] | None:
    if not scope.standing("organisation"):
        return None
    rows = PartialWork.objects.filter(contract__in=contracts.own(scope), state=PartState.DECIDED)
    return _branch(rows, "part_own")


def _rows(scope: Scope, kind: str, which: Q, **more: Any) -> QuerySet[Any]:
    return _branch(PartialWork.objects.filter(which, contract__in=contracts.received(scope), **more), kind)


def _branch(rows: QuerySet[PartialWork], kind: str) -> QuerySet[Any]:
    return branch(
        rows.order_by("created_at", "id"), kind, ref="contract_id", slug="state", name="contract__title",
        area_name="contract__proposal__call__theme__municipality__name",
        note="contract__proposal__organisation__name",
    )  # fmt: skip


PERSONAL = [Source("part_own", _own)]
SOURCES = [Source("part_office", _office), Source("part_decide", _chief)]


def _item(page: str, words: Callable[[Row], str]) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        return DeskItem(
            title=f"「{row.name}」{words(row)}", meta=f"{row.area_name}・{row.note}", url=reverse(page, args=[row.ref]),
            action="開く",
        )  # fmt: skip

    return item


WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "part_office": _item("grants:staff_contract", lambda row: OFFICE_WORDS[PartState(row.slug)]),
    "part_decide": _item("grants:staff_contract", lambda row: "の出来形の支払いを決める"),
    "part_own": _item("grants:contract_detail", lambda row: "の出来形を請求する"),
}
