"""テーマ: written by a municipality, proposed by its chief, selected or not by the prefecture."""

from django.db import transaction

from communities.models import Platform
from communities.saving import change, insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ... import living
from ...enums import ProgrammeState, Table
from ...models import CommissionTheme, Menu
from ...supporters.actions.ending import end_support
from ...together.drafts import CONFLICT
from ..enums import FORMED, ThemeState
from ..mails import themes as mails
from ..workflow import THEME


@transaction.atomic
def start_theme(
    *, by: Actor, menu: Menu, platform: Platform, title: str, problem: str, wanted: str, support: str = ""
) -> CommissionTheme:
    """A draft of the municipality in which the コミプラ lies.

    Raises PermissionDenied, Refusal (a menu of another kind or not published, a コミプラ that is not formed).
    """
    permissions.require(by, "grants.start_theme", platform)
    if menu.table != Table.COMMISSION or menu.programme.state != ProgrammeState.PUBLISHED:
        raise Refusal("テーマを提案できるのは、公開中の年度のメニュー④です。", field="menu")
    _check_platform(menu, platform)
    living.check_room(menu, platform.area_id)
    theme = insert(
        CommissionTheme(
            menu=menu, municipality_id=platform.area_id, platform=platform, title=title, problem=problem,
            wanted=wanted, support=support, created_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.commissiontheme.started", by=by, target=theme)
    return theme


@transaction.atomic
def save_theme(
    *,
    by: Actor,
    theme: CommissionTheme,
    revision: int,
    platform: Platform,
    title: str,
    problem: str,
    wanted: str,
    support: str = "",
    tab: str = "",
) -> CommissionTheme:
    """Save a draft. `tab` names the page: its own lost answer is no conflict.

    Raises PermissionDenied, Refusal (proposed already, another saved meanwhile, コミプラ not formed).
    """
    permissions.require(by, "grants.write_theme", theme)
    if not locked(theme).is_draft:
        raise Refusal("このテーマは、もう提案しています。", code="moved")
    if theme.is_stale(revision, tab):
        raise Refusal(CONFLICT, code="conflict")
    permissions.require(by, "grants.start_theme", platform)
    _check_platform(theme.menu, platform)
    if platform.area_id != theme.municipality_id:
        living.check_room(theme.menu, platform.area_id)
    values = {
        "platform": platform, "municipality_id": platform.area_id, "title": title, "problem": problem,
        "wanted": wanted, "support": support, "revision": theme.revision + 1, "saved_at": clock.now(),
        "saved_by": user_of(by), "saved_tab": tab,
    }  # fmt: skip
    change(theme, values)
    audit.record("grants.commissiontheme.saved", by=by, target=theme, data={"revision": theme.revision})
    return theme


@transaction.atomic
def propose_theme(*, by: Actor, theme: CommissionTheme) -> CommissionTheme:
    """Propose it, by the chief; the officers of the routed office are told. Raises PermissionDenied, Refusal."""
    THEME.apply(theme, "propose", by=by)
    _check_platform(theme.menu, theme.platform)
    mails.proposed(theme)
    return theme


@transaction.atomic
def give_up_theme(*, by: Actor, theme: CommissionTheme) -> CommissionTheme:
    """Give a draft up, or take a proposed theme back by the chief before the prefecture judged it. Nothing is deleted.

    Raises PermissionDenied, Refusal (judged already).
    """
    THEME.apply(theme, "discard" if locked(theme).is_draft else "take_back", by=by)
    end_support(by=by, file=theme, reason="テーマの提案が取り下げられたため")
    return theme


@transaction.atomic
def judge_theme(*, by: Actor, theme: CommissionTheme, step: str, note: str = "") -> CommissionTheme:
    """ "select" or "decline" (with a reason) a proposed theme; the municipality is told. Raises PermissionDenied, Refusal."""
    THEME.apply(theme, step, by=by, note=note)
    if theme.state == ThemeState.NOT_SELECTED:
        end_support(by=by, file=theme, reason="テーマが選定されなかったため")
    mails.judged(theme, note)
    return theme


def _check_platform(menu: Menu, platform: Platform) -> None:
    """Only a formed コミプラ of the programme's prefecture (令和6年度の資料 ④)."""
    if platform.stage not in FORMED:
        raise Refusal(
            f"{platform.name}のステージは「{platform.get_stage_display()}」です。テーマにできるのは、「形成初期」か「持続」のコミプラです。",
            field="platform",
        )
    if platform.area.parent_id != menu.programme.authority.area_id:
        raise Refusal("この事業を行う県の市町村にあるコミプラを選んでください。", field="platform")
