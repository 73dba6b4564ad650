"""Reads of student supporters. Birth date, school and guardian are read through `register_of` and `own` only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.areas.queries import home_code
from portal.kernel import clock
from portal.kernel.models import OutboxMessage

from ..commission.queries.excluding import tied_to_theme
from ..enums import ProgrammeState
from ..models import (
    Menu,
    Placement,
    PlacementDay,
    Supporter,
    SupporterOffer,
    SupporterTerms,
    SupportRequest,
)
from ..models.supporters import latest_birth
from ..queries import READERS
from ..rules import MUNICIPAL
from .enums import GIVEN, OPEN_DAYS, DayState, PlacementState, RequestState, SupporterState

AHEAD_SHOWN = 31  # free days of one student that the officer sees


def standing_rows(user_id: UUID) -> QuerySet[Any]:
    """For the port: the entries of the register that are this person's."""
    kind = Value("supporter", output_field=CharField())
    return Supporter.objects.filter(user=user_id).annotate(kind=kind).order_by().values_list("kind", "pk")


def own(scope: Scope) -> QuerySet[Supporter]:
    """The person's own entries, the newest first."""
    found = Supporter.objects.filter(pk__in=scope.standing("supporter")).select_related(
        "authority__area", "user"
    )
    return found.order_by("-created_at", "-id")


def consent_mails(user_id: UUID) -> int:
    """How many mails to guardians this person's entries caused in the last 24 hours, whatever their addresses. Two queries."""
    entries = Supporter.objects.filter(user=user_id).values_list("pk", flat=True)
    return OutboxMessage.objects.filter(
        template="grants/supporters/mail/consent_asked", about_type="grants.supporter",
        about_id__in=[str(pk) for pk in entries], created_at__gt=clock.now() - timedelta(days=1),
    ).count()  # fmt: skip


def register_of(scope: Scope) -> QuerySet[Supporter]:
    """The register, for the officers of its prefecture only."""
    found = Supporter.objects.filter(authority__area__in=scope.homes(Role.PREFECTURE_OFFICER))
    return found.select_related("authority__area", "user", "consent_paper")


def offering() -> QuerySet[Authority]:
    """The governments with a published menu that takes student supporters."""
    menus = Menu.objects.filter(students=True, programme__state=ProgrammeState.PUBLISHED)
    return Authority.objects.filter(pk__in=menus.values("programme__authority")).select_related("area")


def terms_of(authority: Authority) -> SupporterTerms:
    """What the authority settled, or the defaults (not stored). One query."""
    found = SupporterTerms.objects.filter(authority=authority).first()
    return found or SupporterTerms(authority=authority)


# What is asked for
def requests_visible_to(scope: Scope) -> QuerySet[SupportRequest]:
    """The receiving municipality and the prefecture see what is asked for; nobody the students of work they are excluded from."""
    return SupportRequest.objects.filter(~Q(tied_to_theme(scope, "theme"))).filter(
        Q(municipality__in=scope.areas(*MUNICIPAL))
        | Q(menu__programme__authority__area__in=scope.homes(*READERS))
    )


def with_request(requests: QuerySet[SupportRequest]) -> QuerySet[SupportRequest]:
    """With everything the head of a page says, and how many students took it on (`given`) or were asked (`placed`)."""
    live = ~Q(placements__state__in=[PlacementState.DECLINED, PlacementState.CALLED_OFF])
    return requests.select_related(
        "menu__programme__authority__area", "municipality", "office", "application", "dispatch", "workshop", "theme",
    ).annotate(
        placed=Count("placements", filter=live), given=Count("placements", filter=Q(placements__state__in=GIVEN))
    )  # fmt: skip


def of_file(requests: QuerySet[SupportRequest], kind: str, file: Any) -> QuerySet[SupportRequest]:
    """Those at one file, the newest first."""
    return requests.filter(**{kind: file}).order_by("-created_at", "-id")


def candidates(request: SupportRequest) -> list[tuple[Supporter, list[date]]]:
    """Whom the officer may ask, with the days each is free in the time asked for: registered, going to the area.

    Those who know the field come first. Two queries.
    """
    goes = Supporter.offices.through.objects.filter(supporter=OuterRef("pk"))
    asked = Placement.objects.filter(request=request, supporter=OuterRef("pk")).exclude(
        state__in=[PlacementState.DECLINED, PlacementState.CALLED_OFF]
    )
    free = unbooked(SupporterOffer.objects.filter(on__range=(request.first_on, request.last_on)))
    found = (
        Supporter.objects.filter(
            ~Exists(asked),
            Exists(goes.filter(section__coverages__area=home_code(request.municipality))) | ~Exists(goes),
            Exists(free.filter(supporter=OuterRef("pk"))),
            authority=request.menu.programme.authority_id,
            state=SupporterState.REGISTERED,
            user__is_active=True,
        )
        .annotate(knows=Case(When(fields__contains=[request.field], then=1), default=0))
        .order_by("-knows", "kana", "id")[:60]
    )
    rows = list(found)
    days: dict[UUID, list[date]] = defaultdict(list)
    for supporter_id, on in free.filter(supporter__in=rows).order_by("on").values_list("supporter_id", "on"):
        days[supporter_id].append(on)
    return [(row, days[row.pk]) for row in rows]


