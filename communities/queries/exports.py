"""Reads of exports: what somebody took out is theirs alone."""

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.export_models import Export


def exports_visible_to(scope: Scope) -> QuerySet[Export]:
    """One's own; nobody fetches what another asked for."""
    if scope.user_id is None:
        return Export.objects.none()
    return Export.objects.filter(owner_ref=f"user:{scope.user_id}")
