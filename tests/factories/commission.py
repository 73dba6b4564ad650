"""Themes, calls and what follows of menu ④ for tests, made by the actions."""

from datetime import date, time
from typing import Any

from grants.commission.actions import calls, themes
from grants.commission.enums import DEFAULT_ITEMS
from grants.models import CommissionCall, CommissionTheme

from .grants import Town, menu

THEME = {
    "title": "買い物と見守りを続けるしくみづくり",
    "problem": "店が遠く、担い手が減っている。",
    "wanted": "地区の団体と組んで、続けられる形を試してほしい。",
    "support": "広報紙で知らせ、公民館を使えるようにする。",
}


def draft_theme(town: Town, **changes: Any) -> CommissionTheme:
    """A draft of the town's about its コミプラ, which is formed."""
    values = {**THEME, "platform": town.platform, **changes}
    if "menu" not in values:
        values["menu"] = menu(4)
    return themes.start_theme(by=town.officer, **values)


def proposed_theme(town: Town, **changes: Any) -> CommissionTheme:
    return themes.propose_theme(by=town.chief, theme=draft_theme(town, **changes))


def selected_theme(town: Town, **changes: Any) -> CommissionTheme:
    return themes.judge_theme(by=town.prefecture, theme=proposed_theme(town, **changes), step="select")


TERMS: dict[str, Any] = {
    "title": "買い物と見守りのモデル業務",
    "purpose": "続けられる形を地区でつくる。",
    "work": "試行と検証を行い、手引きにまとめる。",
    "conditions": "",
    "takes_platforms": False,
    "ceiling_yen": 1_500_000,
    "adopted_count": 1,
    "questions_on": date(2026, 12, 4),
    "closes_on": date(2026, 12, 18),
    "closes_time": time(17, 0),
    "shift": "as_is",
    "presentation_on": date(2027, 1, 15),
    "presentation_place": "県庁",
    "ends_on": date(2027, 3, 18),
    "floor_percent": 60,
    "tie_position": 3,
    "panel_min": 3,
    "reserve_days": 7,
}
ITEMS = [calls.Item(label, points) for label, points in DEFAULT_ITEMS]


def draft_call(town: Town, **changes: Any) -> CommissionCall:
    """A draft about a selected theme of the town; the default items."""
    items = changes.pop("items", ITEMS)
    return calls.start_call(
        by=town.prefecture, theme=selected_theme(town), items=items, terms={**TERMS, **changes}
    )


def published_call(town: Town, **changes: Any) -> CommissionCall:
    return calls.publish_call(by=town.prefecture, call=draft_call(town, **changes))
