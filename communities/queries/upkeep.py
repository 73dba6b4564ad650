"""Which communities need a look: nobody in charge, or no sign of life for a long time."""

from datetime import timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.accounts.scope import Scope
from portal.kernel import clock, ports

from ..enums import CommunityState, MembershipRole, MembershipState
from ..models import Activity, Community, Event, Initiative, Membership, Post
from ..rules import READERS

ASLEEP_DAYS = 90  # without any sign of life; the ward asks then how things are


def communities_without_organiser(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Published ones of `rows` without an active organiser."""
    organisers = Membership.objects.filter(
        community=OuterRef("pk"), role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    )
    return rows.filter(~Exists(organisers), state=CommunityState.PUBLISHED)


def communities_unaccompanied(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Published ones of `rows` that nobody accompanies, as far as a floor that knows says so (`ports.accompanied`)."""
    for accompanied in ports.accompanied:
        rows = rows.exclude(pk__in=accompanied())
    return rows.filter(state=CommunityState.PUBLISHED)


def communities_asleep(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Published ones of `rows` in which nothing has moved for 90 days: no event, post, activity, member or initiative."""
    since = clock.now() - timedelta(days=ASLEEP_DAYS)
    own = OuterRef("pk")
    moves = (
        Event.objects.filter(Q(created_at__gte=since) | Q(ends_at__gte=since), host_community=own),
        Membership.objects.filter(
            Q(created_at__gte=since) | Q(answered_at__gte=since) | Q(left_at__gte=since), community=own
        ),
        Post.objects.filter(created_at__gte=since, community=own),
        Activity.objects.filter(created_at__gte=since, community=own),
        Initiative.objects.filter(Q(created_at__gte=since) | Q(stage_changed_at__gte=since), community=own),
    )
    for move in moves:
        rows = rows.filter(~Exists(move))
    return rows.filter(state=CommunityState.PUBLISHED, published_at__lt=since)


def organiser_counts(path: str) -> Coalesce:
    """How many active organisers the community at `path` has, as an expression."""
    organisers = Membership.objects.filter(
        community=OuterRef(path), role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
    ).order_by()
    counted = organisers.values("community").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_organisers(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Annotate `organiser_count`: the active organisers."""
    return rows.annotate(organiser_count=organiser_counts("pk"))


def requests_in_areas(scope: Scope) -> QuerySet[Membership]:
    """Who waits for an answer in the areas in which one works."""
    rows = Membership.objects.filter(
        state=MembershipState.REQUESTED, community__area__in=scope.areas(*READERS)
    )
    return rows.select_related("user", "community__area__parent")
