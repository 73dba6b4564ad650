"""What the files after their decision put on people's desks: three branches of the one statement of `desk.cases`."""

from typing import Any

from django.db.models import ExpressionWrapper, F, IntegerField, QuerySet
from django.urls import reverse

from communities.desk.rows import Row, Source, branch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.ports import DeskItem

from ..calculations import settlement as sums
from ..calculations.asking import status_due
from ..rules import MUNICIPAL
from ..settlement.queries import desk

DAYS = 100  # the two terms of a menu travel in one column of the desk: days × 100 + day of April
TOWN, OFFICE, STATUS = "settlement_town", "settlement_office", "settlement_status"
WORDS_OF = {
    "report": ("の実績を報告する", "実績を書く"),
    "invoice": ("の請求書を出す", "開く"),
    "advance": ("の概算払の請求を確かめる", "開く"),
    "record_advance": ("の概算払の決裁を記録する", "開く"),
    "order_advance": ("の概算払の支出命令を出す", "開く"),
    "carry_over": ("の繰越しの申請に答える", "開く"),
    "record_carry_over": ("の繰越しの決裁を記録する", "開く"),
    "stop": ("の廃止の申請に答える", "開く"),
    "record_stop": ("の廃止の決裁を記録する", "開く"),
    "answer": ("の変更に答える", "開く"),
    "record_answer": ("の変更の決裁を記録する", "開く"),
    "inspect": ("の実績を検査する", "検査する"),
    "settle": ("の額の確定を起案する", "起案する"),
    "record": ("の額の確定の決裁を記録する", "開く"),
    "order": ("の支出命令を出す", "開く"),
    "close": ("を完了にする", "開く"),
}  # by what is to be done: the words after the title, and the button


PAGES = {
    "advance": "grants:advances",
    "record_advance": "grants:advances",
    "order_advance": "grants:advances",
    "carry_over": "grants:carry_over",
    "record_carry_over": "grants:carry_over",
    "stop": "grants:stop",
    "record_stop": "grants:stop",
    "answer": "grants:staff_change",
    "record_answer": "grants:staff_change",
}  # by what is to be done; elsewhere the page of the result


def _town(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(*MUNICIPAL):
        return None
    terms = ExpressionWrapper(
        F("menu__result_days") * DAYS + F("menu__result_april_day"), output_field=IntegerField()
    )
    return branch(
        desk.for_town(scope, clock.today_jst()), TOWN, ref="pk", slug="todo", name="title",
        area_name="municipality__name", note="menu__short", count=terms, due_on="ends_on",
    )  # fmt: skip


def _status(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(*MUNICIPAL):
        return None
    return branch(
        desk.owing_status(scope, clock.today_jst()), STATUS, ref="pk", slug="menu__status_shift", name="title",
        area_name="municipality__name", note="menu__short", count="menu__status_within_days", due_on="asked_on",
    )  # fmt: skip


def _office(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return branch(
        desk.for_office(scope), OFFICE, ref="pk", slug="todo", name="title", area_name="municipality__name",
        note="menu__short", at="reported_at",
    )  # fmt: skip


SOURCES = [Source(TOWN, _town), Source(STATUS, _status), Source(OFFICE, _office)]


def _item(row: Row, page: str, **more: Any) -> DeskItem:
    words, action = WORDS_OF[row.slug]
    return DeskItem(
        title=f"{row.name}{words}", meta=f"{row.area_name}・{row.note}", url=reverse(page, args=[row.ref]),
        action=action, **more,
    )  # fmt: skip


def _of_town(row: Row) -> DeskItem:
    """A result is due so many days after the planned end, by the menu; an invoice has no deadline."""
    if row.slug != "report" or row.due_on is None:
        return _item(row, "grants:result")
    days, april_day = divmod(row.count, DAYS)
    due_on = sums.due_on(completed_on=row.due_on, days=days, april_day=april_day)
    return _item(row, "grants:result", due_on=due_on)


def _of_status(row: Row) -> DeskItem:
    """Due by the menu: so many days after the day that was asked about."""
    asked_on = row.due_on or clock.today_jst()
    return DeskItem(
        title=f"{row.name}の{asked_on.month}月{asked_on.day}日の状況を報告する", meta=f"{row.area_name}・{row.note}",
        url=reverse("grants:status", args=[row.ref]), action="報告する",
        due_on=status_due(asked_on, row.count, row.slug),
    )  # fmt: skip


def _of_office(row: Row) -> DeskItem:
    return _item(row, PAGES.get(row.slug, "grants:staff_result"))


WORDS = {TOWN: _of_town, STATUS: _of_status, OFFICE: _of_office}
