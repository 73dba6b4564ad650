"""What search finds of communities, events, initiatives and platforms: one entry each, written with the row itself."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Model

from portal.kernel import search

from .. import moderation
from ..models import Community, Event, Initiative, Platform, Post, Theme


def put_communities(communities: Sequence[Community]) -> None:
    """Name, variants, kana, themes and story. Nothing is kept of a discarded draft. Two queries beside the writing."""
    themes = _theme_names(communities)
    hidden = moderation.hidden_among([row for row in communities if row.is_public])
    with search.gathered():
        for community in communities:
            _put(community, themes[community.pk], community.pk in hidden)


def _put(community: Community, themes: list[str], is_hidden: bool) -> None:
    if community.state == "discarded":
        search.drop(kind="community", object_id=community.pk)
        return
    body = [
        community.kana,
        *community.variants,
        community.summary,
        " ".join(themes),
        community.place,
        community.story,
    ]
    search.put(
        kind="community",
        object_id=community.pk,
        audience=[f"area:{community.area_id}"] if is_hidden else community.audience,
        title=community.name,
        body="\n".join(filter(None, body)),
        area_codes=[community.area_id],
        weight=30,
    )


def put_event(event: Event) -> None:
    """Title, words about it, venue and host."""
    body = [event.summary, event.venue, event.address, str(event.host), event.description]
    search.put(
        kind="event",
        object_id=event.pk,
        audience=_audience(event, event.audience_keys, event.area_id),
        title=event.title,
        body="\n".join(filter(None, body)),
        area_codes=[event.area_id],
        happens_at=event.starts_at,
        weight=20,
    )


def put_initiative(initiative: Initiative) -> None:
    """Title and words, seen by whoever sees its community."""
    community = initiative.community
    search.put(
        kind="initiative",
        object_id=initiative.pk,
        audience=_audience(initiative, community.audience, community.area_id),
        title=initiative.title,
        body="\n".join(filter(None, [initiative.summary, community.name, initiative.story])),
        area_codes=[community.area_id],
        weight=10,
    )


def put_platform(platform: Platform) -> None:
    """Name, kana and summary; platforms are public from the start."""
    search.put(
        kind="platform",
        object_id=platform.pk,
        audience=["public"],
        title=platform.name,
        body="\n".join(filter(None, [platform.kana, platform.summary])),
        area_codes=[platform.area_id],
        weight=15,
    )


def put_post(post: Post) -> None:
    """Title and text of a post that is out; nothing is kept of the others."""
    if post.state != "published" or moderation.is_hidden(post):
        search.drop(kind="post", object_id=post.pk)
        return
    captions = moderation.shown(post.photos.all()).values_list("caption", flat=True)
    search.put(
        kind="post",
        object_id=post.pk,
        audience=post.audience,
        title=post.title,
        body="\n".join([post.community.name, post.body, *captions]),
        area_codes=[post.area_id],
        weight=5,
    )


def community_changed(community: Community) -> None:
    """`communities_changed` for one."""
    communities_changed([community])


def communities_changed(communities: Sequence[Community]) -> None:
    """The communities, and what inherits their audience and name."""
    put_communities(communities)
    keys = [community.pk for community in communities]
    for initiative in Initiative.objects.filter(community__in=keys).select_related("community"):
        put_initiative(initiative)


def _theme_names(communities: Sequence[Community]) -> dict[UUID, list[str]]:
    """{community: the names of its themes, in their order}. One query."""
    names: dict[UUID, list[str]] = {community.pk: [] for community in communities}
    rows = Theme.objects.filter(communities__in=list(names)).order_by("order", "slug")
    for pk, name in rows.values_list("communities", "name"):
        names[pk].append(name)
    return names


def _audience(row: Model, normal: list[str], area_code: str) -> list[str]:
    """What was hidden is found by the staff of its area alone. One query, where it is public otherwise."""
    return [f"area:{area_code}"] if "public" in normal and moderation.is_hidden(row) else normal
