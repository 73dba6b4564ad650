"""What communities put on the desk of the staff, and what a person still holds when they are moved."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q
from django.urls import reverse

from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.ports import DeskItem

from .enums import (
    ANSWER_DAYS,
    LIVE_REGISTRATIONS,
    CollaborationState,
    CommunityState,
    EventState,
    MembershipState,
)
from .models import Collaboration, Community, Event, Membership
from .rules import CITY_STAFF, MUNICIPAL_STAFF, WARD_STAFF

SHOWN = 20


def desk_items(scope: Scope) -> Iterator[DeskItem]:
    """Join requests (three days), drafts to publish, collaborations to confirm or count. Four queries at most."""
    areas = scope.areas(*WARD_STAFF)
    if not areas:
        return
    yield from _requests(areas)
    yield from _community_drafts(areas)
    yield from _event_drafts(areas)
    yield from _collaborations(scope)


def open_cases(user_id: UUID) -> Iterator[DeskItem]:
    """Events to come for which this person reads what people need: somebody else must be named."""
    now = clock.now()
    reads = Q(needs_officer=user_id) | Q(needs_deputy=user_id)
    named = Event.objects.filter(reads, ends_at__gte=now, registrations__state__in=LIVE_REGISTRATIONS)
    for event in named.distinct().order_by("starts_at", "id"):
        yield DeskItem(
            title=f"「{event.title}」の配慮の希望を読む人を替える",
            meta="参加に必要なことは、名前を決めた2人だけが読めます",
            url=reverse("communities:staff_event_edit", args=[event.pk]),
            action="担当を替える",
            due_on=_day(event.starts_at),
        )


def _requests(areas: frozenset[str]) -> Iterator[DeskItem]:
    waiting = Membership.objects.filter(state=MembershipState.REQUESTED, community__area__in=areas)
    rows = (
        waiting.values("community__name", "community__slug").annotate(count=Count("pk"), since=Min("created_at"))
        .order_by("since")[:SHOWN]
    )  # fmt: skip
    for row in rows:
        yield DeskItem(
            title="参加の申込みに返事をする",
            meta=f"{row['community__name']}・{row['count']}件・約束は{ANSWER_DAYS}日以内",
            url=reverse("communities:community_manage", args=[row["community__slug"]]),
            action="返事をする",
            due_on=_day(row["since"]) + timedelta(days=ANSWER_DAYS),
            count=row["count"],
        )


def _community_drafts(areas: frozenset[str]) -> Iterator[DeskItem]:
    drafts = Community.objects.filter(state=CommunityState.DRAFT, area__in=areas).select_related("area")
    for community in drafts.order_by(F("publish_asked_at").asc(nulls_last=True), "created_at")[:SHOWN]:
        asked = community.publish_asked_at
        yield DeskItem(
            title="コミュニティを公開する",
            meta=f"{community.name}・{community.area.name}・" + ("世話人から依頼あり" if asked else "下書き"),
            url=reverse("communities:staff_community_detail", args=[community.pk]),
            action="確かめる",
            due_on=_day(asked) + timedelta(days=ANSWER_DAYS) if asked else None,
        )


def _event_drafts(areas: frozenset[str]) -> Iterator[DeskItem]:
    drafts = Event.objects.filter(state=EventState.DRAFT, area__in=areas, ends_at__gte=clock.now())
    for event in drafts.select_related("area").order_by("starts_at", "id")[:SHOWN]:
        yield DeskItem(
            title="催しを公開する",
            meta=f"{event.title}・{event.area.name}・下書き",
            url=reverse("communities:staff_event_detail", args=[event.pk]),
            action="確かめる",
            due_on=_day(event.starts_at),
        )


def _collaborations(scope: Scope) -> Iterator[DeskItem]:
    """The ward confirms before the year closes on 31 May; the city counts after it."""
    rows = (
        Collaboration.objects.filter(
            lead_area__in=scope.areas(*WARD_STAFF),
            state__in=[CollaborationState.SUBMITTED, CollaborationState.WARD_CONFIRMED],
        )
        .values("fiscal_year", "state", "lead_area", "lead_area__kind")
        .annotate(count=Count("pk"))
        .order_by("fiscal_year")
    )  # fmt: skip
    city, municipal = scope.areas(*CITY_STAFF), scope.areas(*MUNICIPAL_STAFF)
    found: dict[tuple[int, bool], int] = {}
    for row in rows:
        is_ward = row["lead_area__kind"] == "ward"
        counts = row["state"] == CollaborationState.WARD_CONFIRMED or not is_ward
        if counts and row["lead_area"] not in (city if is_ward else municipal):
            continue
        found[row["fiscal_year"], counts] = found.get((row["fiscal_year"], counts), 0) + row["count"]
    for (year, counts), count in found.items():
        label = FiscalYear(year).label
        state = CollaborationState.WARD_CONFIRMED if counts else CollaborationState.SUBMITTED
        yield DeskItem(
            title=f"協働の記録{count}件を" + ("数える" if counts else "確認する"),
            meta=f"{label}・資料のない記録は、協働数に数えません",
            url=f"{reverse('communities:staff_collaboration_list')}?state={state}&year={year}",
            action="数える" if counts else "確認する",
            due_on=date(year + 1, 5, 31),
            count=count,
        )


def _day(moment: object) -> date:
    return moment.astimezone(clock.JST).date()  # type: ignore[attr-defined,no-any-return]
