"""Communities: register, edit, publish, rest, dissolve.

c = register_community(by=officer, area=akiha, name="「タイトル未定」", kana="タイトルミテイ",
                       summary="区内で別々に動いてきた人を、まず同じ部屋に集める。", publish=True)
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from portal.areas.models import Area
from portal.kernel import audit, clock, jobs, permissions, search
from portal.kernel.actors import Actor
from portal.kernel.names import clean_kana
from portal.kernel.refusals import Refusal, of_row

from .. import indexing, workflow
from ..enums import CommunityState, EventState
from ..models import Community, Theme
from ..saving import change, free_slugs, insert_all, locked

EDITABLE = (
    "name",
    "kana",
    "variants",
    "summary",
    "story",
    "join_policy",
    "join_note",
    "meets",
    "place",
    "contact",
    "founded_on",
)

COMING = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED, EventState.POSTPONED)  # meetings people count on


@transaction.atomic
def register_community(
    *,
    by: Actor,
    area: Area,
    name: str,
    kana: str,
    summary: str,
    publish: bool = False,
    **more: Any,
) -> Community:
    """Register a community of `area` as a draft, or publish it at once. `more`: `themes` and other EDITABLE fields.

    The slug comes from the kana and stays when the name changes. Raises PermissionDenied, ValidationError.
    """
    wanted = {"area": area, "name": name, "kana": kana, "summary": summary, **more}
    (community,) = register_communities(by=by, wanted=[wanted], publish=publish)
    return community


@transaction.atomic
def register_communities(
    *, by: Actor, wanted: Sequence[Mapping[str, Any]], publish: bool = False
) -> list[Community]:
    """Register many, all or none: each of `wanted` as `register_community` takes it. A table is one of these.

    How many statements it takes does not grow with the rows but by 500. Raises as `register_community`, with the row
    (`refusals.row_of`) that is refused.
    """
    slugs = free_slugs(Community, [clean_kana(each["kana"]) for each in wanted])
    rows: list[Community] = []
    for number, (each, slug) in enumerate(zip(wanted, slugs, strict=True)):
        with of_row(number):
            rows.append(_draft(by, slug, **each))
    insert_all(rows)
    themed = zip(rows, wanted, strict=True)
    _set_themes((row, theme) for row, each in themed for theme in dict.fromkeys(each.get("themes", ())))
    with audit.gathered(), search.gathered():
        for row in rows:
            audit.record("communities.community.registered", by=by, target=row, data={"area": row.area_id})
        indexing.put_communities(rows)
        if publish:
            publish_communities(by=by, communities=rows)
    return rows


@transaction.atomic
def edit_community(
    *, by: Actor, community: Community, themes: Iterable[Theme] | None = None, **fields: Any
) -> Community:
    """Change EDITABLE fields; `themes` None leaves them. Raises PermissionDenied, ValidationError."""
    locked(community)
    permissions.require(by, "communities.edit_community", community)
    _known(fields)
    if "kana" in fields:
        fields["kana"] = clean_kana(fields["kana"])
    changed = change(community, fields)
    if themes is not None and set(themes) != set(community.themes.all()):
        community.themes.set(themes)
        changed.append("themes")
    if changed:
        audit.record("communities.community.edited", by=by, target=community, data={"fields": changed})
        indexing.community_changed(community)
    return community


@transaction.atomic
def ask_to_publish(*, by: Actor, community: Community) -> Community:
    """An organiser asks the ward officer to publish a draft. Asking twice changes nothing."""
    locked(community)
    permissions.require(by, "communities.ask_to_publish", community)
    if community.state != CommunityState.DRAFT:
        raise Refusal("このコミュニティは、下書きではありません。", code="moved")
    if community.publish_asked_at is None:
        change(community, {"publish_asked_at": clock.now()})
        audit.record("communities.community.publish_asked", by=by, target=community)
    return community


def publish_community(*, by: Actor, community: Community) -> Community:
    """Let everybody see it. Raises Refusal when it is no draft."""
    publish_communities(by=by, communities=[community])
    return community


@transaction.atomic
def publish_communities(*, by: Actor, communities: Sequence[Community]) -> None:
    """Let everybody see them, all or none. Raises Refusal (`refusals.row_of`) when one is no draft."""
    workflow.COMMUNITY.apply_all(communities, "publish", by=by)
    indexing.communities_changed(communities)


@transaction.atomic
def discard_community(*, by: Actor, community: Community) -> Community:
    """Give up a draft. What was published is kept and can only rest or dissolve."""
    workflow.COMMUNITY.apply(community, "discard", by=by)
    indexing.community_changed(community)
    return community


@transaction.atomic
def move_community(*, by: Actor, community: Community, step: str, note: str = "") -> Community:
    """Any step of its table: publish, discard, rest, wake, dissolve (with a note; its people are told by a job)."""
    if step == "dissolve":
        locked(community)
        if coming := community.events.filter(state__in=COMING, ends_at__gte=clock.now()).first():
            raise Refusal(
                f"これからの催し「{coming.title}」が残っています。中止にするか、終わってから解散にしてください。",
                code="events",
            )
    workflow.COMMUNITY.apply(community, step, by=by, note=note)
    indexing.community_changed(community)
    if step == "dissolve":
        jobs.enqueue(
            "communities.tell_dissolution", key=f"community-dissolved:{community.pk}", obj=community, by=by,
            payload={"by": by.ref},
        )  # fmt: skip
    return community


def _draft(
    by: Actor, slug: str, *, area: Area, kana: str, themes: Iterable[Theme] = (), **fields: Any
) -> Community:
    """The row of a new community, where `by` may have one, not yet stored."""
    permissions.require(by, "communities.register_community", area)
    _known(fields)
    return Community(area=area, kana=clean_kana(kana), slug=slug, **fields)


def _set_themes(chosen: Iterable[tuple[Community, Theme]]) -> None:
    """The themes of communities that have none yet, in one statement."""
    pairs = Community.themes.through
    pairs._default_manager.bulk_create(
        [pairs(community_id=community.pk, theme_id=theme.pk) for community, theme in chosen]
    )


def _known(fields: Iterable[str]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of a community: {sorted(unknown)}")
