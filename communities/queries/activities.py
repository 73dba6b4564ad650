"""Reads of 活動記録 and their yearly totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.expressions import Case, When
from django.db.models.functions import Coalesce, ExtractYear, JSONObject

from portal.accounts.scope import Scope

from .. import moderation
from ..enums import PUBLIC_COMMUNITY, ActivityState
from ..models import Activity, Community, Event, Initiative, Photo
from ..rules import READERS


def activities_visible_to(scope: Scope) -> QuerySet[Activity]:
    """Public ones for all; withdrawn ones for the organisers and the staff of the area."""
    seen = Q(state=ActivityState.PUBLISHED, community__state__in=PUBLIC_COMMUNITY)
    seen &= ~moderation.is_hidden_here(Activity)
    if own := scope.standing("organiser"):
        seen |= Q(community__in=own)
    if areas := scope.areas(*READERS):
        seen |= Q(community__area__in=areas)
    return Activity.objects.filter(seen)


def with_ties_hidden(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Annotate `event_hidden` and `initiative_hidden`: what moderation took away is not named by what led to it."""
    return rows.annotate(
        event_hidden=moderation.is_hidden_here(Event, "event"),
        initiative_hidden=moderation.is_hidden_here(Initiative, "initiative"),
    )


def activities_of(community: Community, scope: Scope) -> QuerySet[Activity]:
    """What this person sees of a community's records, latest day first, with their photos as `pictures`."""
    photos = moderation.shown(Photo.objects.filter(activity=OuterRef("pk"))).order_by("created_at", "id")
    pictures = ArraySubquery(photos.values(json=JSONObject(pk="id", alt="alt", caption="caption")))
    rows = activities_visible_to(scope).filter(community=community).select_related("community")
    return rows.annotate(pictures=pictures).order_by("-held_on", "-id")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotal:
    """One fiscal year of a community's own figures. `unknown`: records without a number of people."""

    year: int
    times: int
    people: int
    visits: int
    unknown: int


def with_year_totals(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Annotate `year_rows`, for `total_rows`: the totals of every fiscal year, newest first."""
    return rows.annotate(
        year_rows=ArraySubquery(year_rows(Activity.objects.filter(community=OuterRef("pk"))))
    )


def year_rows(rows: QuerySet[Activity]) -> QuerySet[Activity, Any]:
    """`totals_by_year` as JSON, for ArraySubquery."""
    columns = ("year", "times", "people", "visits", "unknown")
    return totals_by_year(rows).values(json=JSONObject(**{name: name for name in columns}))


def totals_by_year(rows: QuerySet[Activity]) -> QuerySet[Activity, Any]:
    """Totals of the published records of `rows` by 年度. 延べ falls back to 実人数 where only that is known."""
    early = Case(When(held_on__month__lt=4, then=Value(1)), default=Value(0))
    year = ExpressionWrapper(ExtractYear("held_on") - early, output_field=IntegerField())
    visits = Coalesce(F("visits_count"), F("people_count"), Value(0))
    return (
        rows.filter(state=ActivityState.PUBLISHED)
        .order_by()
        .annotate(year=year)
        .values("year")
        .annotate(
            times=Count("pk"),
            people=Coalesce(Sum("people_count"), 0),
            visits=Coalesce(Sum(visits), 0),
            unknown=Count("pk", filter=Q(people_count__isnull=True, visits_count__isnull=True)),
        )
        .order_by("-year")
    )


def total_rows(rows: Iterable[Mapping[str, Any]]) -> list[YearTotal]:
    """What `totals_by_year` gave, as rows for the page."""
    return [
        YearTotal(**{name: row[name] for name in ("year", "times", "people", "visits", "unknown")})
        for row in rows
    ]
