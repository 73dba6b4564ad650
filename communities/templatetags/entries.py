"""How a community reads in a list. Lists have many: written in Python, as the leaves of the kit are."""

from django import template
from django.utils.safestring import SafeString

from communities.enums import JoinPolicy
from communities.models import Community
from portal.kernel.ui.html import el, join
from portal.kernel.ui.lists import entry
from portal.kernel.ui.marks import tag, wardmark

register = template.Library()


@register.simple_tag
def community_entry(community: Community) -> SafeString:
    """One community of a list: its drawing, where it acts, how many take part, what it does, how to join.

    Wants `people_count` and `theme_names` (`queries.published_communities`) and its area.
    """
    area = community.area
    people: int = community.people_count  # type: ignore[attr-defined]
    count = el("span", f"{people:,}人が参加", class_="small muted")
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