def unbooked(offers: QuerySet[SupporterOffer]) -> QuerySet[SupporterOffer]:
    """Days offered on which nothing is booked."""
    booked = PlacementDay.objects.filter(supporter=OuterRef("supporter"), on=OuterRef("on"))
    return offers.filter(~Exists(booked.exclude(state=DayState.DROPPED)))


# Placements
def placements_visible_to(scope: Scope) -> QuerySet[Placement]:
    """The student and the prefecture; the receiving municipality from the student's yes on, so never who was only asked."""
    mine = Q(supporter__in=scope.standing("supporter"))
    of_authority = Q(request__menu__programme__authority__area__in=scope.homes(*READERS))
    of_town = Q(request__municipality__in=scope.areas(*MUNICIPAL), accepted_at__isnull=False)
    return Placement.objects.filter(mine | (of_authority | of_town) & _open_to(scope))


def _open_to(scope: Scope) -> Q:
    """Not at work of ④ under a contract that the reader is excluded from."""
    return ~Q(tied_to_theme(scope, "request__theme"))


def received_placements(scope: Scope) -> QuerySet[Placement]:
    """Those of the prefecture one is an officer of, as `register_of`: their mails name the student's address."""
    return Placement.objects.filter(
        _open_to(scope), request__menu__programme__authority__area__in=scope.homes(Role.PREFECTURE_OFFICER)
    )


def certificates_visible_to(scope: Scope) -> QuerySet[Placement]:
    """For 活動証明書: the student, and the officers who issue it."""
    office = Q(request__menu__programme__authority__area__in=scope.homes(Role.PREFECTURE_OFFICER))
    return Placement.objects.filter(Q(supporter__in=scope.standing("supporter")) | office & _open_to(scope))


def with_placement(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """With everything its page and a row of a list say; `last_on` is its last day that was not dropped."""
    last = (
        PlacementDay.objects.filter(placement=OuterRef("pk"))
        .exclude(state=DayState.DROPPED)
        .order_by()
        .values("placement")
        .annotate(last=Max("on"))
        .values("last")
    )
    return placements.select_related(
        "supporter__user", "supporter__authority__area", "request__menu__programme__authority__area",
        "request__municipality", "request__office",
    ).annotate(last_on=Subquery(last))  # fmt: skip


def last_day(placement: Placement) -> date | None:
    """Its last day that was not dropped. One query."""
    days = placement.days.exclude(state=DayState.DROPPED).order_by("-on").values_list("on", flat=True)
    return days.first()


def totals(days: Iterable[PlacementDay]) -> tuple[int, int, int]:
    """(days, minutes, yen) of the confirmed ones."""
    done = [day for day in days if day.state == DayState.CONFIRMED]
    return len(done), sum(day.minutes or 0 for day in done), sum(day.travel_yen for day in done)


# For the desk
def entries_waiting(scope: Scope) -> QuerySet[Supporter]:
    """Entries that an officer can confirm now: 18 or older, or with the guardian's consent."""
    grown = Q(birth_on__lte=latest_birth(clock.today_jst()))
    rows = register_of(scope).filter(state=SupporterState.REQUESTED)
    return rows.filter(grown | Q(consented_at__isnull=False)).order_by("created_at", "id")


def requests_waiting(scope: Scope) -> QuerySet[SupportRequest]:
    """Open requests of one's office that still lack students."""
    placed = (
        Placement.objects.filter(request=OuterRef("pk"))
        .exclude(state__in=[PlacementState.DECLINED, PlacementState.CALLED_OFF])
        .order_by()
        .values("request")
        .annotate(many=Count("pk"))
        .values("many")
    )
    rows = (
        requests_visible_to(scope)
        .filter(
            office__in=scope.sections(Role.PREFECTURE_OFFICER),
            state=RequestState.OPEN,
            last_on__gte=clock.today_jst(),
        )
        .annotate(left=F("people") - Coalesce(Subquery(placed, output_field=IntegerField()), 0))
    )
    return rows.filter(left__gt=0).order_by("first_on", "id")


def reports_waiting(scope: Scope) -> QuerySet[Placement]:
    """Reports that one's office has to confirm."""
    rows = placements_visible_to(scope).filter(
        request__office__in=scope.sections(Role.PREFECTURE_OFFICER), state=PlacementState.REPORTED
    )
    return rows.order_by("reported_at", "id")


def days_waiting(scope: Scope) -> QuerySet[Placement]:
    """Placements with days that have come and that the receiving municipality has not confirmed."""
    open_ones = PlacementDay.objects.filter(
        placement=OuterRef("pk"), state__in=OPEN_DAYS, on__lte=clock.today_jst()
    )
    rows = placements_visible_to(scope).filter(
        Exists(open_ones),
        request__municipality__in=scope.areas(*MUNICIPAL),
        state__in=[PlacementState.ACCEPTED, PlacementState.REPORTED],
    )
    return rows.order_by("accepted_at", "id")


def of_student(scope: Scope) -> QuerySet[Placement]:
    """All placements of the person."""
    return Placement.objects.filter(supporter__in=scope.standing("supporter"))


def travel_of(placement: Placement) -> int:
    """The travel of its confirmed days, in yen. One query."""
    found = placement.days.filter(state=DayState.CONFIRMED).aggregate(sum=Sum("travel_yen"))
    return found["sum"] or 0
