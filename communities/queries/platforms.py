"""Reads of platforms コミプラ. They are public; what else happens with them is decided by whoever asks."""

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.accounts.scope import Scope

from ..models import Platform


def platforms_visible_to(scope: Scope) -> QuerySet[Platform]:
    """All of them, for everybody: the stage of a コミプラ is published by the municipality."""
    return Platform.objects.select_related("area")


def platforms_of(area_codes: Iterable[str]) -> QuerySet[Platform]:
    """Those of some municipalities or wards, newest first."""
    return (
        Platform.objects.filter(area__in=list(area_codes))
        .select_related("area")
        .order_by("-created_at", "-id")
    )
