"""Communities: register, edit, publish, rest, dissolve.

c = register_community(by=officer, area=akiha, name="「タイトル未定」", kana="タイトルミテイ",
                       summary="区内で別々に動いてきた人を、まず同じ部屋に集める。", publish=True)
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from portal.areas.models import Area
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.names import clean_kana
from portal.kernel.refusals import Refusal

from .. import indexing, workflow
from ..enums import CommunityState, EventState, JoinPolicy
from ..models import Community, Theme
from ..saving import change, free_slug, insert, locked

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
    story: str = "",
    themes: Iterable[Theme] = (),
    join_policy: str = JoinPolicy.APPROVAL,
    contact: str = "",
    publish: bool = False,
    **more: Any,
) -> Community:
    """Register a community of `area` as a draft, or publish it at once. `more`: other EDITABLE fields.

    The slug comes from the kana and stays when the name changes. Raises PermissionDenied, ValidationError.
    """
    permissions.require(by, "communities.register_community", area)
    _known(more)
    kana = clean_kana(kana)
    community = insert(
        Community(
            area=area,
            name=name,
            kana=kana,
            slug=free_slug(Community, kana),
            summary=summary,
            story=story,
            join_policy=join_policy,
            contact=contact,
            **more,
        )
    )
    community.themes.add(*themes)
    audit.record("communities.community.registered", by=by, target=community, data={"area": area.pk})
    indexing.put_community(community)
    if publish:
        publish_community(by=by, community=community)
    return community


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


@transaction.atomic
def publish_community(*, by: Actor, community: Community) -> Community:
    """Let everybody see it. Raises Refusal when it is no draft."""
    workflow.COMMUNITY.apply(community, "publish", by=by)
    indexing.community_changed(community)
    return community


@transaction.atomic
def discard_community(*, by: Actor, community: Community) -> Community:
    """Give up a draft. What was published is kept and can only rest or dissolve."""
    workflow.COMMUNITY.apply(community, "discard", by=by)
    indexing.community_changed(community)
    return community


@transaction.atomic
def move_community(*, by: Actor, community: Community, step: str, note: str = "") -> Community:
    """Any step of its table: publish, discard, rest, wake, dissolve (with a note)."""
    if step == "dissolve":
        locked(community)
        if coming := community.events.filter(state__in=COMING, ends_at__gte=clock.now()).first():
            raise Refusal(
                f"これからの催し「{coming.title}」が残っています。中止にするか、終わってから解散にしてください。",
                code="events",
            )
    workflow.COMMUNITY.apply(community, step, by=by, note=note)
    indexing.community_changed(community)
    return community


def _known(fields: Iterable[str]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of a community: {sorted(unknown)}")
