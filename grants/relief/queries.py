"""Reads of what is accepted after a deadline."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Area, SectionCoverage
from portal.kernel import outages
from portal.kernel.models import Outage

from .. import queries
from ..enums import ProgrammeState, Table
from ..models import Admission, Application, Call, CallExtension, Dispatch, Menu, Workshop
from ..rules import MUNICIPAL
from .enums import LOOK_BACK, AdmissionState

ADMITTED = AdmissionState.ADMITTED


def calls_of(scope: Scope) -> QuerySet[Call]:
    """The calls of the authorities the scope reads for, with their extensions: one query more."""
    programmes = queries.programmes_of(scope).exclude(state=ProgrammeState.DRAFT)
    rows = Call.objects.filter(menu__programme__in=programmes).exclude(menu__table=Table.COMMISSION)
    return rows.select_related(
        "menu__programme__authority__area", "menu__examining_section"
    ).prefetch_related(Prefetch("extensions", CallExtension.objects.select_related("extended_by")))


def towns_of(scope: Scope, menu: Menu) -> QuerySet[Area]:
    """The municipalities whose files of the menu the officer may accept: those that `routing.office_of` leads to them.

    All of the authority for the section that the menu names to examine, none for others then; else the covered ones.
    """
    mine = scope.sections(Role.PREFECTURE_OFFICER)
    towns = Area.objects.municipalities()
    if menu.examining_section_id is not None:
        if menu.examining_section_id not in mine:
            return towns.none()
        return towns.filter(parent=menu.programme.authority.area_id)
    return towns.filter(pk__in=SectionCoverage.objects.filter(section__in=mine).values("area"))


def accepts(scope: Scope, menu: Menu) -> bool:
    """Whether the officer's section is the one that accepts files of the menu; no query."""
    mine = scope.sections(Role.PREFECTURE_OFFICER)
    return menu.examining_section_id in mine if menu.examining_section_id else bool(mine)


def of_call(call: Call) -> list[Admission]:
    """What was asked and accepted under a call, what waits first. One query."""
    rows = call.admissions.select_related(
        "municipality", "office", "application", "paper", "asked_by", "judged_by", "call__menu__programme"
    )
    return sorted(rows, key=lambda row: (not row.is_asked, row.created_at))


def visible_to(scope: Scope) -> QuerySet[Admission]:
    """A municipality sees its own, the prefecture those of its authority."""
    return Admission.objects.filter(
        Q(municipality__in=scope.areas(*MUNICIPAL))
        | Q(call__menu__programme__authority__area__in=scope.homes(*queries.READERS))
    )


def judged_by(scope: Scope) -> QuerySet[Admission]:
    """With what judging one needs loaded."""
    return visible_to(scope).select_related(
        "call__menu__programme__authority__area", "municipality", "office", "application", "asked_by", "paper"
    )


def asked_of(scope: Scope) -> QuerySet[Admission]:
    """What waits for the officers of an office, for their desk."""
    rows = Admission.objects.filter(
        state=AdmissionState.ASKED, office__in=scope.sections(Role.PREFECTURE_OFFICER)
    )
    return rows.order_by("asked_at", "id")


def outages_before(call: Call) -> list[Outage]:
    """When the portal stood still in the last 24 hours before the deadline."""
    return list(outages.between(call.closes_at - LOOK_BACK, call.closes_at))


def open_admission(application: Application, at: datetime) -> Admission | None:
    """What lets this draft be submitted at `at` although its call has closed. One query."""
    mine = Q(application=application) | Q(
        application__isnull=True, call=application.call_id, municipality=application.municipality_id
    )
    rows = Admission.objects.filter(mine, state=ADMITTED, until__gt=at)
    return rows.order_by("application_id", "judged_at", "id").first()


def latest(application: Application) -> Admission | None:
    """The newest wish of this file, for its municipality. One query."""
    rows = Admission.objects.filter(application=application).select_related("office")
    return rows.order_by("-created_at", "-id").first()


def unbound(call: Call, municipality: Area, at: datetime) -> Admission | None:
    """What lets a municipality begin a file after the call closed: accepted, and no file is known yet. One query."""
    rows = Admission.objects.filter(call=call, municipality=municipality, application__isnull=True)
    return rows.filter(state=ADMITTED, until__gt=at).order_by("judged_at", "id").first()


def for_town(menu: Menu, municipality: Area, at: datetime) -> Admission | None:
    """What lets a municipality send one more request of ① or ② although the menu's call has closed. One query."""
    rows = Admission.objects.filter(call__menu=menu, municipality=municipality, state=ADMITTED, until__gt=at)
    return rows.filter(dispatch__isnull=True, workshop__isnull=True).order_by("judged_at", "id").first()


def for_scope(scope: Scope, at: datetime) -> QuerySet[Admission]:
    """What lets a municipality of the scope in at `at`. No query of its own."""
    rows = Admission.objects.filter(municipality__in=scope.areas(*MUNICIPAL), state=ADMITTED, until__gt=at)
    return rows.filter(application__isnull=True, dispatch__isnull=True, workshop__isnull=True)


def startable(scope: Scope, at: datetime) -> QuerySet[Call]:
    """The open calls, and closed ones under which a municipality of the scope may still begin a file."""
    let = Admission.objects.filter(
        call=OuterRef("pk"), municipality__in=scope.areas(*MUNICIPAL), state=ADMITTED, until__gt=at
    )
    published = Call.objects.filter(
        menu__programme__state=ProgrammeState.PUBLISHED, menu__table=Table.SUBSIDY
    )
    open_now = Q(opens_at__lte=at, closes_at__gt=at)
    rows = published.filter(open_now | Exists(let.filter(application__isnull=True)))
    return rows.select_related("menu__programme__authority")


def drafts_let_in(at: datetime) -> Exists:
    """Whether a draft whose call has closed may still be submitted."""
    mine = Q(application=OuterRef("pk")) | Q(
        application__isnull=True, call=OuterRef("call"), municipality=OuterRef("municipality")
    )
    return Exists(Admission.objects.filter(mine, state=ADMITTED, until__gt=at))


def noting_received(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With 収受日, number and reason of a file that came late or on paper, else None. No query of its own."""
    rows = Admission.objects.filter(application=OuterRef("pk"), state=ADMITTED).order_by("judged_at")
    return applications.annotate(
        late_on=Subquery(rows.values("received_on")[:1]),
        late_number=Subquery(rows.values("received_number")[:1]),
        late_reason=Subquery(rows.values("reason")[:1]),
    )


def received_late(file: Dispatch | Workshop) -> Admission | None:
    """How a request of ① or ② came in after its call closed. One query."""
    return file.admissions.filter(state=ADMITTED).order_by("judged_at", "id").first()


def noting_extension(calls: QuerySet[Call]) -> QuerySet[Call]:
    """With `extended_because`: the reason of the newest extension, else None. No query of its own."""
    rows = CallExtension.objects.filter(call=OuterRef("pk")).order_by("-created_at")
    return calls.annotate(extended_because=Subquery(rows.values("reason")[:1]))
