"""Objects with which the rows of menu ④ are opened: those of 志布志市."""

from typing import Any

from communities.models import Platform
from grants.commission.actions import themes
from grants.commission.queries.themes import menus
from portal.accounts.models import User
from portal.kernel.actors import UserActor
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import DOMAIN

WORDS = {"problem": "担い手が減っている。", "wanted": "続けられる形を試してほしい。"}


def by(key: str) -> UserActor:
    return UserActor(User.objects.get(email=f"{key}@{DOMAIN}"))


def cases() -> dict[str, dict[str, Any]]:
    """A theme that is written, one that is proposed."""
    platform, menu = Platform.objects.select_related("area").get(name=SHIBUSHI_SEA), menus()[0]
    draft, proposed = (
        themes.start_theme(by=by("officer-shibushi"), menu=menu, platform=platform, title=title, **WORDS)
        for title in ("書きかけのテーマ", "提案したテーマ")
    )
    themes.propose_theme(by=by("chief-shibushi"), theme=proposed)
    return {"theme draft": {"pk": draft.pk}, "theme proposed": {"pk": proposed.pk}}
