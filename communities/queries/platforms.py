"""Reads of platforms コミプラ. They are public; what else happens with them is decided by whoever asks."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery

from portal.accounts.scope import Scope
from portal.areas.models import SchoolDistrict

from ..models import Platform, PlatformStage

PLATFORM_HOME = "460001"  # 鹿児島県: コミプラ are its programme (令和6年度「コミュニティ・プラットフォーム」)


def platforms_visible_to(scope: Scope) -> QuerySet[Platform]:
    """All of them, for everybody: the stage of a コミプラ is published by the municipality."""
    return Platform.objects.select_related("area__parent")


def platforms_of(area_codes: Iterable[str]) -> QuerySet[Platform]:
    """Those of some municipalities or wards, newest first."""
    return (
        Platform.objects.filter(area__in=list(area_codes))
        .select_related("area")
        .order_by("-created_at", "-id")
    )


def platforms_with_districts(rows: QuerySet[Platform]) -> QuerySet[Platform]:
    """Annotate `district_names`, and when the stage began and was confirmed (`since_on`, `confirmed_at`)."""
    names = SchoolDistrict.objects.filter(platforms=OuterRef("pk")).order_by("kana", "name").values("name")
    newest = PlatformStage.objects.filter(platform=OuterRef("pk")).order_by("-since_on", "-created_at")
    return rows.annotate(
        district_names=ArraySubquery(names),
        since_on=Subquery(newest.values("since_on")[:1]),
        confirmed_at=Subquery(newest.values("confirmed_at")[:1]),
    )


def stages_of(platform: Platform) -> QuerySet[PlatformStage]:
    """The history of its stage, newest first."""
    return platform.stages.select_related("platform").order_by("-since_on", "-created_at")
