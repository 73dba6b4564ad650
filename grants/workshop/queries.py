"""Reads of menu ②. `visible_to(scope)` is the only door to see a workshop: list, page, paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from communities.enums import PUBLIC_COMMUNITY
from communities.models import Community, Event, EventSurvey, Platform
from communities.queries.event_after import attended_count, figures_of
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Area, SectionCoverage
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.fiscal import fiscal_year

from ..dispatch.enums import Shown
from ..dispatch.queries import public_advisors
from ..enums import Applicant, ProgrammeState, Table
from ..enums.approving import ApprovalState
from ..models import Advisor, Approval, Menu, Payment, Workshop, WorkshopLecturer
from ..payments import queries as payments
from ..payments.enums import PaymentState
from ..queries import READERS
from ..rules import MUNICIPAL
from .enums import Side, WorkshopState


def visible_to(scope: Scope) -> QuerySet[Workshop]:
    """The 窓口 sees its own, and what the prefecture planned once it is out; the prefecture its own and what was submitted.

    A municipality that takes part sees it from the decision on.
    """
    out, mine = Q(submitted_at__isnull=False), Q(applicant=Applicant.PREFECTURE)
    towns = scope.areas(*MUNICIPAL)
    joins = Workshop.participants.through.objects.filter(workshop=OuterRef("pk"), area__in=towns)
    return Workshop.objects.filter(erased_at__isnull=True).filter(
        Q(municipality__in=towns) & (out | ~mine)
        | Q(decided_at__isnull=False) & Exists(joins)
        | Q(menu__programme__authority__area__in=scope.homes(*READERS)) & (out | mine)
    )


def of_towns(scope: Scope) -> QuerySet[Workshop]:
    """For the municipality's list: those it is the 窓口 of, and those it takes part in."""
    towns = scope.areas(*MUNICIPAL)
    joins = Workshop.participants.through.objects.filter(workshop=OuterRef("pk"), area__in=towns)
    return visible_to(scope).filter(Q(municipality__in=towns) | Exists(joins))


def received(scope: Scope) -> QuerySet[Workshop]:
    """For the prefecture's list: what was submitted to it, and what it plans itself."""
    return visible_to(scope).filter(menu__programme__authority__area__in=scope.homes(*READERS))


def seen_by_sides(scope: Scope) -> QuerySet[Workshop]:
    """For the papers: the 窓口 and the prefecture, not those who only take part."""
    home = Q(municipality__in=scope.areas(*MUNICIPAL))
    return visible_to(scope).filter(home | Q(menu__programme__authority__area__in=scope.homes(*READERS)))


