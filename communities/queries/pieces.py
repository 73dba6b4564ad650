"""The small pieces of a community's page, all in one query: what would else be a query each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from ..models import Activity, Community, Post
from .activities import YearTotal, total_rows, year_rows
from .posts import PostRow, newest_post_rows, newest_posts

POSTS, ACTIVITIES, YEARS = 3, 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """A record of activity as the page of its community lists it."""

    title: str
    url: str
    held_on: date
    place: str
    people: int | None
    visits: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What a community's page shows beside its members, initiatives and events."""

    posts: list[PostRow]
    activities: list[ActivityRow]
    years: list[YearTotal]


def pieces_of(community: Community) -> Pieces:
    """Newest posts, latest activity and its yearly totals. One query."""
    posts = Post.objects.filter(community=OuterRef("pk"))
    records = Activity.objects.filter(community=OuterRef("pk"))
    found = (
        Community.objects.filter(pk=community.pk)
        .annotate(
            post_rows=ArraySubquery(newest_posts(posts, POSTS)),
            activity_rows=ArraySubquery(_latest(records)),
            year_rows=ArraySubquery(year_rows(records)[:YEARS]),
        )
        .values("post_rows", "activity_rows", "year_rows")
        .get()
    )
    return Pieces(
        posts=newest_post_rows(found["post_rows"]),
        activities=[_activity(row, community.slug) for row in found["activity_rows"]],
        years=total_rows(found["year_rows"]),
    )


def _latest(records: Any) -> Any:
    shown = records.filter(state="published").order_by("-held_on", "-id")
    return shown.values(
        json=JSONObject(
            pk="id", title="title", held_on="held_on", place="place", people="people_count", visits="visits_count"
        )
    )[:ACTIVITIES]  # fmt: skip


def _activity(row: dict[str, Any], slug: str) -> ActivityRow:
    return ActivityRow(
        title=row["title"],
        url=reverse("communities:activity_detail", args=[slug, row["pk"]]),
        held_on=date.fromisoformat(row["held_on"]),
        place=row["place"],
        people=row["people"],
        visits=row["visits"],
    )
