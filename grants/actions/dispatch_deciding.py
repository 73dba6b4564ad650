"""The decision of a dispatch: drafted for its 決裁, and what follows when that is complete or sent back."""

from datetime import date

from django.db import transaction

from communities.saving import locked
from portal.documents import actions as documents
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..decision_day import check_year
from ..dispatch import mails, queries
from ..dispatch.enums import REFUSABLE, DispatchState
from ..dispatch.papers import DECISION_KIND, NOTICE_KIND, REFUSAL_KIND
from ..dispatch.workflow import DISPATCH
from ..enums.approving import Matter
from ..models import Approval, BudgetLine, Dispatch
from ..supporters.actions.ending import end_support
from . import approving, charging
from .dispatch_visits import drop_visits, fix_visits

ACCEPTED = frozenset({DispatchState.ACCEPTED})


@transaction.atomic
def draft_dispatch_decision(
    *,
    by: Actor,
    dispatch: Dispatch,
    note: str = "",
    line: BudgetLine | None = None,
    amount_yen: int | None = None,
) -> Approval:
    """Ask for the 決裁 of the dispatch as the advisor took it on; `note` (伺い) is for those who sign.

    `amount_yen` of `line` is charged for fees and travel (None: the fees that are expected). A year with 科目 needs one,
    unless a 委託先 pays: its contract is charged already.
    Raises PermissionDenied, Refusal (not accepted, drafted already, the budget has not passed, the 科目 has not that much).
    """
    _lock_in(by, dispatch, ACCEPTED)
    approval = approving.draft(
        by=by, matter=Matter.DISPATCH, menu=dispatch.menu, title=dispatch.title, note=note, dispatch=dispatch
    )
    expected = queries.expected_fees(dispatch) if amount_yen is None else amount_yen
    needed = not hasattr(dispatch.menu, "agency")
    charging.plan_fees(by=by, approval=approval, line=line, amount_yen=expected, needed=needed)
    return approval


@transaction.atomic
def draft_dispatch_refusal(*, by: Actor, dispatch: Dispatch, reason: str, note: str = "") -> Approval:
    """Ask for the 決裁 that nobody is sent, with the reason of the letter: before an advisor is asked, or after one took it on.

    Raises as above.
    """
    _lock_in(by, dispatch, REFUSABLE)
    approval = approving.draft(
        by=by, matter=Matter.REFUSAL, menu=dispatch.menu, title=dispatch.title, note=note, dispatch=dispatch
    )
    dispatch.refusal_reason = reason
    dispatch.save(update_fields=["refusal_reason"])
    return approval


def _lock_in(by: Actor, dispatch: Dispatch, states: frozenset[DispatchState]) -> None:
    permissions.require(by, "grants.run_dispatch", dispatch)
    locked(dispatch)
    if dispatch.state not in states:
        raise Refusal(
            f"この派遣は、いま「{dispatch.get_state_display()}」です。起案できるのは、アドバイザーが引き受けた派遣です。打診の前なら、派遣しないことも起案できます。",
            code="moved",
        )


def _lock(approval: Approval) -> Dispatch:
    return locked(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Within the programme's 年度, and not before the advisor's answer."""
    dispatch = _case(approval)
    check_year(approval, decided_on)
    since, words = dispatch.accepted_at or dispatch.submitted_at, "アドバイザーが引き受けた日"
    if since and decided_on < since.astimezone(clock.JST).date():
        words = words if dispatch.accepted_at else "申込みの日"
        raise Refusal(f"決裁日が、{words}より前です。", field="decided_on")


def _signed(by: Actor, approval: Approval) -> None:
    """Decided: the kept times are days. Refused: they are free. Letters go out under one 文書番号, both are told."""
    dispatch = _case(approval)
    if approval.matter == Matter.REFUSAL:
        DISPATCH.apply(dispatch, "refuse", by=by, note=dispatch.refusal_reason)
        drop_visits(dispatch, by=by)
        end_support(by=by, file=dispatch, reason="アドバイザーの派遣をしないことになったため")
        mails.refused(dispatch, dispatch.refusal_reason)
        send_letters(dispatch, (REFUSAL_KIND,), by=by, own_number=approval.document_number)
        return
    DISPATCH.apply(dispatch, "decide", by=by)
    fix_visits(dispatch, by=by)
    mails.decided(dispatch)
    send_letters(dispatch, (DECISION_KIND, NOTICE_KIND), by=by, own_number=approval.document_number)


def send_letters(dispatch: Dispatch, kinds: tuple[str, ...], *, by: Actor, own_number: str) -> None:
    """Issue the letters of a step of the case. Last in the caller's transaction: the counter is locked."""
    programme = dispatch.menu.programme
    for kind in kinds:
        documents.issue(
            kind, dispatch, by=by, authority=programme.authority, section=dispatch.office, year=programme.fiscal_year,
            own_number=own_number,
        )  # fmt: skip


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The dispatch stays where it is; the office is told, and may draft again."""
    mails.sent_back(_case(approval), approval, note)


def _case(approval: Approval) -> Dispatch:
    """The dispatch of a 決裁. Raises ValueError for a 決裁 of another table."""
    if approval.dispatch is None:
        raise ValueError(f"{approval.pk}: not about a dispatch")
    return approval.dispatch


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)
