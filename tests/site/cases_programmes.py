"""Objects with which the rows of programmes are opened: a draft of the next year."""

from typing import Any

from grants import actions
from grants.models import Programme
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import fiscal_year
from portal.site.demo.world import DOMAIN


def cases() -> dict[str, dict[str, Any]]:
    """The current year copied into the next, with one 科目."""
    by = UserActor(User.objects.get(email=f"pref-officer@{DOMAIN}"))
    year = fiscal_year(clock.today_jst())
    current = Programme.objects.get(fiscal_year=year)
    draft = actions.copy_programme(by=by, programme=current, fiscal_year=year + 1)
    line = actions.save_budget_line(
        by=by, programme=draft, kan="総務費", kou="企画費", moku="地域振興費", setsu=18, amount_yen=5_000_000
    )
    menu = {"programme": draft.slug, "number": 3}
    return {
        "draft year": {"programme": draft.slug},
        "draft menu": menu,
        "draft part": menu | {"part": "types"},
        "draft call": menu | {"pk": draft.menus.get(number=3).calls.earliest("closes_at").pk},
        "draft line": {"programme": draft.slug, "pk": line.pk},
        "draft step": {"programme": draft.slug, "step": "publish"},
    }
