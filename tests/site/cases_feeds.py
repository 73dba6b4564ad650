"""What the rows of 回覧板, calendars, feeds and open data are opened with."""

from typing import Any

from communities import actions
from communities.models import Event
from portal.accounts.models import User
from portal.kernel import tokens
from portal.kernel.actors import UserActor
from portal.kernel.clock import JST
from portal.site.demo.world import DOMAIN


def cases() -> dict[str, dict[str, Any]]:
    officer = User.objects.get(email=f"ward-akiha@{DOMAIN}")
    pitch = Event.objects.get(title="1分間ピッチの夜")
    month = pitch.starts_at.astimezone(JST).date().replace(day=1)
    made = actions.make_circular(by=UserActor(officer), area=pitch.area, month=month)
    calendar = actions.open_calendar(by=UserActor(officer))
    token = tokens.make("calendar", calendar.pk, calendar.token_version)
    search = actions.save_search(
        by=UserActor(officer),
        area=pitch.area,
        theme=None,
        age="",
        frequency="weekly",
        quiet_from=21,
        quiet_until=8,
    )
    stop = {"token": tokens.make("following", search.pk, search.token_version)}
    return {
        "search": {"pk": search.pk},
        "stop link": stop,
        "circular": {"pk": made.pk},
        "calendar": {"token": token},
        "area": {"code": "151050"},
        "data file": {"name": "151009_event.csv"},
    }
