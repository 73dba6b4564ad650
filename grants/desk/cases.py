"""What menus ①, ② and ④ and the files of ③ after their decision put on people's desks: every kind is one branch of one statement, as in communities."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch, day, fetch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..commission.enums import ThemeState
from ..commission.queries import calls, themes
from ..dispatch import queries as dispatches
from ..dispatch.enums import DispatchState
from ..models import Admission, CommissionCall, CommissionTheme, Dispatch, Visit
from ..relief import queries as relief
from ..rules import MUNICIPAL
from . import (
    agency,
    approving,
    assets,
    commission,
    early,
    panels,
    recovery,
    retention,
    settlement,
    subgrants,
    supporters,
    workshops,
)

OFFICE_WORDS = {
    DispatchState.REQUESTED: "アドバイザーに打診する",
    DispatchState.ACCEPTED: "派遣の決裁を受ける",
}


def items(scope: Scope) -> Iterable[DeskItem]:
    """What waits for the municipality, the office, the secretariat, a reviewer or contractor. One query, none for others."""
    return [WORDS[row.kind](row) for row in fetch(SOURCES, scope)]


def _dispatch(rows: QuerySet[Dispatch], kind: str) -> QuerySet[Dispatch]:
    return branch(
        rows, kind, ref="pk", slug="state", name="title", area_name="municipality__name", note="menu__short"
    )


def _visit(rows: QuerySet[Visit], kind: str, note: str) -> QuerySet[Visit]:
    return branch(
        rows, kind, ref="pk", slug="dispatch__menu__report_days", name="dispatch__title", count="number",
        area_name="advisor__name", note=note, at="starts_at",
    )  # fmt: skip


def _theme(rows: QuerySet[CommissionTheme], kind: str) -> QuerySet[CommissionTheme]:
    return branch(rows, kind, ref="pk", name="title", area_name="municipality__name", note="menu__short")


def _writing(scope: Scope) -> QuerySet[Dispatch] | None:
    rows = dispatches.writing(scope).order_by("-state", "created_at", "id")
    return _dispatch(rows, "dispatch_writing") if scope.has(*MUNICIPAL) else None


def _to_report(scope: Scope) -> QuerySet[Visit] | None:
    rows = dispatches.to_report(scope)
    return _visit(rows, "visit_to_report", "dispatch__menu__short") if scope.has(*MUNICIPAL) else None


def _theme_drafts(scope: Scope) -> QuerySet[CommissionTheme] | None:
    rows = themes.own(scope).filter(state=ThemeState.DRAFT).order_by("created_at", "id")
    return _theme(rows, "theme_draft") if scope.has(*MUNICIPAL) else None


def _waiting(scope: Scope) -> QuerySet[Dispatch] | None:
    rows = dispatches.waiting(scope).order_by("submitted_at", "id")
    return _dispatch(rows, "dispatch_waiting") if scope.has(Role.PREFECTURE_OFFICER) else None


def _to_pay(scope: Scope) -> QuerySet[Visit] | None:
    rows = dispatches.to_pay(scope)
    found = _visit(rows, "visit_to_pay", "dispatch__municipality__name")
    return found if scope.has(Role.PREFECTURE_OFFICER) else None


def _proposed(scope: Scope) -> QuerySet[CommissionTheme] | None:
    rows = themes.received(scope).filter(state=ThemeState.PROPOSED).order_by("proposed_at", "id")
    return _theme(rows, "theme_proposed") if scope.has(Role.PREFECTURE_OFFICER) else None


def _asked(scope: Scope) -> QuerySet[CommissionCall] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    rows = calls.counted(calls.received(scope)).filter(open_questions__gt=0)
    return branch(
        rows, "call_questions", order="desk_at", ref="pk", name="title", area_name="theme__municipality__name",
        count="open_questions", at="closes_at",
    )  # fmt: skip


def _late(scope: Scope) -> QuerySet[Admission] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return branch(
        relief.asked_of(scope), "admission_asked", ref="call_id", name="call__title", area_name="municipality__name",
        note="call__menu__short",
    )  # fmt: skip


SOURCES = [
    Source("dispatch_writing", _writing),
    Source("visit_to_report", _to_report),
    Source("theme_draft", _theme_drafts),
    Source("dispatch_waiting", _waiting),
    Source("visit_to_pay", _to_pay),
    Source("theme_proposed", _proposed),
    Source("call_questions", _asked),
    Source("admission_asked", _late),
    *approving.SOURCES,
    *agency.SOURCES,
    *settlement.SOURCES,
    *commission.SOURCES,
    *panels.SOURCES,
    *recovery.SOURCES,
    *workshops.SOURCES,
    *supporters.SOURCES,
    *assets.SOURCES,
    *retention.SOURCES,
    *subgrants.SOURCES,
    *early.SOURCES,
]


def _case(page: str, words: str) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        url = reverse(page, args=[row.ref])
        meta = f"{row.area_name}・{row.note}"
        return DeskItem(title=words.format(row.name), meta=meta, url=url, action="開く")

    return item


def _written(row: Row) -> DeskItem:
    words = "を補正して、もう一度申し込む" if row.slug == DispatchState.RETURNED else "を書いて申し込む"
    return _case("grants:dispatch_detail", "{}" + words)(row)


def _received(row: Row) -> DeskItem:
    return _case("grants:staff_dispatch", "{}:" + OFFICE_WORDS[DispatchState(row.slug)])(row)


def _report(row: Row) -> DeskItem:
    due_on = day(row.at) + timedelta(days=int(row.slug)) if row.at else None
    return DeskItem(
        title=f"{row.name} 第{row.count}回を報告する", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:visit_detail", args=[row.ref]), action="報告する", due_on=due_on,
    )  # fmt: skip


def _pay(row: Row) -> DeskItem:
    return DeskItem(
        title=f"{row.name} 第{row.count}回の支出命令を出す", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:visit_detail", args=[row.ref]), action="開く",
    )  # fmt: skip


def _questions(row: Row) -> DeskItem:
    return DeskItem(
        title=f"「{row.name}」への質問{row.count}件に答える", meta=row.area_name, count=row.count,
        url=reverse("grants:staff_call", args=[row.ref]), action="開く", due_on=day(row.at) if row.at else None,
    )  # fmt: skip


WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "dispatch_writing": _written,
    "visit_to_report": _report,
    "theme_draft": _case("grants:theme_detail", "テーマ「{}」を仕上げて提案する"),
    "dispatch_waiting": _received,
    "visit_to_pay": _pay,
    "theme_proposed": _case("grants:staff_theme", "テーマ「{}」を選定するか決める"),
    "call_questions": _questions,
    "admission_asked": _case("grants:call_relief", "{}:締切のあとの受理を判断する"),
    **approving.WORDS,
    **agency.WORDS,
    **settlement.WORDS,
    **commission.WORDS,
    **panels.WORDS,
    **recovery.WORDS,
    **workshops.WORDS,
    **supporters.WORDS,
    **assets.WORDS,
    **retention.WORDS,
    **subgrants.WORDS,
    **early.WORDS,
}
