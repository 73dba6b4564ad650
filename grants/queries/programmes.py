"""Reads of the programmes: what the public sees, and one with everything that it says."""

from django.db.models import QuerySet

from ..enums import ProgrammeState
from ..models import Programme


def programmes() -> QuerySet[Programme]:
    """The programmes that the public sees, with their menus, newest year first."""
    return (
        Programme.objects.exclude(state=ProgrammeState.DRAFT)
        .select_related("authority")
        .prefetch_related("menus")
        .order_by("-fiscal_year", "slug")
    )


def for_guide() -> QuerySet[Programme]:
    """Those that are open, each menu with its types and calls: 3 queries more."""
    return (
        programmes()
        .filter(state=ProgrammeState.PUBLISHED)
        .prefetch_related("menus__project_types", "menus__calls", "menus__programme")
    )


def whole(found: QuerySet[Programme], *, with_source: bool = False) -> QuerySet[Programme]:
    """With everything a sheet says: 4 further queries, and as many for the year it was copied from when that is asked."""
    parts = (
        "budget_lines",
        "menus__project_types",
        "menus__calls",
        "menus__examining_section",
        "menus__drafting_section",
    )
    source = tuple(f"copied_from__{part}" for part in parts) if with_source else ()
    return found.prefetch_related(*parts, *source)
