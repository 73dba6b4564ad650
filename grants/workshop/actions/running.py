"""After the agreement: a plan that is opened again, called off, or reported once it was held."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from communities import actions as communities
from communities.enums import EventState
from communities.rules import DECISION
from communities.saving import insert, locked, user_of
from portal.documents import actions as documents
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ...actions import approving, charging
from ...models import Workshop, WorkshopReport
from ...supporters.actions.ending import end_support
from .. import mails, queries
from ..enums import WorkshopState
from ..hosting import call_off_event, check_not_begun, event_of
from ..lecturing import free_times
from ..papers import REPORT_KIND
from ..workflow import WORKSHOP
from .cases import UNAGREED

RUNNING = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPhoto:
    """A staged picture of the day with its words, for those who do not see it."""

    file: StoredFile
    alt: str


@transaction.atomic
def change_workshop(*, by: Actor, workshop: Workshop, note: str) -> Workshop:
    """Open the plan again, by either side with the reason; the event stays as it is until the new plan is decided.

    Also before the decision, while no 決裁 is under way: a draft that was sent back can be mended. Raises PermissionDenied,
    Refusal (being decided, the event has begun).
    """
    permissions.require(by, "grants.consult_workshop", workshop)
    locked(workshop)
    if queries.open_approval(workshop) is not None:
        raise Refusal(
            "いま決裁の途中です。差し戻されるか、決定したあとで、計画を変えてください。", code="deciding"
        )
    check_not_begun(workshop)
    WORKSHOP.apply(workshop, "change", by=by, note=note, decided_at=None, **UNAGREED)
    free_times(workshop)
    mails.changed(workshop, note)
    return workshop


@transaction.atomic
def cancel_workshop(*, by: Actor, workshop: Workshop, note: str) -> Workshop:
    """Call it off with the reason, by either side, before it was held: its 決裁 ends, its event is cancelled, times are free.

    Everybody is told once; registrants by the event. Raises PermissionDenied, Refusal (held already).
    """
    permissions.require(by, "grants.consult_workshop", workshop)
    locked(workshop)
    event = workshop.event
    if event is not None and event.state in (EventState.HELD, EventState.REPORTED):
        raise Refusal("もう開催しています。実施を報告してください。", code="held")
    approval = queries.open_approval(workshop)
    if approval is not None:
        approving.drop(by=by, approval=approval)
    WORKSHOP.apply(workshop, "cancel", by=by, note=note, decided_at=None)
    charging.settle(by=by, case=workshop)
    call_off_event(workshop, note)
    free_times(workshop)
    end_support(by=by, file=workshop, reason="ワークショップの開催が取りやめになったため")
    mails.cancelled(workshop, note)
    return workshop


@transaction.atomic
def report_workshop(
    *, by: Actor, workshop: Workshop, photos: Sequence[ReportPhoto] = (), **values: Any
) -> WorkshopReport:
    """Report it, by the 窓口, once it is over: the event is noted as held, photos go to it. Issues 実施報告書.

    Raises PermissionDenied, Refusal (not over, called off, reported already), ValidationError.
    """
    permissions.require(by, "grants.report_workshop", workshop)
    locked(workshop)
    if workshop.state == WorkshopState.DECIDED:
        _check_held(workshop)
    WORKSHOP.apply(workshop, "report", by=by)
    report = insert(WorkshopReport(workshop=workshop, written_by=user_of(by), **values))
    audit.record("grants.workshopreport.written", by=by, target=report)
    _note_event(workshop, photos)
    mails.reported(workshop)
    programme = workshop.menu.programme
    documents.issue(
        REPORT_KIND, workshop, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number="" if workshop.is_planned_by_office else workshop.own_number,
    )  # fmt: skip
    return report


def _check_held(workshop: Workshop) -> None:
    if not workshop.is_over:
        raise Refusal("まだ終わっていません。開催してから、報告してください。", code="early")
    event = workshop.event
    if event is None or event.state in (EventState.CANCELLED, EventState.POSTPONED):
        raise Refusal(
            "催しが、中止か延期になっています。計画を変えるか、取りやめてください。", code="not_held"
        )


def _note_event(workshop: Workshop, photos: Sequence[ReportPhoto]) -> None:
    """The event is held, if nobody noted it yet, and gets the photos."""
    event = event_of(workshop)
    if event.state in RUNNING:
        communities.hold_event(by=DECISION, event=event)
    if event.state == EventState.DRAFT:
        if photos:
            raise Refusal("催しが公開されていないため、写真は載せられません。", field="photo_1", code="draft")
        return
    for photo in photos:
        communities.add_event_photo(by=DECISION, event=event, file=photo.file, alt=photo.alt, consented=True)
