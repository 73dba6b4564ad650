"""Who may write posts and records of activity of a community."""

from typing import Any
from uuid import UUID

import rules

from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor, UserActor

from .. import moderation
from ..enums import PUBLIC_COMMUNITY, CommunityState
from ..models import Community, Post
from . import community_ids, community_lives, is_organiser, is_ward_staff


@rules.predicate
def is_member(actor: Actor, obj: Any) -> bool:
    return isinstance(actor, UserActor) and bool(community_ids(obj) & Scope.of(actor).standing("member"))


@rules.predicate
def is_author(actor: Actor, post: Post) -> bool:
    return isinstance(actor, UserActor) and post.author_id is not None and post.author_id == actor.user_id


@rules.predicate
def is_out(actor: Actor, obj: Any) -> bool:
    """Its community has been published and was not discarded; a dissolved one is only read."""
    community = obj if isinstance(obj, Community) else obj.community
    return community.state in PUBLIC_COMMUNITY and community.state != CommunityState.DISSOLVED


@rules.predicate
def needs_no_second_look(actor: Actor, post: Post) -> bool:
    """Its community lets everybody publish, or this author has been let through before."""
    return not first_post_waits(post.community, post.author_id)


def first_post_waits(community: Community, user_id: UUID | None) -> bool:
    """Whether a post of this person is looked at by an organiser first."""
    if user_id is None:
        return False
    released = Post.objects.filter(community=community, author=user_id, published_at__isnull=False).count()
    return moderation.holds_posts_of(community, user_id, released)


_keeps = is_ward_staff | is_organiser
_own = is_author & is_member

_define = permissions.define
_define(
    "communities.write_post",
    (_keeps | is_member) & is_out,
    reason="投稿できるのは、参加している人と地域の担当者だけです。公開したコミュニティに書けます。",
)
_define(
    "communities.edit_post",
    (_keeps | _own) & is_out,
    reason="直せるのは、書いた人と世話人、地域の担当者だけです。",
)
_define(
    "communities.publish_post",
    (_keeps | (_own & needs_no_second_look)) & is_out,
    reason="はじめての投稿は、世話人が確かめてから公開します。",
)
_define(
    "communities.release_post",
    _keeps,
    reason="投稿を確かめて公開できるのは、世話人と地域の担当者だけです。",
)
_define("communities.own_post", is_author, reason="書いた人だけができます。")
_define(
    "communities.log_activity",
    _keeps & community_lives & is_out,
    reason="活動を記録できるのは、世話人と地域の担当者だけです。",
)
