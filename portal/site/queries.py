"""Reads of the entrance: home and ward pages. What is counted for show is counted up to a cap, so size does not matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet

from communities import queries as communities
from communities.enums import PUBLIC_EVENT, CollaborationState, CommunityState, Stage
from communities.models import Collaboration, Community, Event, Initiative, Post, WorkingGroup
from communities.models.events import LONGEST
from communities.queries.events import upcoming_at
from communities.queries.groups import group_rows
from communities.queries.posts import PostRow
from portal.areas.models import Area, Authority
from portal.kernel import clock
from portal.kernel.fiscal import fiscal_year
from portal.kernel.prepared import prepared

CAP = 1000
NEWEST = 3  # posts on the home page and on a ward's
GROWING = 24  # initiatives on a ward's page: those that moved last, as many as a phone can take in
STAGES = (
    (Stage.IDEA, "思いつきの一行からで大丈夫です。"),
    (Stage.CONSIDERING, "いま検討している取組はありません。"),
    (Stage.PREPARING, "いま準備している取組はありません。"),
    (Stage.RUNNING, "いま実施している取組はありません。"),
    (Stage.INDEPENDENT, "ここまで来た取組は、まだありません。最初のひとつを待っています。"),
)
MOVING = (Stage.CONSIDERING, Stage.PREPARING, Stage.RUNNING, Stage.INDEPENDENT)


class Capped(Func):
    """How many rows a correlated query has, counted up to CAP + 1: a full count of 100,000 rows is never needed."""

    function = "cardinality"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any, Any], **extra: Any) -> None:
        super().__init__(ArraySubquery(rows.order_by().values("pk")[: CAP + 1]), **extra)


def capped_label(count: int) -> str:
    """「12」, or 「1,000以上」 beyond the cap."""
    return f"{count:,}" if count <= CAP else f"{CAP:,}以上"


def published_in(area: str) -> QuerySet[Community]:
    """The published communities of the outer query's column `area`, for counting inside it."""
    return Community.objects.filter(area=OuterRef(area), state=CommunityState.PUBLISHED)


def newest_posts_in(area: str, limit: int) -> ArraySubquery:
    """The newest posts of the outer query's column `area`, as one more column of it."""
    return ArraySubquery(communities.newest_posts(Post.objects.filter(area=OuterRef(area)), limit))


def wards_with_counts(authority: Authority) -> list[Area]:
    """The wards of a city with `community_count` (capped), in the order of their codes, each with its newest posts and
    those of the city itself for `newest_posts`. One query."""
    wards = Area.wards_of(authority.area_id).annotate(
        community_count=Capped(published_in("pk")),
        post_rows=newest_posts_in("pk", NEWEST),
        city_post_rows=newest_posts_in("parent", NEWEST),
    )
    return list(wards.order_by("code"))


def newest_posts(wards: Sequence[Area]) -> list[PostRow]:
    """The newest posts of all wards and of their city. No query."""
    rows = [row for ward in wards for row in ward.post_rows]  # type: ignore[attr-defined]
    rows += wards[0].city_post_rows if wards else []  # type: ignore[attr-defined]
    return communities.newest_post_rows(rows)[:NEWEST]


def latest_communities(area_codes: Sequence[str], limit: int) -> list[Community]:
    """The communities that came in last. One query."""
    return list(
        communities.published_communities(area_codes)
        .select_related("area")
        .order_by("-published_at", "-id")[:limit]
    )


NEXT_WITH = ("seats", "area", "host_community", "host_platform", "host_authority")


def next_events(area_codes: Sequence[str], now: datetime, limit: int) -> list[Event]:
    """What comes next, with seats and host. One query."""
    return list(
        communities.upcoming_events(area_codes, now)
        .select_related(*NEXT_WITH)
        .order_by("starts_at", "id")[:limit]
    )


def moving_initiatives(area_codes: Sequence[str], limit: int) -> list[Initiative]:
    """The initiatives that moved last, from 検討 to 自立. One query."""
    return list(
        communities.initiatives_of(area_codes)
        .filter(stage__in=MOVING)
        .exclude(stage=Stage.ENDED)  # said twice: the index of what goes on is partial
        .select_related("community__area")
        .order_by(F("stage_changed_at").desc(nulls_last=True), "-created_at", "-id")[:limit]
    )


@dataclass(frozen=True, slots=True)
class WardPage:
    """What a ward's page shows beside the ward itself."""

    communities: list[Community]
    initiatives: list[Initiative]
    events: list[Event]

    @property
    def is_cut(self) -> bool:
        """Whether there may be more initiatives than the page shows."""
        return len(self.initiatives) == GROWING

    @property
    def stages(self) -> list[tuple[str, list[tuple[str, str]], str]]:
        """The way of the initiatives: (stage, [(title, address)], words when there is none)."""
        return [
            (
                stage.label,
                [(i.title, i.get_absolute_url()) for i in self.initiatives if i.stage == stage],
                nothing,
            )
            for stage, nothing in STAGES
        ]


def ward_with_facts(slug: str, today: date) -> Area | None:
    """The ward with its profile and four capped counts: communities, moving initiatives, this month's meetings, 協働数.

    One query. The 協働数 are the counted collaborations of the current year (年度) in which the ward takes part.
    """
    first = today.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    rows = _ward_with_facts(
        slug=slug, first=clock.at_jst(first), after=clock.at_jst(after), year=fiscal_year(today)
    )
    return next(iter(rows), None)


@prepared
def _ward_with_facts(slug: str, first: datetime, after: datetime, year: int) -> QuerySet[Area]:
    moving = Initiative.objects.filter(
        area=OuterRef("pk"),
        community__state=CommunityState.PUBLISHED,
        community__area=OuterRef("pk"),  # said twice: the communities of one ward, not of all
        stage__in=MOVING,
    )
    meetings = Event.objects.filter(
        area=OuterRef("pk"),
        state__in=PUBLIC_EVENT,
        cancelled_at__isnull=True,
        starts_at__gte=first,
        starts_at__lt=after,
    )
    counted = Collaboration.objects.filter(
        areas=OuterRef("pk"),
        state=CollaborationState.COUNTED,
        fiscal_year=year,
    )
    return (
        Area.objects.wards()
        .filter(slug=slug)
        .exclude(slug="")
        .select_related("profile", "parent")
        .annotate(
            community_count=Capped(published_in("pk")),
            initiative_count=Capped(moving),
            meeting_count=Capped(meetings),
            collaboration_count=Capped(counted),
            post_rows=newest_posts_in("pk", NEWEST),
            circles=ArraySubquery(group_rows(WorkingGroup.objects.filter(area=OuterRef("pk")), 12)),
        )
        .order_by("code")[:1]
    )


def ward_page(ward: Area, now: datetime) -> WardPage:
    """The newest communities, the public initiatives that moved last, the next meetings. Three queries."""
    events = _next_in(area=ward.pk, now=now, since=now - LONGEST)
    return WardPage(list(_newest_of(area=ward.pk)), list(_growing_in(area=ward.pk)), list(events))


@prepared
def _newest_of(area: str) -> QuerySet[Community]:
    return communities.published_communities([area])[:6]


@prepared
def _next_in(area: str, now: datetime, since: datetime) -> QuerySet[Event]:
    return upcoming_at(now, since).filter(area=area).select_related(*NEXT_WITH)[:8]


@prepared
def _growing_in(area: str) -> QuerySet[Initiative]:
    return (
        communities.initiatives_of([area])
        .exclude(stage=Stage.ENDED)
        .order_by(F("stage_changed_at").desc(nulls_last=True), "-created_at", "-id")[:GROWING]
    )
