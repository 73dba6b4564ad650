"""回覧板, calendars and saved searches of the demo: each in use and put aside once."""

from communities import actions
from communities.models import Event, Theme
from portal.kernel.clock import JST

from .event_plans import PITCH
from .people import AKIHA, KITA
from .world import World


def build(world: World) -> None:
    """The paper of the month of the pitch; a search each week, one each day, one that is stopped; two calendars."""
    with world.on(-2):
        pitch = Event.objects.select_related("area__parent").get(title=PITCH.title)
        month = pitch.starts_at.astimezone(JST).date().replace(day=1)
        for is_large in (False, True):
            actions.make_circular(
                by=world.actor("ward-akiha"), area=pitch.area, month=month, is_large=is_large
            )
    food = Theme.objects.get(slug="food")
    with world.on(-9):
        for key, code, theme, frequency in (
            ("resident-1", AKIHA, None, "weekly"), ("resident-1", KITA, food, "daily"), ("resident-2", AKIHA, food, "weekly"),
        ):  # fmt: skip
            search = actions.save_search(
                by=world.actor(key), area=world.area(code), theme=theme, age="", frequency=frequency, quiet_from=21,
                quiet_until=8,
            )  # fmt: skip
        actions.stop_search(by=world.actor("resident-2"), search=search)
        actions.open_calendar(by=world.actor("resident-1"))
        actions.open_calendar(by=world.actor("resident-2"))
        actions.close_calendar(by=world.actor("resident-2"))
