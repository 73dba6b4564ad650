"""Reads of reports and hidings: by the staff of the area; one's own hidings by their authors (views ask that)."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.accounts.scope import Scope

from ..models import Hiding, Report
from ..rules import READERS


def reports_visible_to(scope: Scope) -> QuerySet[Report]:
    """Those of the areas in which one works. Nobody sees who sent a report but these."""
    return Report.objects.filter(area__in=scope.areas(*READERS))


def hidings_visible_to(scope: Scope) -> QuerySet[Hiding]:
    """Those of the areas in which one works."""
    return Hiding.objects.filter(area__in=scope.areas(*READERS))


def reports_listed(scope: Scope) -> QuerySet[Report]:
    """For the queue: with `same_count`, how many open reports there are about the same thing."""
    same = Report.objects.filter(
        object_type=OuterRef("object_type"), object_id=OuterRef("object_id"), state=OuterRef("state")
    ).order_by()
    counted = same.values("object_id").annotate(count=Count("pk")).values("count")
    return (
        reports_visible_to(scope)
        .select_related("area", "user")
        .annotate(same_count=Coalesce(Subquery(counted), 1))
    )
