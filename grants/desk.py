"""What the grants put on people's desks: drafts with their deadline, submitted files that wait, files one holds."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.ports import DeskItem

from . import queries
from .enums import ApplicationState
from .models import Application
from .rules import MUNICIPAL

SHOWN = 20


def items(scope: Scope) -> Iterable[DeskItem]:
    """The drafts of one's municipality by deadline, then what waits for one's office. At most two queries."""
    if scope.has(*MUNICIPAL):
        yield from (_draft(row) for row in _drafts(scope))
    if scope.has(Role.PREFECTURE_OFFICER):
        yield from (_received(row, scope) for row in _waiting(scope))


def open_cases(user_id: UUID) -> Iterable[DeskItem]:
    """Files this person holds, for hand-over. One query."""
    held = queries.with_case(Application.objects.filter(held_by=user_id, state=ApplicationState.SCREENING))
    for row in held.order_by("submitted_at", "id"):
        yield DeskItem(
            title=str(row), meta=_meta(row), url=row.get_staff_url(), action="引き継ぐ", due_on=row.due_on
        )


def _drafts(scope: Scope) -> list[Application]:
    """Drafts whose call has not closed."""
    drafts = queries.own(scope).filter(state=ApplicationState.DRAFT, call__closes_at__gt=clock.now())
    return list(queries.with_case(drafts).order_by("call__closes_at", "id")[:SHOWN])


def _waiting(scope: Scope) -> list[Application]:
    untaken = Q(state=ApplicationState.SUBMITTED, office__in=scope.sections(Role.PREFECTURE_OFFICER))
    mine = Q(state=ApplicationState.SCREENING, held_by=scope.user_id)
    return list(
        queries.with_case(queries.received(scope).filter(untaken | mine)).order_by("submitted_at", "id")[
            :SHOWN
        ]
    )


def _draft(row: Application) -> DeskItem:
    closes_on: date = row.call.deadline.effective
    return DeskItem(
        title=f"{row}を書いて提出する",
        meta=f"{row.menu.short}・{row.call.title}・締切 {row.call.deadline.wareki_label}",
        url=row.get_absolute_url(),
        action="つづきを書く",
        due_on=closes_on,
    )


def _received(row: Application, scope: Scope) -> DeskItem:
    if row.state == ApplicationState.SUBMITTED:
        return DeskItem(
            title=f"{row}を受け取る",
            meta=_meta(row),
            url=row.get_staff_url(),
            action="開く",
            due_on=row.due_on,
        )
    return DeskItem(
        title=f"{row}を形式審査する",
        meta=_meta(row),
        url=row.get_staff_url(),
        action="開く",
        due_on=row.due_on,
    )


def _meta(row: Application) -> str:
    return f"{row.municipality.name}・{row.menu.short}"
