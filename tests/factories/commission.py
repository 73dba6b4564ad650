"""Themes, calls and what follows of menu ④ for tests, made by the actions."""

from typing import Any

from grants.commission.actions import themes
from grants.models import CommissionTheme

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
