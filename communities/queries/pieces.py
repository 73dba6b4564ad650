"""The small pieces of a community's page, all in one query: what would else be a query each."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from portal.kernel.models import TransitionNote
from portal.kernel.prepared import prepared

from .. import moderation
from ..models import Activity, CityRole, Community, CommunityFacts, Post, WorkingGroup
from ..models.facts import AGE_BANDS, CityPart
from .activities import YearTotal, total_rows, year_rows
from .groups import group_rows
from .posts import PostRow, newest_post_rows, newest_posts

POSTS, ACTIVITIES, YEARS, GROUPS = 3, 4, 3, 12


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
class Facts:
    """What a community says about itself. `ages`: (band, people), empty where it has not said."""

    has_charter: bool
    charter_on: date | None
    links: list[str]
    ages: list[tuple[str, int]]
    under_35: int | None
    counted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRoleRow:
    """The part the city takes now."""

    label: str
    since_on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What a community's page shows beside its members, initiatives and events."""

    posts: list[PostRow]
    activities: list[ActivityRow]
    years: list[YearTotal]
    facts: Facts | None
    city_role: CityRoleRow | None
    last_note: str
    groups: list[dict[str, Any]]


def pieces_of(community: Community) -> Pieces:
    """Newest posts, latest activity and its yearly totals. One query."""
    [found] = _pieces(community=community.pk, target=str(community.pk))
    return Pieces(
        posts=newest_post_rows(found["post_rows"]),
        activities=[_activity(row, community.slug) for row in found["activity_rows"]],
        years=total_rows(found["year_rows"]),
        facts=_fact(found["fact_rows"]),
        city_role=_role(found["role_rows"]),
        groups=found["circles"],
        last_note=next(iter(found["note_rows"]), ""),
    )


@prepared
def _pieces(community: UUID, target: str) -> Any:
    posts = Post.objects.filter(community=OuterRef("pk"))
    records = moderation.shown(Activity.objects.filter(community=OuterRef("pk")))
    return (
        Community.objects.filter(pk=community)
        .annotate(
            post_rows=ArraySubquery(newest_posts(posts, POSTS)),
            activity_rows=ArraySubquery(_latest(records)),
            year_rows=ArraySubquery(year_rows(records)[:YEARS]),
            fact_rows=ArraySubquery(_facts()),
            role_rows=ArraySubquery(_roles()),
            note_rows=ArraySubquery(_notes(target)),
            circles=ArraySubquery(group_rows(WorkingGroup.objects.filter(community=OuterRef("pk")), GROUPS)),
        )
        .values("post_rows", "activity_rows", "year_rows", "fact_rows", "role_rows", "note_rows", "circles")
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


def _facts() -> Any:
    return CommunityFacts.objects.filter(community=OuterRef("pk")).values(
        json=JSONObject(
            charter="charter", charter_on="charter_on", links="links", ages="age_counts", under_35="under_35",
            counted_on="counted_on",
        )
    )  # fmt: skip


def _fact(rows: list[dict[str, Any]]) -> Facts | None:
    if not rows:
        return None
    row = rows[0]
    return Facts(
        has_charter=row["charter"] is not None,
        charter_on=_day(row["charter_on"]),
        links=row["links"],
        ages=list(zip(AGE_BANDS, row["ages"], strict=False)),
        under_35=row["under_35"],
        counted_on=_day(row["counted_on"]),
    )


def _roles() -> Any:
    rows = CityRole.objects.filter(community=OuterRef("pk")).order_by("-since_on", "-created_at")
    return rows.values(json=JSONObject(role="role", since_on="since_on", note="note"))[:1]


def _role(rows: list[dict[str, Any]]) -> CityRoleRow | None:
    if not rows:
        return None
    row = rows[0]
    label = str(CityPart(row["role"]).label)
    return CityRoleRow(label=label, since_on=date.fromisoformat(row["since_on"]), note=row["note"])


def _notes(target: str) -> Any:
    """What was said when it went to rest or dissolved; the newest."""
    rows = TransitionNote.objects.filter(
        target_type="communities.community", target_id=target, transition__in=("rest", "dissolve")
    )
    return rows.order_by("-created_at").values("text")[:1]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
