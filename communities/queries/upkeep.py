"""Which communities need a look: nobody in charge, or no sign of life for a long time."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.kernel import clock

from ..enums import CommunityState, MembershipRole, MembershipState
from ..models import Community, Event, Initiative, Membership

ASLEEP_DAYS = 90  # without any sign of life; the ward asks then how things are


def communities_without_organiser(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Published ones of `rows` without an active organiser."""
    organisers = Membership.objects.filter(
        community=OuterRef("pk"), role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    )
    return rows.filter(~Exists(organisers), state=CommunityState.PUBLISHED)


def communities_asleep(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Published ones of `rows` in which nothing has moved for 90 days: no event, no member, no initiative, no change of state."""
    since = clock.now() - timedelta(days=ASLEEP_DAYS)
    own = OuterRef("pk")
    moves = (
        Event.objects.filter(Q(created_at__gte=since) | Q(ends_at__gte=since), host_community=own),
        Membership.objects.filter(
            Q(created_at__gte=since) | Q(answered_at__gte=since) | Q(left_at__gte=since), community=own
        ),
        Initiative.objects.filter(Q(created_at__gte=since) | Q(stage_changed_at__gte=since), community=own),
    )
    for move in moves:
        rows = rows.filter(~Exists(move))
    return rows.filter(state=CommunityState.PUBLISHED, published_at__lt=since)
