"""Objects with which the rows of menu ④ are opened: those of 志布志市."""

from typing import Any

from communities.models import Platform
from grants.commission.actions import calls, questions, themes
from grants.commission.queries.themes import menus
from grants.models import CommissionTheme
from portal.accounts.models import User
from portal.kernel.actors import UserActor
from portal.site.demo.step_commission import start
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
    return {"theme draft": {"pk": draft.pk}, "theme proposed": {"pk": proposed.pk}, **_calls(draft)}


def _calls(like: CommissionTheme) -> dict[str, dict[str, Any]]:
    """A theme without a call, a call that is written, one that is out with a question."""
    themed = []
    for title in ("選定したテーマ", "公募を書くテーマ", "公募中のテーマ"):
        theme = themes.start_theme(
            by=by("officer-shibushi"), menu=like.menu, platform=like.platform, title=title, **WORDS
        )
        themes.propose_theme(by=by("chief-shibushi"), theme=theme)
        themed.append(themes.judge_theme(by=by("pref-officer"), theme=theme, step="select"))
    written, out = (start(theme) for theme in themed[1:])
    calls.publish_call(by=by("pref-officer"), call=out)
    question = questions.ask_question(by=by("resident-1"), call=out, text="車両の借上げは対象ですか。")
    return {
        "theme selected": {"pk": themed[0].pk},
        "call draft": {"pk": written.pk},
        "call step": {"pk": written.pk, "step": "publish"},
        "call": {"pk": out.pk},
        "call question": {"pk": out.pk, "question_pk": question.pk},
    }
