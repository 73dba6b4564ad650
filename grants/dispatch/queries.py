"""Reads of menu ①. `visible_to(scope)` is the only door to see a dispatch: list, page, paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Sum, Value

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.fiscal import fiscal_year

from ..enums import ProgrammeState, Table
from ..models import Advisor, AdvisorOffer, Dispatch, Menu, Visit
from ..queries import READERS
from ..rules import MUNICIPAL
from .enums import GIVEN, DispatchState, VisitState

PAPERS_OF_ADVISOR: tuple[str, ...] = ()  # the letters that are addressed to the advisor


def standing_rows(user_id: UUID) -> QuerySet[Any]:
    """For the port: the advisors that this person is."""
    kind = Value("advisor", output_field=CharField())
    return Advisor.objects.filter(user=user_id).annotate(kind=kind).order_by().values_list("kind", "pk")


def visible_to(scope: Scope) -> QuerySet[Dispatch]:
    """A municipality sees its own, the prefecture what was requested, an advisor what they were asked for and took on."""
    return Dispatch.objects.filter(
        Q(municipality__in=scope.areas(*MUNICIPAL))
        | Q(submitted_at__isnull=False, menu__programme__authority__area__in=scope.areas(*READERS))
        | Q(advisor__in=scope.standing("advisor"))
    )


def own(scope: Scope) -> QuerySet[Dispatch]:
    """The dispatches of the municipalities the scope works for."""
    return visible_to(scope).filter(municipality__in=scope.areas(*MUNICIPAL))


def received(scope: Scope) -> QuerySet[Dispatch]:
    """Those requested of the authorities the scope reads for."""
    return visible_to(scope).filter(
        submitted_at__isnull=False, menu__programme__authority__area__in=scope.areas(*READERS)
    )


def of_advisor(scope: Scope) -> QuerySet[Dispatch]:
    """Those for which the scope is the advisor."""
    return visible_to(scope).filter(advisor__in=scope.standing("advisor"))


def with_case(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    """With everything one row of a list or the head of a page says."""
    return dispatches.select_related(
        "menu__programme__authority__area", "municipality", "office", "platform", "advisor__user", "wished",
        "submitted_by", "created_by", "proposed_by",
    )  # fmt: skip


def menus(at: datetime) -> QuerySet[Menu]:
    """The menus of table DISPATCH under which a dispatch can be requested: published, of the year that is running."""
    year = fiscal_year(at.astimezone(clock.JST).date())
    shown = Menu.objects.filter(table=Table.DISPATCH, programme__state=ProgrammeState.PUBLISHED)
    return shown.filter(programme__fiscal_year=year).select_related("programme__authority__area")


def advisors_of(scope: Scope) -> QuerySet[Advisor]:
    """The register of the authorities the scope reads for."""
    found = Advisor.objects.filter(authority__area__in=scope.areas(*READERS))
    return found.select_related("authority__area", "user")


def own_advisors(scope: Scope) -> QuerySet[Advisor]:
    """The advisors that the person is."""
    return Advisor.objects.filter(pk__in=scope.standing("advisor")).select_related("authority__area")


def public_advisors(at: datetime) -> QuerySet[Advisor]:
    """Who is active this year and agreed to show something."""
    year = fiscal_year(at.astimezone(clock.JST).date())
    active = Advisor.objects.filter(active_from__lte=year, shown__len__gte=1)
    return active.filter(Q(active_to__isnull=True) | Q(active_to__gte=year)).select_related("authority")


def to_be_asked(dispatch: Dispatch) -> QuerySet[Advisor]:
    """Whom the officer may propose: active in the menu's year, with an account. Those who go to the office's area first."""
    year = dispatch.menu.programme.fiscal_year
    goes = Advisor.offices.through.objects.filter(advisor=OuterRef("pk"))
    found = Advisor.objects.filter(
        authority=dispatch.menu.programme.authority_id, user__is_active=True, active_from__lte=year
    ).filter(Q(active_to__isnull=True) | Q(active_to__gte=year))
    here = Exists(goes.filter(section=dispatch.office_id))
    return found.annotate(anywhere=~Exists(goes), here=here).order_by("-here", "-anywhere", "kana", "id")


def free_offers(advisor: Advisor, at: datetime) -> QuerySet[AdvisorOffer]:
    """The times an advisor offers from `at` on in which nothing is booked."""
    booked = advisor_visits().filter(
        advisor=OuterRef("advisor"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    offers = AdvisorOffer.objects.filter(advisor=advisor, ends_at__gt=at)
    return offers.filter(~Exists(booked)).order_by("starts_at", "id")


def advisor_visits() -> QuerySet[Visit]:
    """Visits that keep their advisor's time."""
    return Visit.objects.exclude(state=VisitState.CANCELLED)


def visits_used(dispatch: Dispatch) -> int:
    """Visits given to the municipality under the menu, this dispatch left out."""
    given = Dispatch.objects.filter(
        menu=dispatch.menu_id, municipality=dispatch.municipality_id, state__in=GIVEN
    ).exclude(pk=dispatch.pk)
    return given.aggregate(sum=Sum("visits_count"))["sum"] or 0


def visits_left(dispatch: Dispatch) -> int | None:
    """How many visits the municipality may still get this year; None where the menu has no limit."""
    limit = dispatch.menu.visits_max
    return None if limit is None else max(0, limit - visits_used(dispatch))


def writing(scope: Scope) -> QuerySet[Dispatch]:
    """For the desk: what the municipality writes."""
    return own(scope).filter(state__in=[DispatchState.DRAFT, DispatchState.RETURNED])


def waiting(scope: Scope) -> QuerySet[Dispatch]:
    """For the desk: what waits for one's office."""
    here = scope.sections(Role.PREFECTURE_OFFICER)
    return received(scope).filter(
        office__in=here, state__in=[DispatchState.REQUESTED, DispatchState.ACCEPTED]
    )


def visits_of(dispatch: Dispatch) -> QuerySet[Visit]:
    """The visits of one dispatch that are not called off, in order."""
    rows = dispatch.visits.exclude(state=VisitState.CANCELLED)
    return rows.select_related("advisor", "dispatch").order_by("starts_at", "id")


def visits_of_advisor(scope: Scope) -> QuerySet[Visit]:
    """The visits that the scope is to make or has made."""
    mine = advisor_visits().filter(advisor__in=scope.standing("advisor"))
    return mine.select_related("dispatch__municipality", "dispatch__menu", "advisor")


def offered_ahead(dispatch: Dispatch, at: datetime) -> list[tuple[Advisor, list[AdvisorOffer]]]:
    """For the officer: of each advisor who may be asked and knows the subject, the free times to come. Two queries."""
    known = [row for row in to_be_asked(dispatch) if row.knows(dispatch.subject)]
    booked = advisor_visits().filter(
        advisor=OuterRef("advisor"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    free = AdvisorOffer.objects.filter(advisor__in=known, ends_at__gt=at).filter(~Exists(booked))
    by_advisor: dict[UUID, list[AdvisorOffer]] = {}
    for offer in free.order_by("starts_at", "id")[:300]:
        by_advisor.setdefault(offer.advisor_id, []).append(offer)
    return [(row, by_advisor.get(row.pk, [])[:6]) for row in known]