def with_case(workshops: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """With everything one row of a list or the head of a page says."""
    return workshops.select_related(
        "menu__programme__authority__area", "municipality", "office", "platform", "community", "event", "submitted_by",
        "created_by", "town_agreed_by", "office_agreed_by", "saved_by",
    )  # fmt: skip


def menus(at: datetime) -> QuerySet[Menu]:
    """The menus of table WORKSHOP under which one can be planned: published, of the year that is running."""
    year = fiscal_year(at.astimezone(clock.JST).date())
    shown = Menu.objects.filter(table=Table.WORKSHOP, programme__state=ProgrammeState.PUBLISHED)
    return shown.filter(programme__fiscal_year=year).select_related("programme__authority__area")


def places(scope: Scope) -> QuerySet[Area]:
    """The municipalities for which one can plan: one's own, or those one's office looks after."""
    looked_after = SectionCoverage.objects.filter(section__in=scope.sections(Role.PREFECTURE_OFFICER))
    return Area.objects.municipalities().filter(
        Q(pk__in=scope.areas(*MUNICIPAL)) | Q(pk__in=looked_after.values("area"))
    )


def sides_of(workshop: Workshop, by: Actor) -> list[str]:
    """For which sides this person may agree: the municipality's chief, the office's officer, or both."""
    scope = Scope.of(by)
    town = workshop.municipality_id in scope.areas(Role.MUNICIPAL_CHIEF)
    office = workshop.office_id in scope.sections(Role.PREFECTURE_OFFICER)
    return [*([Side.TOWN] if town else []), *([Side.OFFICE] if office else [])]


def advisors_for(workshop: Workshop, scope: Scope) -> QuerySet[Advisor]:
    """Whom one may name as a lecturer: the office anybody active, a municipality those who agreed to show their name."""
    home = workshop.menu.programme
    active = Advisor.objects.filter(
        Q(active_to__isnull=True) | Q(active_to__gte=home.fiscal_year),
        authority=home.authority_id,
        active_from__lte=home.fiscal_year,
    )
    if workshop.office_id in scope.sections(Role.PREFECTURE_OFFICER):
        return active.order_by("kana", "id")
    shown = public_advisors(clock.now()).filter(shown__contains=[Shown.NAME]).values("pk")
    named = workshop.lecturers.filter(advisor__isnull=False).values("advisor")
    return active.filter(Q(pk__in=shown) | Q(pk__in=named)).order_by("kana", "id")


def platforms_of(workshop: Workshop) -> QuerySet[Platform]:
    """The コミプラ of the 窓口."""
    return Platform.objects.filter(area=workshop.municipality_id).order_by("kana")


def communities_of(workshop: Workshop) -> QuerySet[Community]:
    """The public communities of the 窓口 and its wards."""
    here = Q(area=workshop.municipality_id) | Q(area__parent=workshop.municipality_id)
    return Community.objects.filter(here, state__in=PUBLIC_COMMUNITY).order_by("kana")


def open_approval(workshop: Workshop) -> Approval | None:
    """Its 決裁 that is under way. One query, none where there cannot be one."""
    if workshop.state != WorkshopState.AGREED:
        return None
    return Approval.objects.filter(workshop=workshop, state=ApprovalState.DRAFTED).first()


# After the event
@dataclass(frozen=True, slots=True)
class Found:
    """What the portal knows of an event that was held: people seen in, and the questionnaire."""

    people: int
    survey_count: int | None
    survey_average: str


def found_of(event: Event | None) -> Found:
    """For the report: nobody has to count twice. Two queries, none without an event."""
    if event is None:
        return Found(0, None, "")
    survey = EventSurvey.objects.filter(event=event).first()
    figures = figures_of(survey, at_least=1)
    count, average = (figures.count, figures.average) if figures else (None, "")
    return Found(attended_count(event), count, average)


# Money
def fee_slot(lecturer: WorkshopLecturer) -> str:
    """What of the case is paid: one lecturer."""
    return f"lecturer:{lecturer.pk}:"


def paid_lecturers(workshop: Workshop) -> list[WorkshopLecturer]:
    """The lecturers for whom the prefecture pays something, in order."""
    return [row for row in workshop.lecturers.all() if row.sum_yen]


def expected_fees(workshop: Workshop) -> int:
    """What the prefecture pays the lecturers by the plan, in yen."""
    return sum(row.sum_yen for row in paid_lecturers(workshop))


def unpaid(workshop: Workshop) -> list[WorkshopLecturer]:
    """Those of them whose payment was not ordered, or not made, in full. Two queries."""
    made = list(payments.of_case(workshop).values_list("slot", "state"))
    return [row for row in paid_lecturers(workshop) if not _is_paid(fee_slot(row), made)]


def unordered(workshop: Workshop) -> list[WorkshopLecturer]:
    """Those of them for whom nothing was ordered. Two queries."""
    slots = [slot for (slot,) in payments.of_case(workshop).values_list("slot")]
    return [
        row for row in paid_lecturers(workshop) if not any(slot.startswith(fee_slot(row)) for slot in slots)
    ]


def _is_paid(start: str, made: list[tuple[Any, ...]]) -> bool:
    own = {state for slot, state in made if slot.startswith(start)}
    return own == {PaymentState.PAID}


# For the desk
def waits_for_town(scope: Scope) -> QuerySet[Workshop]:
    """What the municipality writes, has to agree to, or has to report."""
    towns = scope.areas(*MUNICIPAL)
    writes = Q(state__in=[WorkshopState.DRAFT, WorkshopState.RETURNED]) & ~Q(applicant=Applicant.PREFECTURE)
    agrees = Q(state=WorkshopState.CONSULTING, town_agreed_at__isnull=True)
    reports = Q(state=WorkshopState.DECIDED, ends_at__lte=clock.now())
    rows = visible_to(scope).filter(writes | agrees | reports, municipality__in=towns)
    return rows.order_by("ends_at", "created_at", "id")


def waits_for_office(scope: Scope) -> QuerySet[Workshop]:
    """What an officer's office writes, has to agree to, to decide, to pay or to close."""
    writes = Q(state__in=[WorkshopState.DRAFT, WorkshopState.RETURNED], applicant=Applicant.PREFECTURE)
    agrees = Q(state=WorkshopState.CONSULTING, office_agreed_at__isnull=True)
    decides = Q(state=WorkshopState.AGREED)
    slot = Concat(Value("lecturer:"), Cast(OuterRef("pk"), CharField()), Value(":"), output_field=CharField())
    live = Payment.objects.exclude(state=PaymentState.CANCELLED).filter(
        case_type="grants.workshop", case_id=OuterRef("workshop"), slot__startswith=slot
    )
    owed = WorkshopLecturer.objects.annotate(sum=F("fee_yen") + F("travel_yen")).filter(
        workshop=OuterRef("pk"), sum__gt=0
    )
    # Ordered, and the accountant has not paid yet: that waits for somebody else.
    waits = owed.filter(Exists(live.filter(state=PaymentState.ORDERED)))
    ends = Q(state=WorkshopState.REPORTED) & (Exists(owed.exclude(Exists(live))) | ~Exists(waits))
    rows = visible_to(scope).filter(office__in=scope.sections(Role.PREFECTURE_OFFICER))
    return rows.filter(writes | agrees | decides | ends).order_by("submitted_at", "created_at", "id")
