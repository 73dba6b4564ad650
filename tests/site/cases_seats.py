"""Objects with which the rows of seats are opened."""

from datetime import timedelta
from typing import Any

from communities import actions
from communities.models import Community
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.site.demo.world import DOMAIN
from tests.factories import communities as make


def cases() -> dict[str, dict[str, Any]]:
    """An event of 秋葉区 for which lots were drawn."""
    akiha = Community.objects.get(name="「タイトル未定」")
    officer = UserActor(User.objects.get(email=f"ward-akiha@{DOMAIN}"))
    event = make.event(akiha, by=officer, entry_method="lottery", capacity=1)
    make.registration(event)
    actions.close_entries(by=officer, event=event)
    with clock.at(clock.now() + timedelta(minutes=1)):
        actions.draw_lottery(by=officer, event=event)
    return {"drawn event": {"pk": event.pk}}
