"""Objects with which the rows of 要望調査 are opened: 志布志市 has answered one menu (in the demo) and not yet another."""

from datetime import timedelta
from typing import Any

from grants import actions
from grants.models import Menu, NeedsSurvey
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import fiscal_year
from portal.site.demo import people
from portal.site.demo.world import DOMAIN


def cases() -> dict[str, dict[str, Any]]:
    """Menu ① is asked and unanswered, menu ③ is answered."""
    by = UserActor(User.objects.get(email=f"pref-officer@{DOMAIN}"))
    today = clock.today_jst()
    menus = Menu.objects.filter(programme__fiscal_year=fiscal_year(today))
    asked = actions.ask_needs(by=by, menu=menus.get(number=1), due_on=today + timedelta(days=20))
    survey = NeedsSurvey.objects.get(menu=menus.get(number=3))
    open_answer = asked.answers.get(municipality=people.SHIBUSHI)
    answer = survey.answers.get(municipality=people.SHIBUSHI)
    return {
        "needs menu": {"programme": survey.menu.programme.slug, "number": 2},
        "needs survey": {"pk": survey.pk},
        "needs open": {"pk": open_answer.pk},
        "needs answer": {"pk": answer.pk},
    }
