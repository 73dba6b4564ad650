"""Reads. `visible_to(scope)` is the only door to see an application: list, page, file, preview, paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import JSONObject

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.prepared import prepared
from portal.kernel.refusals import Refusal

from .. import calculations
from ..calculations import Amounts, Terms
from ..enums import ApplicationState, ProgrammeState, Table
from ..models import (
    Application,
    ApplicationPart,
    ApplicationSnapshot,
    Attachment,
    Call,
    CheckAnswer,
    Menu,
    Programme,
    Remark,
    SetAside,
)
from ..rules import MUNICIPAL, PREFECTURAL
from .cap_state import CapState, cap, caps
from .programmes import for_guide, programmes, whole

__all__ = ["CapState", "cap", "caps", "for_guide", "programmes", "whole"]

READERS = (*PREFECTURAL, Role.AUDITOR)
LIVE = tuple(state for state in ApplicationState if state != ApplicationState.WITHDRAWN)


def typed(scope: Scope) -> Q:
    """What the scope's offices type in from paper."""
    return Q(typed_in=True, office__in=scope.sections(Role.PREFECTURE_OFFICER))


def visible_to(scope: Scope) -> QuerySet[Application]:
    """A municipality sees its own files; the prefecture's officers and auditors those submitted, drafts only typed in there.

    Nobody sees what was thrown away; its figures stand in the list of the retention.
    """
    return Application.objects.filter(erased_at__isnull=True).filter(
        Q(municipality__in=scope.areas(*MUNICIPAL)) | typed(scope) | _received(scope)
    )


def _received(scope: Scope) -> Q:
    """Submitted, and not thrown away: of those the retention alone keeps a list."""
    return Q(
        submitted_at__isnull=False,
        erased_at__isnull=True,
        menu__programme__authority__area__in=scope.homes(*READERS),
    )


def own(scope: Scope) -> QuerySet[Application]:
    """The files of the municipalities the scope works for."""
    return visible_to(scope).filter(municipality__in=scope.areas(*MUNICIPAL))


def received(scope: Scope) -> QuerySet[Application]:
    """The files submitted to the governments the scope reads for: one part of what is visible to it."""
    return Application.objects.filter(_received(scope))


