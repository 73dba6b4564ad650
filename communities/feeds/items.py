"""Events and communities as lines of a feed."""

from portal.kernel.rss import Item
from portal.kernel.templatetags.fmt import jdate, jtime

from ..enums import EventState
from ..models import Community, Event
from .calendars import MARKS


def event_item(event: Event, base: str) -> Item:
    """What, when, where, by whom. `base` is the address of the site."""
    when = f"{jdate(event.starts_at)} {jtime(event.starts_at)}から"
    lines = [when, f"{event.area.name}・{event.venue}", f"主催: {event.host}", event.summary]
    return Item(
        guid=f"urn:uuid:{event.pk}",
        title=MARKS.get(EventState(event.state), "") + event.title,
        url=base + event.get_absolute_url(),
        text="\n".join(line for line in lines if line),
        at=event.published_at or event.created_at,
    )


def community_item(community: Community, base: str) -> Item:
    """What it is, and where."""
    return Item(
        guid=f"urn:uuid:{community.pk}",
        title=community.name,
        url=base + community.get_absolute_url(),
        text=f"{community.area.name}\n{community.summary}",
        at=community.published_at or community.created_at,
    )
