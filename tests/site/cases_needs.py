"""Objects with which the rows of 要望調査 are opened: 志布志市 has answered one menu and not yet another."""

from datetime import timedelta
from typing import Any

from grants import actions
from grants.actions.needs import Wanted
from grants.models import Menu
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import fiscal_year
from portal.site.demo import people
from portal.site.demo.world import DOMAIN


def cases() -> dict[str, dict[str, Any]]:
    """Menu ① is asked and unanswered, menu ③ is answered."""
    by, officer, chief = (
        UserActor(User.objects.get(email=f"{key}@{DOMAIN}"))
        for key in ("pref-officer", "officer-shibushi", "chief-shibushi")
    )
    today = clock.today_jst()
    menus = Menu.objects.filter(programme__fiscal_year=fiscal_year(today))
    due_on = today + timedelta(days=20)
    asked = actions.ask_needs(by=by, menu=menus.get(number=1), due_on=due_on)
    survey = actions.ask_needs(by=by, menu=menus.get(number=3), due_on=due_on)
    open_answer = asked.answers.get(municipality=people.SHIBUSHI)
    answer = survey.answers.get(municipality=people.SHIBUSHI)
    actions.save_needs(by=officer, answer=answer, revision=0, items=[Wanted("拠点づくり", 500_000)])
    actions.send_needs(by=chief, answer=answer)
    return {
        "needs menu": {"programme": survey.menu.programme.slug, "number": 2},
        "needs survey": {"pk": survey.pk},
        "needs open": {"pk": open_answer.pk},
        "needs answer": {"pk": answer.pk},
    }