def with_case(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With everything one row of a list or the head of a page says."""
    return applications.select_related(
        "municipality",
        "office",
        "platform",
        "project_type",
        "call",
        "menu__programme__authority",
        "held_by",
        "submitted_by",
    )


ROW = (
    "state", "submitted_at", "municipality__name", "office__name", "menu__number", "menu__mark", "menu__screen_days",
    "held_by__name", "menu__programme__fiscal_year", "correct_until",
)  # fmt: skip


def in_queue(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With what one row of the queue says and nothing else: a menu carries its conditions, papers and checklists."""
    rows = applications.select_related("municipality", "office", "menu__programme", "held_by").only(*ROW)
    return as_filed(rows)


def as_filed(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With `filed`: title, type and amounts of the newest submission. While a file is returned, its row says what is being written."""
    newest = ApplicationSnapshot.objects.filter(application=OuterRef("pk")).order_by("-number")
    head = JSONObject(
        title="data__title",
        type_label="data__type_label",
        grant_yen="data__amounts__grant_yen",
        base_yen="data__amounts__base_yen",
        total_yen="data__amounts__total_yen",
        number="number",
    )
    return applications.annotate(filed=Subquery(newest.values(head=head)[:1]))


def files_visible_to(scope: Scope) -> QuerySet[Attachment]:
    """A municipality sees all files of its own applications, the prefecture those that were submitted or that it typed in."""
    written = Q(application__in=own(scope)) | Q(application__in=Application.objects.filter(typed(scope)))
    return Attachment.objects.filter(written | Q(application__in=received(scope), filed_at__isnull=False))


def snapshot_pair(application: Application, first: int, second: int) -> list[ApplicationSnapshot]:
    """Two submissions of one file, the earlier first. One query."""
    return list(application.snapshots.filter(number__in=[first, second]).order_by("number"))


def checks_of(application: Application) -> dict[str, CheckAnswer]:
    """What was found of the newest submission, by point. One query."""
    found = application.checks.filter(number=application.version).select_related("answered_by")
    return {row.key: row for row in found}


def remarks_of(application: Application, *, sent_only: bool) -> list[Remark]:
    """All remarks of a file, oldest first; the municipality sees only those that were sent. One query."""
    rows = _remarks(application=application.pk)
    return [row for row in rows if row.sent_at is not None or not sent_only]


@prepared
def _remarks(application: UUID) -> QuerySet[Remark]:
    return Remark.objects.filter(application=application).select_related("written_by", "answered_by")


def with_papers(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With sections, budget and living attachments: 4 further queries whatever their number."""
    return with_case(applications).prefetch_related(*_papers())


def load_papers(application: Application) -> Application:
    """The same for one application that is already here."""
    prefetch_related_objects([application], *_papers())
    return application


def _papers() -> tuple[Prefetch[str, Any, Any] | str, ...]:
    living = Attachment.objects.filter(removed_at__isnull=True).select_related("file")
    sections = ApplicationPart.objects.select_related("saved_by")
    return (
        Prefetch("parts", sections),
        "expenses",
        "incomes",
        Prefetch("attachments", living, to_attr="papers"),
    )


def noting_kept(applications: QuerySet[Application], user_id: UUID) -> QuerySet[Application]:
    """With `has_kept`: whether something this person typed waits to be settled. No query of its own."""
    kept = SetAside.objects.filter(part__application=OuterRef("pk"), typed_by=user_id)
    return applications.annotate(has_kept=Exists(kept))


def programmes_of(scope: Scope) -> QuerySet[Programme]:
    """The programmes of the authorities the scope works for, drafts too, newest year first."""
    homes = scope.homes(*READERS)
    found = Programme.objects.filter(authority__area__in=homes).select_related("authority__area")
    return found.select_related("copied_from").order_by("-fiscal_year", "slug")


def lock(application: Application) -> Application:
    """Lock the case and re-read it in place, before anything else is locked. Needs a transaction.

    Raises Refusal for a file that was thrown away: nothing is done with it any more.
    """
    application.refresh_from_db(
        from_queryset=Application.objects.select_for_update(no_key=True, of=("self",))
    )
    if application.erased_at is not None:
        raise Refusal("この文書は、もう廃棄しました。", code="erased")
    return application


def menus() -> QuerySet[Menu]:
    """Every menu that the public sees, with the government it belongs to."""
    shown = Menu.objects.exclude(programme__state=ProgrammeState.DRAFT)
    return shown.select_related("programme__authority__area")


def open_calls(at: datetime) -> QuerySet[Call]:
    """Calls under which an application can be started and submitted here at `at`."""
    return announced_calls(at).filter(menu__table=Table.SUBSIDY)


def announced_calls(at: datetime) -> QuerySet[Call]:
    """Every call that is open at `at`, of ① and ② too."""
    published = Call.objects.open(at).filter(menu__programme__state=ProgrammeState.PUBLISHED)
    return published.select_related("menu__programme__authority")


def municipalities(scope: Scope) -> QuerySet[Area]:
    """The municipalities the scope works for."""
    return Area.objects.municipalities().filter(pk__in=scope.areas(*MUNICIPAL))


def set_aside(part: ApplicationPart, user_id: UUID) -> SetAside | None:
    """What this person typed into the section while another saved it, if it waits to be settled."""
    return part.set_aside.filter(typed_by=user_id).first()


def waiting(application: Application, scope: Scope) -> QuerySet[Application]:
    """The municipality's other live files of the menu: a draft or a submitted file does not use the cap yet."""
    others = visible_to(scope).filter(
        municipality=application.municipality_id, menu=application.menu_id, state__in=LIVE
    )
    return others.filter(cap_use__isnull=True).exclude(pk=application.pk).order_by("created_at", "id")


def terms(application: Application, state: CapState | None) -> Terms:
    """The terms of the menu for this application: its share and what is left of the cap."""
    return Terms(share=application.menu.share, cap_left_yen=state.left_yen if state else None)


def amounts(application: Application, state: CapState | None) -> Amounts:
    """The amounts of the stored budget under the cap as it stands. Uses the prefetched rows."""
    return calculations.compute(
        expenses=[line.row for line in application.expenses.all()],
        incomes=[line.row for line in application.incomes.all()],
        share_yen=application.share_yen,
        outlay_yen=application.outlay_yen if application.is_indirect else None,
        terms=terms(application, state),
    )


def latest_snapshot(application: Application) -> ApplicationSnapshot:
    """The newest submission, frozen. Raises DoesNotExist for a file that was never submitted."""
    found: ApplicationSnapshot | None = next(iter(_newest_snapshot(application=application.pk)), None)
    if found is None:
        raise ApplicationSnapshot.DoesNotExist
    return found


@prepared
def _newest_snapshot(application: UUID) -> QuerySet[ApplicationSnapshot]:
    return ApplicationSnapshot.objects.filter(application=application).order_by("-number")[:1]
