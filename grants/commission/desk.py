"""What menu ④ puts on people's desks."""

from collections.abc import Iterable

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..models import CommissionCall, CommissionTheme
from ..rules import MUNICIPAL
from .enums import ThemeState
from .queries import calls, themes

SHOWN = 20


def items(scope: Scope) -> Iterable[DeskItem]:
    """Drafts of themes of one's municipality, and proposed ones that wait for one's office. At most three queries."""
    if scope.has(*MUNICIPAL):
        drafts = themes.own(scope).filter(state=ThemeState.DRAFT).order_by("created_at", "id")
        yield from (_theme(row, "を仕上げて提案する", row.get_absolute_url()) for row in drafts[:SHOWN])
    if scope.has(Role.PREFECTURE_OFFICER):
        found = themes.received(scope).filter(state=ThemeState.PROPOSED).order_by("proposed_at", "id")
        yield from (_theme(row, "を選定するか決める", row.get_staff_url()) for row in found[:SHOWN])
        asked = (
            calls.counted(calls.received(scope))
            .filter(open_questions__gt=0)
            .order_by("questions_until", "id")
        )
        yield from (_questions(row) for row in asked[:SHOWN])


def _theme(row: CommissionTheme, words: str, url: str) -> DeskItem:
    meta = f"{row.municipality.name}・{row.menu.short}"
    return DeskItem(title=f"テーマ「{row.title}」{words}", meta=meta, url=url, action="開く")


def _questions(row: CommissionCall) -> DeskItem:
    count = row.open_questions  # type: ignore[attr-defined]
    return DeskItem(
        title=f"「{row.title}」への質問{count}件に答える", meta=row.theme.municipality.name, url=row.get_staff_url(),
        action="開く", due_on=row.closing_day, count=count,
    )  # fmt: skip
