"""Reads of posts and their photos. Names of authors are shown only where the community's page would name them too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from portal.accounts.enums import AgeGroup
from portal.accounts.scope import Scope
from portal.kernel.ui.photos import Sized, sized

from .. import moderation
from ..enums import PUBLIC_COMMUNITY, ActivityState, MembershipState, PostState
from ..models import Activity, Community, Membership, Photo, Post
from ..rules import READERS

PICTURE = {
    "pk": "id", "alt": "alt", "width": "file__width", "height": "file__height", "widths": "file__widths",
}  # fmt: skip


def posts_visible_to(scope: Scope) -> QuerySet[Post]:
    """Published ones for all; one's own; every one of the communities one organises and of the staff's areas."""
    seen = Q(state=PostState.PUBLISHED, community__state__in=PUBLIC_COMMUNITY)
    seen &= ~Q(moderation.is_hidden_here(Post))
    if scope.user_id:
        seen |= Q(author=scope.user_id)
    if own := scope.standing("organiser"):
        seen |= Q(community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(area__in=areas)
    return Post.objects.filter(seen)


def photos_visible_to(scope: Scope) -> QuerySet[Photo]:
    """Photos of what one sees; a hidden one is left to the organisers and the staff of the area."""
    shown = Q(activity__state=ActivityState.PUBLISHED, activity__community__state__in=PUBLIC_COMMUNITY)
    shown &= ~moderation.is_hidden_here(Activity, "activity")
    if own := scope.standing("organiser"):
        shown |= Q(activity__community__in=own)
    if areas := scope.areas(*READERS):
        shown |= Q(activity__community__area__in=areas)
    seen = Q(post__in=posts_visible_to(scope).values("pk")) | shown
    return Photo.objects.filter(seen, ~moderation.is_hidden_here(Photo) | _theirs(scope))


def _theirs(scope: Scope) -> Q:
    """What stands in the communities that this person organises or watches over."""
    found = Q(pk__in=[])
    for owner in ("post", "activity"):
        found |= Q(**{f"{owner}__community__in": scope.standing("organiser")})
        found |= Q(**{f"{owner}__community__area__in": scope.areas(*READERS)})
    return found


def photos_shown(owner: Post | Activity, *, keeps_hidden: bool = False) -> list[Photo]:
    """The photos of a page in their order, without hidden ones. One query.

    `keeps_hidden`: for those who write there, hidden ones too, with `is_hidden`.
    """
    rows = owner.photos.select_related("file").annotate(is_hidden=moderation.is_hidden_here(Photo))
    return list(rows if keeps_hidden else rows.filter(is_hidden=False))


def with_author_name(rows: QuerySet[Post]) -> QuerySet[Post]:
    """Annotate `author_name`: of adults who take part and agreed to be named, else empty."""
    named = Membership.objects.filter(
        community=OuterRef("community"), user=OuterRef("author"), state=MembershipState.ACTIVE, show_name=True,
        user__is_active=True, user__age_group=AgeGroup.ADULT,
    )  # fmt: skip
    name = Case(When(Exists(named), then=F("author__name")), default=Value(""), output_field=CharField())
    return rows.annotate(author_name=name)


def posts_of(community: Community, scope: Scope) -> QuerySet[Post]:
    """What this person sees of a community's posts, newest first, with photos and authors that may be named."""
    rows = posts_visible_to(scope).filter(community=community).select_related("community__area")
    return (
        with_author_name(rows)
        .annotate(pictures=ArraySubquery(_pictures("post")))
        .order_by("-created_at", "-id")
    )


def newest_posts(rows: QuerySet[Post], limit: int) -> QuerySet[Post, Any]:
    """The newest published posts of `rows` as JSON, for ArraySubquery: one more column instead of one more query."""
    out = rows.filter(state=PostState.PUBLISHED, community__state__in=PUBLIC_COMMUNITY)
    shown = moderation.shown(out)
    return (
        shown.order_by("-published_at", "-id")
        .annotate(pictures=ArraySubquery(_pictures("post")[:1]))
        .values(
            json=JSONObject(
                pk="id", title="title", body="body", at="published_at", slug="community__slug",
                community="community__name", ward="area__slug", area="area__name", pictures="pictures",
            )
        )[:limit]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostRow:
    """A published post as lists show it. `photo` is empty where it has no picture."""

    title: str
    body: str
    url: str
    published_at: datetime
    community: str
    area: str
    ward: str
    photo: Sized | str = ""


def newest_post_rows(rows: Iterable[dict[str, Any]]) -> list[PostRow]:
    """The rows that `newest_posts` made, newest first."""
    made = [_row(row) for row in rows]
    return sorted(made, key=lambda row: row.published_at, reverse=True)


def _row(row: dict[str, Any]) -> PostRow:
    picture = row["pictures"][0] if row["pictures"] else {}
    at = parse_datetime(row["at"])
    if at is None:
        raise ValueError(f"no moment: {row['at']}")
    return PostRow(
        title=row["title"],
        body=row["body"],
        url=reverse("communities:post_detail", args=[row["slug"], row["pk"]]),
        published_at=at,
        community=row["community"],
        area=row["area"],
        ward=row["ward"],
        photo=sized(picture, reverse("communities:photo_file", args=[row["slug"], picture["pk"]]))
        if picture
        else "",
    )


def _pictures(owner: str) -> QuerySet[Photo, Any]:
    photos = moderation.shown(Photo.objects.filter(**{owner: OuterRef("pk")})).order_by("created_at", "id")
    return photos.values(json=JSONObject(**PICTURE))
