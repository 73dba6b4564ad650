"""Reads of imports. `imports_visible_to(scope)` is the only door to seeing them."""

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.import_models import Import, ImportRow, Verdict

from ..rules import WARD_STAFF


def imports_visible_to(scope: Scope) -> QuerySet[Import]:
    """Those for the areas in which one works as an officer, whoever sent them."""
    return Import.objects.filter(place__in=scope.areas(*WARD_STAFF))


def import_place(scope: Scope) -> str:
    """The area a new import is for: that of the longest-held post as an officer, empty without one."""
    return next((post.area_code or "" for post in scope.posts if post.role in WARD_STAFF), "")


def import_rows(imported: Import, verdict: str = "") -> QuerySet[ImportRow]:
    """The rows as they were read, of one verdict or all."""
    rows = ImportRow.objects.filter(imported=imported)
    return rows.filter(verdict=verdict) if verdict in Verdict.values else rows
