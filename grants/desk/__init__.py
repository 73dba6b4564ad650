"""What the grants put on people's desks: drafts with their deadline, submitted files that wait, files one holds."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.ports import DeskItem

from .. import queries
from ..enums import EXAMINED, ApplicationState, Keeping
from ..enums.approving import ApprovalState
from ..models import Application, Approval
from ..relief import queries as relief
from ..rules import MUNICIPAL

SHOWN = 20


def items(scope: Scope) -> Iterable[DeskItem]:
    """The drafts of one's municipality by deadline, then what waits for one's office. At most two queries."""
    if scope.has(*MUNICIPAL):
        yield from (_draft(row) for row in _drafts(scope))
    if scope.has(Role.PREFECTURE_OFFICER):
        yield from (_received(row, scope) for row in _waiting(scope))


def open_cases(user_id: UUID) -> Iterable[DeskItem]:
    """Files this person holds, for hand-over. One query."""
    held = queries.with_case(
        Application.objects.filter(
            held_by=user_id,
            state__in=[*EXAMINED, ApplicationState.RETURNED, ApplicationState.DECIDING],
        )
    )
    for row in held.order_by("submitted_at", "id"):
        yield DeskItem(
            title=str(row), meta=_meta(row), url=row.get_staff_url(), action="引き継ぐ", due_on=row.due_on
        )


def _drafts(scope: Scope) -> list[Application]:
    """Drafts whose call has not closed, and files returned for correction, by their deadline."""
    now = clock.now()
    open_ones = Q(state=ApplicationState.DRAFT) & (Q(call__closes_at__gt=now) | Q(relief.drafts_let_in(now)))
    writing = queries.own(scope).filter(open_ones | Q(state=ApplicationState.RETURNED))
    by_deadline = queries.with_case(writing).annotate(until=Coalesce("correct_until", "call__closes_at"))
    return list(by_deadline.order_by("until", "id")[:SHOWN])


def _waiting(scope: Scope) -> list[Application]:
    sections = scope.sections(Role.PREFECTURE_OFFICER)
    typing = queries.typed(scope) & Q(state=ApplicationState.DRAFT)
    untaken = Q(state=ApplicationState.SUBMITTED, office__in=sections)
    late = Q(state=ApplicationState.RETURNED, correct_until__lte=clock.now())
    outside = Approval.objects.filter(state=ApprovalState.DRAFTED, keeping=Keeping.EXTERNAL)
    unrecorded = Q(Exists(outside.filter(application=OuterRef("pk"))), state=ApplicationState.DECIDING)
    here = Q(menu__drafting_section__isnull=True)
    mine = (Q(state__in=EXAMINED) | late | (unrecorded & here)) & Q(held_by=scope.user_id)
    drafting = Q(menu__drafting_section__in=sections) & (unrecorded | Q(pk__in=_examined(sections)))
    return list(
        queries.as_filed(
            queries.with_case(queries.visible_to(scope).filter(typing | untaken | mine | drafting))
        ).order_by("submitted_at", "id")[:SHOWN]
    )


def _examined(sections: Collection[UUID]) -> QuerySet[Any]:
    """The files whose decision these sections draft, every point of the examination answered."""
    rows = Application.objects.filter(
        menu__drafting_section__in=sections, state=ApplicationState.REVIEWING
    ).alias(
        points=Func(F("menu__checklist"), function="jsonb_array_length", output_field=IntegerField()),
        answered=Count("checks", filter=Q(checks__number=F("version"))),
    )
    return rows.filter(answered__gte=F("points")).values("pk")


def _draft(row: Application) -> DeskItem:
    if row.is_returned:
        return DeskItem(
            title=f"{row}を補正して、もう一度提出する",
            meta=f"{row.menu.short}・県からの指摘に回答",
            url=row.get_absolute_url(),
            action="指摘を見る",
            due_on=row.correct_on,
        )
    if not row.call.is_open(clock.now()):
        return DeskItem(
            title=f"{row}を書いて提出する",
            meta=f"{row.menu.short}・{row.call.title}・締切のあとの受理",
            url=row.get_absolute_url(),
            action="つづきを書く",
        )
    closes_on: date = row.call.deadline.effective
    return DeskItem(
        title=f"{row}を書いて提出する",
        meta=f"{row.menu.short}・{row.call.title}・締切 {row.call.deadline.wareki_label}",
        url=row.get_absolute_url(),
        action="つづきを書く",
        due_on=closes_on,
    )


def _received(row: Application, scope: Scope) -> DeskItem:
    title = str(row) if row.is_draft else row.filed["title"]  # type: ignore[attr-defined]
    if row.is_draft:
        words, url, due_on = "の紙の申請書を入力する", row.get_edit_url(), None
    elif row.state == ApplicationState.SUBMITTED:
        words, url, due_on = "を受け取る", row.get_staff_url(), row.due_on
    elif row.is_returned:
        words, url, due_on = "の補正の期限がすぎました", row.get_examine_url(), row.correct_on
    elif row.is_deciding:
        words, url, due_on = "の決裁を記録する", row.get_staff_url(), None
    elif row.state == ApplicationState.REVIEWING and row.held_by_id != scope.user_id:
        words, url, due_on = "の決定を起案する", row.get_decide_url(), row.due_on
    elif row.state == ApplicationState.REVIEWING:
        words, url, due_on = "を内容審査する", row.get_examine_url(), row.due_on
    else:
        words, url, due_on = "を形式審査する", row.get_examine_url(), row.due_on
    return DeskItem(title=f"{title}{words}", meta=_meta(row), url=url, action="開く", due_on=due_on)


def _meta(row: Application) -> str:
    return f"{row.municipality.name}・{row.menu.short}"
