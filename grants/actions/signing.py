"""The end of a 決裁, whatever it is about: recorded from the office's own system, signed here step by step, or sent back."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import user_of
from portal.kernel import audit, clock, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..advances.actions import deciding as advance_deciding
from ..assets.actions import answering as disposal_answering
from ..carrying.actions import deciding as carry_deciding
from ..contracts.actions import amending
from ..contracts.actions import deciding as contract_deciding
from ..enums.approving import Matter
from ..mails import approving as mails
from ..models import Approval, ApprovalStep, LetterBatch
from ..numbering import letter_number
from ..queries import approving as queries
from ..queries import signers
from ..recovery.actions import revoking
from ..settlement.actions import answering, settling
from ..stopping.actions import deciding as stop_deciding
from ..workflow import APPROVAL
from . import committing, deciding, dispatch_deciding, workshop_deciding
from .approving import Conclusion

CONCLUSIONS: dict[str, Conclusion] = {
    "application": deciding.CONCLUSION,
    "dispatch": dispatch_deciding.CONCLUSION,
    "contract": contract_deciding.CONCLUSION,
    "workshop": workshop_deciding.CONCLUSION,
    "disposal": disposal_answering.CONCLUSION,
}  # by the column of the case
MATTERS: dict[tuple[str, str], Conclusion] = {
    ("application", Matter.CHANGE): answering.CONCLUSION,
    ("contract", Matter.AMENDMENT): amending.CONCLUSION,
    ("application", Matter.SETTLEMENT): settling.CONCLUSION,
    ("application", Matter.REVOCATION): revoking.CONCLUSION,
    ("application", Matter.ADVANCE): advance_deciding.CONCLUSION,
    ("application", Matter.STATUS): carry_deciding.CONCLUSION,
    ("application", Matter.STOP): stop_deciding.CONCLUSION,
}  # by column and matter, where a matter ends in its own way


@transaction.atomic
def record_approval(
    *,
    by: Actor,
    approval: Approval,
    record_number: str,
    decided_on: date,
    approver_title: str,
    approver_name: str,
    paper: StoredFile,
    effective_on: date,
    document_number: str = "",
    commitment_number: str = "",
) -> Approval:
    """Record a 決裁 that the office keeps outside: 起案番号, 決裁日, 決裁権者, its PDF, 施行日 and the letter's 文書番号.

    Raises PermissionDenied, or Refusal: it is kept here, the 決裁権者 is the drafter, days in the future or out of order,
    numbers missing, the cap or the 科目 does not hold the amount any more, the day is out of the budget's year.
    """
    permissions.require(by, "grants.record_approval", approval)
    _begin(approval)
    if not approval.is_external:
        raise Refusal("この決裁は、このポータルで行います。決裁の順に進めてください。", code="kept_here")
    _check_person(approval, approver_name)
    _check_days(decided_on, effective_on)
    if paper.uploaded_by_ref != by.ref:
        raise Refusal("決裁済みの文書を、もう一度選んでください。", field="paper")
    uploads.attach(paper, approval)
    return _complete(
        by, approval, decided_on=decided_on, effective_on=effective_on, document_number=document_number,
        commitment_number=commitment_number, record_number=record_number, paper=paper,
        approver_title=approver_title, approver_name=approver_name,
    )  # fmt: skip


@transaction.atomic
def record_shared(
    *, by: Actor, approval: Approval, batch: LetterBatch, document_number: str, commitment_number: str
) -> Approval:
    """The same for one file of a batch: what is common, its PDF too, stands on the batch. Raises as `record_approval`."""
    permissions.require(by, "grants.record_approval", approval)
    _begin(approval)
    if not approval.is_external:
        raise Refusal("この決裁は、このポータルで行います。決裁の順に進めてください。", code="kept_here")
    if batch.decided_on is None or batch.effective_on is None:
        raise ValueError(f"{batch.pk}: records no 決裁")
    _check_person(approval, batch.approver_name)
    _check_days(batch.decided_on, batch.effective_on)
    return _complete(
        by, approval, decided_on=batch.decided_on, effective_on=batch.effective_on,
        document_number=document_number, commitment_number=commitment_number,
        record_number=batch.record_number, batch=batch, approver_title=batch.approver_title,
        approver_name=batch.approver_name,
    )  # fmt: skip


@transaction.atomic
def sign_approval(
    *,
    by: Actor,
    approval: Approval,
    position: int | None = None,
    document_number: str = "",
    commitment_number: str = "",
) -> Approval:
    """Sign the next step of a 決裁 that is kept here; the last one makes the decision, dated today.

    Signs who holds the step's role at the authority, in its 部署 where it names one, or the deputy that one named (代決; the
    後閲 is owed then), never the drafter, nobody two steps. `position` is the step that the page showed: when somebody
    signed it meanwhile, the next one is not signed instead. Raises PermissionDenied, Refusal (as `record_approval`).
    """
    permissions.require(by, "grants.handle_approval", approval)
    _begin(approval)
    if approval.is_external:
        raise Refusal(
            "この決裁は、庁内の文書管理システムで行い、結果をここに記録します。", code="kept_outside"
        )
    step = _press(by, approval, position)
    if queries.next_step(approval) is not None:
        mails.due(approval)
        return approval
    today, signed_by = clock.today_jst(), user_of(by)
    return _complete(
        by, approval, decided_on=today, effective_on=today, document_number=document_number,
        commitment_number=commitment_number, approver_title=step.title,
        approver_name=signed_by.name if signed_by else "",
    )  # fmt: skip


@transaction.atomic
def send_back_approval(*, by: Actor, approval: Approval, note: str) -> Approval:
    """Send a draft back with the reason; what it held of cap and 科目 is free again.

    Kept outside, the officer records it; kept here, who is next to sign does it. Raises PermissionDenied, Refusal.
    """
    name = "grants.record_approval" if approval.is_external else "grants.handle_approval"
    permissions.require(by, name, approval)
    conclusion = _begin(approval)
    if not approval.is_external and approval.is_open:
        step = queries.next_step(approval)
        if step is not None and not (signer := signers.signer(approval, step, by)):
            raise PermissionDenied(signer.reason)
    APPROVAL.apply(approval, "send_back", by=by, note=note)
    conclusion.sent_back(by, approval, note)
    committing.release(by=by, approval=approval)
    return approval


def _press(by: Actor, approval: Approval, position: int | None) -> ApprovalStep:
    """Sign the next step of a locked 決裁. Raises PermissionDenied, Refusal."""
    step = queries.next_step(approval)
    if step is None:
        raise Refusal("決裁は、もう終わっています。", code="moved")
    if position is not None and position != step.position:
        shown = (
            approval.steps.filter(position=position, signed_by__isnull=False)
            .select_related("signed_by")
            .first()
        )
        who = (
            f"もう{shown.signed_by.name}さんが押しました"
            if shown and shown.signed_by
            else "いまの順ではありません"
        )
        raise Refusal(f"開いていた順は、{who}。いまは「{step.place}」の番です。", code="moved")
    signer = signers.signer(approval, step, by)
    if not signer:
        raise PermissionDenied(signer.reason)
    step.signed_at, step.signed_by, step.deputised = clock.now(), user_of(by), signer.deputised
    step.save(update_fields=["signed_at", "signed_by", "deputised"])
    data = {"position": step.position, "deputised": step.deputised}
    audit.record("grants.approval.step_signed", by=by, target=approval, data=data)
    return step


def _conclusion_of(approval: Approval) -> Conclusion:
    """What the case of a 決裁 does around its end: by its matter, else by the kind of case."""
    own = MATTERS.get((approval.target_name, approval.matter))
    return own or CONCLUSIONS[approval.target_name]


def _begin(approval: Approval) -> Conclusion:
    """Lock the case, then the 決裁; it must still be open. Raises Refusal."""
    conclusion = _conclusion_of(approval)
    conclusion.lock(approval)
    queries.lock(approval)
    if not approval.is_open:
        raise Refusal(
            f"この決裁は、いま「{approval.get_state_display()}」です。最新の内容を確かめてください。",
            code="moved",
        )
    return conclusion


def _complete(
    by: Actor,
    approval: Approval,
    *,
    decided_on: date,
    effective_on: date,
    document_number: str,
    commitment_number: str,
    **record: Any,
) -> Approval:
    """The decision itself: cap and 科目 once more, 支出負担行為, 文書番号, then the case and its letter."""
    conclusion = _conclusion_of(approval)
    if approval.menu.programme.provisional:
        raise Refusal("予算がまだ成立していません。", code="provisional")
    conclusion.recheck(approval, decided_on)
    commitment = committing.recheck(
        by=by, approval=approval, decided_on=decided_on, effective_on=effective_on
    )
    if commitment is not None:
        if approval.is_external and not commitment_number:
            raise Refusal("支出負担行為の番号を入力してください。", field="commitment_number")
        committing.make(by=by, commitment=commitment, number=commitment_number, made_on=effective_on)
    number = _number(approval, document_number, effective_on)
    dates: dict[str, Any] = {
        "decided_on": decided_on,
        "effective_on": effective_on,
        "document_number": number,
    }
    APPROVAL.apply(approval, "complete", by=by, **dates, **record)
    conclusion.signed(by, approval)
    return approval


def _number(approval: Approval, typed: str, effective_on: date) -> str:
    """文書番号: as typed, or the next of the section's year 「地共第123号」."""
    section = getattr(getattr(approval, approval.target_name), "office", None)
    return letter_number(
        approval.menu, section, typed, numbering=approval.numbering, year=FiscalYear.of(effective_on).year
    )


def _check_person(approval: Approval, approver_name: str) -> None:
    """The 決裁権者 is somebody else than the drafter."""
    drafter = approval.drafted_by
    if drafter is not None and "".join(approver_name.split()) == "".join(drafter.name.split()):
        raise Refusal(
            "起案した人は、その決裁をできません。決裁権者の氏名を確かめてください。", field="approver_name"
        )


def _check_days(decided_on: date, effective_on: date) -> None:
    if decided_on > clock.today_jst():
        raise Refusal("決裁日に、先の日は入れられません。", field="decided_on")
    if effective_on > clock.today_jst():
        raise Refusal(
            "施行日に、先の日は入れられません。施行してから記録してください。", field="effective_on"
        )
    if effective_on < decided_on:
        raise Refusal("施行日は、決裁日と同じ日か、それより後にしてください。", field="effective_on")
