"""What organisers and authors are told about posts."""

from typing import Any

from portal.kernel import outbox
from portal.kernel.actors import Actor
from portal.kernel.addresses import whole

from ..enums import MembershipRole, MembershipState
from ..models import Post
from ..saving import user_of

TO_AUTHOR = {"release": "post_released", "give_back": "post_given_back", "take_down": "post_taken_down"}


def post_moved(post: Post, step: str, note: str, by: Actor) -> None:
    """A post that waits is told to every organiser; what became of it to its author, unless they did it themselves."""
    if step == "hold":
        _to_organisers(post)
    elif (
        step in TO_AUTHOR and post.author is not None and post.author != user_of(by) and post.author.is_active
    ):
        _queue(
            TO_AUTHOR[step], post, post.author.email, f"{step}:{post.held_at or post.published_at}", note=note
        )


def _to_organisers(post: Post) -> None:
    rows = post.community.memberships.filter(role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE)
    for organiser in rows.select_related("user"):
        _queue("post_held", post, organiser.user.email, f"{organiser.pk}:{post.held_at}")


def _queue(name: str, post: Post, to: str, once: str, **more: Any) -> None:
    outbox.queue(
        f"communities/mail/{name}",
        to=to,
        about=post,
        key=f"{name}:{post.pk}:{once}",
        context={
            "post": post,
            "community": post.community,
            "url": whole(post.get_absolute_url()),
            **more,
        },
    )
