"""Communities that may be the same as one: by name or reading, in the same municipality."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from portal.areas.models import Area

from ..enums import CommunityState
from ..models import Community

ALIKE = 0.35
SHOWN = 5


def similar_communities(area: Area, name: str, kana: str) -> QuerySet[Community]:
    """The likest five, of the whole city or town, discarded ones aside. One query."""
    home = area.municipality
    near = Q(area=home.pk) | Q(area__parent=home.pk)
    rows = Community.objects.filter(near).exclude(state=CommunityState.DISCARDED).select_related("area")
    rows = rows.annotate(alike=Greatest(TrigramSimilarity("name", name), TrigramSimilarity("kana", kana)))
    return rows.filter(alike__gte=ALIKE).order_by(F("alike").desc(), "pk")[:SHOWN]
