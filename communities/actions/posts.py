"""Posts: write, publish or ask for a look first, take back.

p = write_post(by=member, community=c, title="朝市をひらきました", body="…", publish=True)
"""

from typing import Any

from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import indexing, moderation, workflow
from ..enums import PostState
from ..mails import writing as mails_writing
from ..models import Community, Post
from ..saving import change, insert, locked, user_of
from .photos import NewPhoto, add_photo


@transaction.atomic
def write_post(
    *,
    by: Actor,
    community: Community,
    title: str,
    body: str,
    photo: NewPhoto | None = None,
    publish: bool = False,
) -> Post:
    """Write a post as a draft; `publish` shows it, or lets organisers look first where this author is new.

    Raises PermissionDenied for strangers and for communities that are not out.
    """
    community.refresh_from_db(fields=["state"])
    permissions.require(by, "communities.write_post", community)
    moderation.check_text(by=by, text=f"{title}\n{body}")
    post = insert(
        Post(community=community, area_id=community.area_id, author=user_of(by), title=title, body=body)
    )
    audit.record("communities.post.written", by=by, target=post, data={"community": community.pk})
    if photo:
        add_photo(by=by, owner=post, photo=photo)
    return publish_post(by=by, post=post) if publish else post


@transaction.atomic
def edit_post(*, by: Actor, post: Post, **fields: Any) -> Post:
    """Change title and text. A withdrawn post is reopened first."""
    if unknown := set(fields) - {"title", "body"}:
        raise TypeError(f"not fields of a post: {sorted(unknown)}")
    locked(post)
    permissions.require(by, "communities.edit_post", post)
    if post.state == PostState.WITHDRAWN:
        raise Refusal("取り下げた投稿は、下書きにもどしてから直してください。", code="moved")
    changed = change(post, fields)
    if changed:
        moderation.check_text(by=by, text=f"{post.title}\n{post.body}")
        audit.record("communities.post.edited", by=by, target=post, data={"fields": changed})
        indexing.put_post(post)
    return post


@transaction.atomic
def publish_post(*, by: Actor, post: Post) -> Post:
    """Show a draft to everybody; where its author is new and the community wants it so, ask the organisers instead."""
    permissions.require(by, "communities.edit_post", post)
    if permissions.check(by, "communities.publish_post", post):
        return move_post(by=by, post=post, step="publish")
    return move_post(by=by, post=post, step="hold")


@transaction.atomic
def move_post(*, by: Actor, post: Post, step: str, note: str = "") -> Post:
    """Any step of its table. Whoever waits for it is told by mail. Raises Refusal, PermissionDenied."""
    workflow.POST.apply(post, step, by=by, note=note)
    indexing.put_post(post)
    mails_writing.post_moved(post, step, note, by)
    return post


def step_post(*, by: Actor, post: Post, step: str, note: str = "") -> Post:
    """The buttons of a post: 「公開する」 goes through `publish_post`, the others as they stand in the table."""
    if step == "publish":
        return publish_post(by=by, post=post)
    return move_post(by=by, post=post, step=step, note=note)
