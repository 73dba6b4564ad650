"""Reads of menu ①. `visible_to(scope)` is the only door to see a dispatch: list, page, paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.queries import home_code
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import fiscal_year

from ..agency.enums import StatementState
from ..calculations.payments import by_the_hour
from ..enums import ProgrammeState, Table
from ..enums.approving import ApprovalState
from ..models import (
    Advisor,
    AdvisorOffer,
    Approval,
    Dispatch,
    Menu,
    Payment,
    Visit,
    VisitCost,
    VisitReport,
    WorkshopLecturer,
)
from ..payments import queries as payments
from ..payments.enums import PaymentState
from ..queries import READERS
from ..rules import MUNICIPAL
from .enums import GIVEN, REFUSABLE, DispatchState, FeeUnit, Side, VisitState

PAPERS_OF_ADVISOR = ("grants.dispatch_notice", "grants.dispatch_cancel_notice")  # addressed to the advisor


def standing_rows(user_id: UUID) -> QuerySet[Any]:
    """For the port: the advisors that this person is."""
    kind = Value("advisor", output_field=CharField())
    return Advisor.objects.filter(user=user_id).annotate(kind=kind).order_by().values_list("kind", "pk")


def visible_to(scope: Scope) -> QuerySet[Dispatch]:
    """A municipality sees its own, the prefecture what was requested, an advisor what they were asked for and took on."""
    return Dispatch.objects.filter(erased_at__isnull=True).filter(
        Q(municipality__in=scope.areas(*MUNICIPAL))
        | _requested(scope)
        | Q(advisor__in=scope.standing("advisor"))
    )


def own(scope: Scope) -> QuerySet[Dispatch]:
    """The dispatches of the municipalities the scope works for."""
    return visible_to(scope).filter(municipality__in=scope.areas(*MUNICIPAL))


def received(scope: Scope) -> QuerySet[Dispatch]:
    """Those requested of the authorities the scope reads for."""
    return visible_to(scope).filter(_requested(scope))


def of_advisor(scope: Scope) -> QuerySet[Dispatch]:
    """Those for which the scope is the advisor."""
    return visible_to(scope).filter(advisor__in=scope.standing("advisor"))


def with_case(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    """With everything one row of a list or the head of a page says."""
    return dispatches.select_related(
        "menu__programme__authority__area", "municipality", "office", "platform", "advisor__user", "wished",
        "submitted_by", "created_by", "proposed_by", "saved_by",
    )  # fmt: skip


def menus(at: datetime) -> QuerySet[Menu]:
    """The menus of table DISPATCH under which a dispatch can be requested: published, of the year that is running."""
    year = fiscal_year(at.astimezone(clock.JST).date())
    shown = Menu.objects.filter(table=Table.DISPATCH, programme__state=ProgrammeState.PUBLISHED)
    return shown.filter(programme__fiscal_year=year).select_related("programme__authority__area")


def advisors_of(scope: Scope) -> QuerySet[Advisor]:
    """The register of the authorities the scope reads for."""
    found = Advisor.objects.filter(authority__area__in=scope.homes(*READERS))
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
    """Whom the officer may propose: active in the menu's year, with an account. Those who go to the municipality's area first.

    The area is that of the 地域振興局・支庁 that looks after it, whichever section examines the menu's files.
    """
    year = dispatch.menu.programme.fiscal_year
    goes = Advisor.offices.through.objects.filter(advisor=OuterRef("pk"))
    found = Advisor.objects.filter(
        authority=dispatch.menu.programme.authority_id, user__is_active=True, active_from__lte=year
    ).filter(Q(active_to__isnull=True) | Q(active_to__gte=year))
    here = Exists(goes.filter(section__coverages__area=home_code(dispatch.municipality)))
    return found.annotate(anywhere=~Exists(goes), here=here).order_by("-here", "-anywhere", "kana", "id")


def free_offers(advisor: Advisor, at: datetime) -> QuerySet[AdvisorOffer]:
    """The times an advisor offers from `at` on in which nothing is booked."""
    return unbooked(AdvisorOffer.objects.filter(advisor=advisor, ends_at__gt=at)).order_by("starts_at", "id")


def unbooked(offers: QuerySet[AdvisorOffer]) -> QuerySet[AdvisorOffer]:
    """Those in which neither a visit lies nor a workshop of ②."""
    booked = advisor_visits().filter(
        advisor=OuterRef("advisor"), starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    kept = WorkshopLecturer.objects.filter(
        advisor=OuterRef("advisor"), kept_from__lt=OuterRef("ends_at"), kept_until__gt=OuterRef("starts_at")
    )
    return offers.filter(~Exists(booked), ~Exists(kept))


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
    drafted = Approval.objects.filter(dispatch=OuterRef("pk"), state=ApprovalState.DRAFTED)
    rows = received(scope).filter(
        office__in=here, state__in=[DispatchState.REQUESTED, DispatchState.ACCEPTED]
    )
    return rows.exclude(Exists(drafted))


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
    free = unbooked(AdvisorOffer.objects.filter(advisor__in=known, ends_at__gt=at))
    by_advisor: dict[UUID, list[AdvisorOffer]] = {}
    for offer in free.order_by("starts_at", "id")[:300]:
        by_advisor.setdefault(offer.advisor_id, []).append(offer)
    return [(row, by_advisor.get(row.pk, [])[:6]) for row in known]


def seen_by_offices(scope: Scope) -> QuerySet[Dispatch]:
    """For papers between municipality and prefecture: what the advisor is not written to about."""
    return visible_to(scope).filter(Q(municipality__in=scope.areas(*MUNICIPAL)) | _requested(scope))


def seen_by_advisor(scope: Scope) -> QuerySet[Dispatch]:
    """For the letter to the advisor: they and the prefecture."""
    return visible_to(scope).filter(Q(advisor__in=scope.standing("advisor")) | _requested(scope))


def visits_visible_to(scope: Scope) -> QuerySet[Visit]:
    """Visits are seen with their dispatch; by the advisor only while they are still the one."""
    seen = Visit.objects.filter(dispatch__in=visible_to(scope)).select_related(
        "advisor__user", "dispatch__menu__programme__authority__area", "dispatch__municipality", "dispatch__office",
        "dispatch__advisor__user",
    )  # fmt: skip
    return seen.exclude(state=VisitState.CANCELLED)


def sides_of(visit: Visit, by: Actor) -> list[str]:
    """For which sides this person may report: works for the municipality, is the advisor, or both."""
    scope = Scope.of(by)
    found = [Side.MUNICIPALITY] if visit.dispatch.municipality_id in scope.areas(*MUNICIPAL) else []
    return [*found, Side.ADVISOR] if visit.advisor_id in scope.standing("advisor") else [*found]


def fee_of(visit: Visit) -> int:
    """The fee of one visit, in yen: by the visit, or by the minutes the advisor reported."""
    advisor = visit.advisor
    if advisor.fee_unit == FeeUnit.VISIT:
        return advisor.fee_yen
    report = visit.reports.get(side=Side.ADVISOR)
    return by_the_hour(advisor.fee_yen, report.minutes or 0)


def expected_fees(dispatch: Dispatch) -> int:
    """What the fees of all its visits come to, in yen; by the hour, as long as the first one lasts. No travel."""
    advisor, count = dispatch.advisor, dispatch.visits_count or 0
    if advisor is None or advisor.fee_unit == FeeUnit.VISIT:
        return advisor.fee_yen * count if advisor else 0
    first = visits_of(dispatch).first()
    minutes = int((first.ends_at - first.starts_at).total_seconds()) // 60 if first else 0
    return by_the_hour(advisor.fee_yen, minutes) * count


def payments_of(visit: Visit) -> QuerySet[Payment]:
    """The payments of one visit that were not cancelled."""
    return payments.of_case(visit.dispatch).filter(slot__startswith=f"visit:{visit.pk}:")


def is_paid(visit: Visit) -> bool:
    """Whether its payments were ordered, and all of them made; through a 委託先: whether its 精算書 is paid."""
    if VisitCost.objects.filter(visit=visit, statement__state=StatementState.PAID).exists():
        return True
    states = set(payments_of(visit).values_list("state", flat=True))
    return states == {PaymentState.PAID}


def may_date(dispatch: Dispatch, by: Actor) -> bool:
    """Whether this person can set one more day now. One query at most."""
    if dispatch.state != DispatchState.DECIDED or not permissions.check(by, "grants.set_days", dispatch):
        return False
    return visits_of(dispatch).count() < (dispatch.visits_count or 0)


def to_report(scope: Scope) -> QuerySet[Visit]:
    """For the desk: visits that were held, or should have been, and that the municipality has not reported."""
    rows = visits_visible_to(scope).filter(dispatch__municipality__in=scope.areas(*MUNICIPAL))
    over = Q(state=VisitState.HELD) | Q(state=VisitState.DATED, ends_at__lte=clock.now())
    written = VisitReport.objects.filter(visit=OuterRef("pk"), side=Side.MUNICIPALITY)
    return rows.filter(over).exclude(Exists(written)).order_by("ends_at", "id")


def advisor_reports(scope: Scope) -> QuerySet[Visit]:
    """Visits that were held, or should have been, and that the advisor has not reported, oldest first."""
    over = Q(state=VisitState.HELD) | Q(state=VisitState.DATED, ends_at__lte=clock.now())
    written = VisitReport.objects.filter(visit=OuterRef("pk"), side=Side.ADVISOR)
    return visits_of_advisor(scope).filter(over).exclude(Exists(written)).order_by("ends_at", "id")


def to_pay(scope: Scope) -> QuerySet[Visit]:
    """For the desk: visits of one's office that both reported and nobody ordered to pay."""
    here = visits_visible_to(scope).filter(dispatch__office__in=scope.sections(Role.PREFECTURE_OFFICER))
    return unpaid(here).order_by("ends_at", "id")


def unpaid(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Those that both reported, that stand in no 精算書 and that nobody ordered to pay."""
    settled = VisitCost.objects.filter(visit=OuterRef("pk"), statement__isnull=False)
    slot = Concat(Value("visit:"), Cast(OuterRef("pk"), CharField()), Value(":"), output_field=CharField())
    ordered = Payment.objects.exclude(state=PaymentState.CANCELLED).filter(
        case_type="grants.dispatch", case_id=OuterRef("dispatch"), slot__startswith=slot
    )
    return visits.filter(state=VisitState.REPORTED).exclude(Exists(ordered)).exclude(Exists(settled))


def open_approval(dispatch: Dispatch) -> Approval | None:
    """Its 決裁 that is under way. One query, none where there cannot be one."""
    if dispatch.state not in REFUSABLE:
        return None
    return Approval.objects.filter(dispatch=dispatch, state=ApprovalState.DRAFTED).first()


def _requested(scope: Scope) -> Q:
    """Requested of an authority that the scope reads for."""
    return Q(submitted_at__isnull=False, menu__programme__authority__area__in=scope.homes(*READERS))
