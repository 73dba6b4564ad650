"""How a community and an event read in a list. Lists have many: written in Python, as the leaves of the kit are."""

from django import template
from django.utils.safestring import SafeString

from communities.enums import EntryMethod, EventState, JoinPolicy
from communities.models import Community, Event
from portal.kernel import clock
from portal.kernel.ui.bars import seats
from portal.kernel.ui.html import el, join
from portal.kernel.ui.lists import entry
from portal.kernel.ui.marks import tag, wardmark

register = template.Library()

STOPPED = {
    EventState.CANCELLED: ("中止", "ng"),
    EventState.POSTPONED: ("延期", "warn"),
    EventState.ENTRIES_CLOSED: ("受付終了", ""),
}


@register.simple_tag
def event_side(event: Event) -> SafeString:
    """What one still can do at an event, for the side column: the seats left, or why there is nothing to fill in.

    The same words in each list: what is off, moved or closed never shows seats. Wants its seats.
    """
    if stopped := STOPPED.get(EventState(event.state)):
        return tag(*stopped)
    if event.entry_method == EntryMethod.NONE:
        return tag("申込み不要")
    if event.entries_end_at <= clock.now():
        return tag(*STOPPED[EventState.ENTRIES_CLOSED])
    if event.entry_method == EntryMethod.LOTTERY:
        return tag("抽選")
    if event.seats.capacity is None:
        return tag("申込み受付中", "ok")
    return seats(taken=event.seats.taken, capacity=event.seats.capacity, waiting=event.seats.waiting_count)


@register.simple_tag
def community_entry(community: Community) -> SafeString:
    """One community of a list: its drawing, where it acts, how many take part, what it does, how to join.

    Wants `people_count` and `theme_names` (`queries.published_communities`) and its area.
    """
    area = community.area
    people: int = community.people_count  # type: ignore[attr-defined]
    count = el("span", f"{people:,}人が参加", class_="small muted") if people else ""
    tags = [tag(name) for name in community.theme_names]  # type: ignore[attr-defined]
    if community.join_policy == JoinPolicy.OPEN:
        tags.append(tag("だれでも参加できます", "ok"))
    content = join(
        [
            el("p", join([wardmark(area), count]), class_="cluster"),
            el("p", community.summary),
            el("p", join(tags), class_="cluster") if tags else "",
        ]
    )
    return entry(
        content, community.name, community.get_absolute_url(), pic=community.scene, ward=area.slug, level=2
    )
