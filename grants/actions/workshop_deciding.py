"""The decision of a workshop: drafted for its 決裁, and the event that follows when that is complete."""

from datetime import date

from django.db import transaction

from communities.saving import change, locked
from portal.documents import actions as documents
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..decision_day import check_year
from ..enums.approving import Matter
from ..models import Approval, BudgetLine, Workshop
from ..supporters.actions.ending import end_support
from ..workshop import mails, queries
from ..workshop.enums import WorkshopState
from ..workshop.hosting import call_off_event, change_event, make_event
from ..workshop.lecturing import free_times
from ..workshop.papers import DECISION_KIND
from ..workshop.workflow import WORKSHOP
from . import approving, charging


@transaction.atomic
def draft_workshop_decision(
    *,
    by: Actor,
    workshop: Workshop,
    note: str = "",
    line: BudgetLine | None = None,
    amount_yen: int | None = None,
) -> Approval:
    """Ask for the 決裁 of the plan both sides agreed to; `note` (伺い) is for those who sign.

    `amount_yen` of `line` is charged for the lecturers (None: their fees by the plan); a year with 科目 needs one.
    Raises PermissionDenied, Refusal (not agreed, drafted already, the budget has not passed, the 科目 has not that much).
    """
    _lock_agreed(by, workshop)
    approval = approving.draft(
        by=by, matter=Matter.WORKSHOP, menu=workshop.menu, title=workshop.title, note=note, workshop=workshop
    )
    expected = queries.expected_fees(workshop) if amount_yen is None else amount_yen
    charging.plan_fees(by=by, approval=approval, line=line, amount_yen=expected, needed=True)
    return approval


@transaction.atomic
def draft_workshop_refusal(*, by: Actor, workshop: Workshop, reason: str, note: str = "") -> Approval:
    """Ask for the 決裁 that it does not take place, with the reason that the municipality is told. Raises as above."""
    _lock_agreed(by, workshop)
    approval = approving.draft(
        by=by, matter=Matter.REFUSAL, menu=workshop.menu, title=workshop.title, note=note, workshop=workshop
    )
    change(workshop, {"refusal_reason": reason})
    return approval


def _lock_agreed(by: Actor, workshop: Workshop) -> None:
    permissions.require(by, "grants.run_workshop", workshop)
    locked(workshop)
    if workshop.state != WorkshopState.AGREED:
        raise Refusal(
            f"このワークショップは、いま「{workshop.get_state_display()}」です。起案できるのは、両者が合意した計画です。",
            code="moved",
        )


def _lock(approval: Approval) -> Workshop:
    return locked(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Within the programme's 年度, not before both sides agreed, and before the day itself."""
    workshop = _case(approval)
    check_year(approval, decided_on)
    agreed = [at for at in (workshop.town_agreed_at, workshop.office_agreed_at) if at is not None]
    if agreed and decided_on < max(agreed).astimezone(clock.JST).date():
        raise Refusal("決裁日が、両者が合意した日より前です。", field="decided_on")
    if approval.matter == Matter.WORKSHOP and workshop.starts_at and workshop.starts_at <= clock.now():
        raise Refusal("開催の日時を過ぎています。差し戻して、計画の日時を変えてください。", code="past")


def _signed(by: Actor, approval: Approval) -> None:
    """Decided: the event is made, or changed where there is one, and the letter issued. Refused: the time is free again."""
    workshop = _case(approval)
    if approval.matter == Matter.REFUSAL:
        WORKSHOP.apply(workshop, "refuse", by=by, note=workshop.refusal_reason)
        call_off_event(workshop, workshop.refusal_reason)
        free_times(workshop)
        end_support(by=by, file=workshop, reason="ワークショップを開催しないことになったため")
        mails.refused(workshop, workshop.refusal_reason)
        return
    event = make_event(workshop) if workshop.event_id is None else change_event(workshop)
    WORKSHOP.apply(workshop, "decide", by=by, event=event)
    charging.replace(by=by, approval=approval)
    mails.decided(workshop)
    programme = approval.menu.programme
    documents.issue(
        DECISION_KIND, workshop, by=by, authority=programme.authority, section=workshop.office,
        year=programme.fiscal_year, own_number=approval.document_number,
    )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The workshop stays where it is; the office is told, and may draft again or open the plan."""
    mails.sent_back(_case(approval), approval, note)


def _case(approval: Approval) -> Workshop:
    """The workshop of a 決裁. Raises ValueError for a 決裁 of another table."""
    if approval.workshop is None:
        raise ValueError(f"{approval.pk}: not about a workshop")
    return approval.workshop


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)
