"""Moderation as the rest of the house uses it: what is hidden, whose texts wait, which texts are refused.

rows = moderation.shown(Community.objects.filter(…))      # without what was hidden; no query of its own
moderation.check_text(by=actor, text="…")                 # Refusal: too many links, the same text again
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from portal.kernel.actors import Actor
from portal.kernel.names import search_key
from portal.kernel.refusals import Refusal

from ..enums import MembershipRole, MembershipState
from ..enums.people import LIVE_HIDINGS
from ..models import Community, Hiding, Membership, PostingRule
from ..profiles import links

M = TypeVar("M", bound=Model)
MOST_LINKS = 2
MOST_REPEATS = 2  # the same text by the same person within a day
DAY = 24 * 60 * 60
# What goes with its community when that is hidden: model → the field that names the community.
PARENTS = {
    "event": "host_community", "initiative": "community", "post": "community", "activity": "community",
    "workinggroup": "community",
}  # fmt: skip


def hidden(label: str) -> QuerySet[Hiding]:
    """What is hidden now of one kind ("communities.community"), as a QuerySet of Hiding."""
    return Hiding.objects.filter(object_type=label, state__in=LIVE_HIDINGS)


def is_hidden_here(model: type[Model], path: str = "pk") -> Q:
    """The condition 「this row is hidden」 inside a statement about `model`: itself, or the community it belongs to.

    `path` leads from the statement's rows to those of `model`.
    """
    itself = Q(Exists(hidden(model._meta.label_lower).filter(object_id=OuterRef(path))))
    parent = PARENTS.get(model._meta.model_name or "")
    if parent is None:
        return itself
    way = parent if path == "pk" else f"{path}__{parent}"
    return itself | Q(Exists(hidden(Community._meta.label_lower).filter(object_id=OuterRef(way))))


def shown(rows: QuerySet[M]) -> QuerySet[M]:
    """`rows` without what is hidden: one NOT EXISTS inside the same statement."""
    return rows.filter(~is_hidden_here(rows.model))


def is_hidden(row: Model) -> bool:
    """Whether this row, or the community it belongs to, is hidden now. One query."""
    about = Q(object_type=row._meta.label_lower, object_id=row.pk)
    if parent := PARENTS.get(row._meta.model_name or ""):
        about |= Q(object_type=Community._meta.label_lower, object_id=getattr(row, f"{parent}_id"))
    return Hiding.objects.filter(about, state__in=LIVE_HIDINGS).exists()


def hidden_among(rows: Sequence[Model]) -> set[UUID]:
    """The keys of those among `rows` (of one kind, each for itself) that are hidden now. One query, none without rows."""
    if not rows:
        return set()
    found = hidden(rows[0]._meta.label_lower).filter(object_id__in=[row.pk for row in rows])
    return set(found.values_list("object_id", flat=True))


def hiding_of(row: Model) -> Hiding | None:
    """The live hiding of this row, for the notice its people see. One query."""
    return hidden(row._meta.label_lower).filter(object_id=row.pk).first()


def check_text(
    *, by: Actor, text: str, most_links: int = MOST_LINKS, most_repeats: int = MOST_REPEATS
) -> None:
    """Raise Refusal for more links than allowed, and for a text this person sent `most_repeats` times within a day."""
    if links.count(text) > most_links:
        allowed = f"リンクは{most_links}つまでです。" if most_links else "ここには、リンクを書けません。"
        raise Refusal(allowed, field="text", code="links")
    digest = hashlib.sha256(f"{by.ref}\0{search_key(text)}".encode()).hexdigest()
    key = f"moderation:text:{digest}"
    cache.add(key, 0, DAY)
    if cache.incr(key) > most_repeats:
        raise Refusal(
            "同じ文章を、続けて送ることはできません。一日おいてから送ってください。",
            field="text",
            code="repeat",
        )


def holds_posts_of(community: Community, user_id: UUID, released_count: int) -> bool:
    """Whether a text of this person waits for an organiser: the community asks for it, and nothing of theirs stands yet.

    `released_count`: their texts in this community that were released. Organisers' own are never held. Two queries.
    """
    if released_count or not PostingRule.objects.filter(community=community, holds_first=True).exists():
        return False
    rows = Membership.objects.filter(community=community, user=user_id, state=MembershipState.ACTIVE)
    return not rows.filter(role=MembershipRole.ORGANISER).exists()
