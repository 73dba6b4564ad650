"""A workshop's plan: started, written by one side and then by both, submitted, returned, agreed to."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.areas.models import Area
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ... import living
from ...calling import check_begun, check_taken
from ...enums import Applicant
from ...models import Menu, Workshop
from ...relief import actions as relief
from ...routing import office_of
from ...together.drafts import CONFLICT
from .. import mails, queries
from ..enums import WorkshopState
from ..lecturing import check_free, free_times
from ..papers import PLAN_KIND
from ..parts import check_kind, write_duties, write_lecturers
from ..rows import DutyRow, LecturerRow
from ..times import check_time
from ..workflow import WORKSHOP

UNAGREED: dict[str, Any] = {
    "town_agreed_at": None,
    "town_agreed_by": None,
    "office_agreed_at": None,
    "office_agreed_by": None,
}


@transaction.atomic
def start_workshop(
    *, by: Actor, menu: Menu, municipality: Area, title: str, applicant: str = Applicant.MUNICIPALITY
) -> Workshop:
    """Open a draft with `municipality` as 窓口, routed to the office that looks after it.

    Who plans it follows from who asks: an officer of the prefecture plans for the prefecture, the municipality for itself
    or for a community organisation. Raises PermissionDenied, Refusal, ValidationError.
    """
    permissions.require(by, "grants.start_workshop", municipality)
    if not queries.menus(clock.now()).filter(pk=menu.pk).exists():
        raise Refusal("このメニューでは、いま計画を受け付けていません。", field="menu", code="closed")
    if not permissions.check(by, "grants.start_application", municipality):
        applicant = Applicant.PREFECTURE
    elif applicant == Applicant.PREFECTURE:
        raise Refusal("県が行う計画は、県の担当者が始めます。", field="applicant")
    if not menu.takes(applicant):
        raise Refusal(f"計画できるのは、{menu.applicants_words}です。", field="applicant")
    if applicant != Applicant.PREFECTURE:
        check_begun(menu, municipality, clock.now())
        living.check_room(menu, municipality.pk)
    workshop = insert(
        Workshop(
            menu=menu, municipality=municipality, office=office_of(menu, municipality), title=title, applicant=applicant,
            created_by=user_of(by),
            applicant_title="" if applicant == Applicant.PREFECTURE else f"{municipality.name}長",
        )
    )  # fmt: skip
    audit.record("grants.workshop.started", by=by, target=workshop, data={"applicant": applicant})
    return workshop


@transaction.atomic
def save_workshop(
    *,
    by: Actor,
    workshop: Workshop,
    revision: int,
    tab: str = "",
    lecturers: Sequence[LecturerRow] = (),
    duties: Sequence[DutyRow] = (),
    participants: Sequence[Area] = (),
    **values: Any,
) -> Workshop:
    """Save the plan with all its rows. Before it is out only the side that plans writes; in consultation both do.

    `tab` names the page: its own lost answer is no conflict. A save in consultation ends an agreement that one side gave already: nobody agrees to what they did not read.
    Raises PermissionDenied, Refusal (frozen, saved meanwhile, the host of an announced event), ValidationError.
    """
    locked(workshop)
    consulting = workshop.is_consulting
    permissions.require(by, "grants.consult_workshop" if consulting else "grants.write_workshop", workshop)
    if not (consulting or workshop.is_writable):
        raise Refusal(
            f"この計画は、いま「{workshop.get_state_display()}」です。直せるのは、下書き・補正待ち・協議中のあいだだけです。",
            code="moved",
        )
    if workshop.is_stale(revision, tab):
        raise Refusal(CONFLICT, code="conflict")
    check_kind(workshop, values)
    if consulting and (lacking := _with(workshop, values).missing):
        raise Refusal(f"協議中の計画には、次の欄が要ります。{'、'.join(lacking)}", code="incomplete")
    saved = {"saved_at": clock.now(), "saved_by": user_of(by), "saved_tab": tab}
    change(workshop, {**values, **UNAGREED, **saved, "revision": workshop.revision + 1})
    if {area.pk for area in participants} != set(workshop.participants.values_list("pk", flat=True)):
        workshop.participants.set(area for area in participants if area.pk != workshop.municipality_id)
    write_lecturers(workshop, lecturers)
    write_duties(workshop, duties)
    audit.record("grants.workshop.saved", by=by, target=workshop, data={"revision": workshop.revision})
    return workshop


@transaction.atomic
def submit_workshop(*, by: Actor, workshop: Workshop) -> Workshop:
    """Bring the plan to the other side, for consultation: everything is there, the time is to come. Issues 開催計画書.

    Where menu ② has a call, what a municipality plans is first brought while one is open; the prefecture's own is free. A second submission after a correction replaces the paper of the first. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.submit_workshop", workshop)
    locked(workshop)
    if workshop.is_writable:
        _check_may_be_sent(workshop, by)
    WORKSHOP.apply(workshop, "submit", by=by, version=workshop.version + 1)
    issue_plan(by=by, workshop=workshop)
    mails.submitted(workshop)
    return workshop


@transaction.atomic
def discard_workshop(*, by: Actor, workshop: Workshop) -> Workshop:
    """Give a draft up, by the side that plans it; nothing is deleted. Raises PermissionDenied, Refusal (brought already)."""
    return WORKSHOP.apply(workshop, "discard", by=by)


@transaction.atomic
def return_workshop(*, by: Actor, workshop: Workshop, note: str) -> Workshop:
    """Ask the municipality to correct its plan, with the reason. Raises PermissionDenied, Refusal (the prefecture's own plan)."""
    permissions.require(by, "grants.run_workshop", workshop)
    if workshop.is_planned_by_office:
        raise Refusal("県が計画したものです。計画の画面で直してください。", code="own")
    if workshop.event_id is not None:
        raise Refusal("もう催しを公開しています。計画の画面で直すか、取りやめてください。", code="announced")
    WORKSHOP.apply(workshop, "return_for_correction", by=by, note=note, **UNAGREED)
    free_times(workshop)
    mails.returned(workshop, note)
    return workshop


def _with(workshop: Workshop, values: dict[str, Any]) -> Workshop:
    """The workshop as it would be; nothing is saved."""
    found = copy(workshop)
    for name, value in values.items():
        setattr(found, name, value)
    return found


def issue_plan(*, by: Actor, workshop: Workshop) -> None:
    """開催計画書 of the plan as it is; it takes the place of the one before. Last in the caller's transaction."""
    change(workshop, {"paper_revision": workshop.revision})
    programme = workshop.menu.programme
    documents.issue(
        PLAN_KIND, workshop, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number="" if workshop.is_planned_by_office else workshop.own_number,
    )  # fmt: skip


def _check_may_be_sent(workshop: Workshop, by: Actor) -> None:
    if workshop.missing:
        raise Refusal(f"まだ出せません。次の欄が空です。{'、'.join(workshop.missing)}", code="incomplete")
    if not queries.menus(clock.now()).filter(pk=workshop.menu_id).exists():
        raise Refusal("このメニューでは、いま計画を受け付けていません。", code="closed")
    if workshop.state == WorkshopState.DRAFT and not workshop.is_planned_by_office:
        late = check_taken(workshop, clock.now())
        if late is not None:
            relief.bind(by=by, admission=late, application=workshop)
    check_time(workshop)
    check_free(workshop)
