"""Submitting a draft, taking a submitted file, giving a draft up."""

import hashlib
import json

from django.db import transaction

from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import completeness, mails, needs, queries, workflow
from ..calculations import Amounts
from ..corrections import carry_checks, close, open_correction
from ..documents import KIND, filed
from ..models import Application, ApplicationSnapshot, Attachment
from ..relief.actions import let_in
from .locking import lock_editable


@transaction.atomic
def submit(*, by: Actor, application: Application) -> Application:
    """Submit a draft, or a corrected file again: freeze submission n+1 with the digests of its files, issue its paper anew.

    Only the municipality's chief (its office, when it came on paper), only until the deadline's minute (JST), only when every part is there, income equals
    expenses and the grant is above 0 (workflows.md 'submit'); after a return, only when every remark is answered. The
    paper (申請書 and 収支予算書) replaces that of the submission before. Locks: case, then the counter of its number.
    Raises PermissionDenied or Refusal; nothing is kept then.
    """
    permissions.require(by, "grants.submit_application", application)
    queries.lock(application)
    if not application.is_editable:
        workflow.SUBSIDY.apply(application, "submit", by=by)
    correction = open_correction(application) if application.is_returned else None
    case = queries.with_papers(Application.objects.all()).get(pk=application.pk)
    _check_time(case, by=by)
    amounts = queries.amounts(case, queries.cap(case))
    _check_complete(case, amounts)
    _check_answered(case)
    _check_notice(case, amounts)
    workflow.SUBSIDY.apply(
        application,
        "submit",
        by=by,
        version=case.version + 1,
        total_yen=amounts.total_yen,
        base_yen=amounts.base_yen,
        grant_yen=amounts.grant_yen,
        correct_until=None,
    )
    if correction is not None:
        close(correction)
        mails.corrected(application)
    elif application.typed_in:
        mails.typed_in(application)
    _freeze(case, amounts, number=application.version, by=by)
    _issue(case, application, by=by)
    return application


@transaction.atomic
def take(*, by: Actor, application: Application) -> Application:
    """Take a submitted file: its screening begins, and others see who holds it. Only the routed office's officers.

    Raises PermissionDenied, or Refusal that names who was first.
    """
    try:
        taken = workflow.SUBSIDY.apply(application, "screen", by=by)
        carry_checks(taken)
        return taken
    except Refusal as refusal:
        holder = application.held_by
        if holder is None or application.held_at is None:
            raise
        at = application.held_at.astimezone(clock.JST)
        raise Refusal(
            f"{holder.name}さんが、{at.month}月{at.day}日 {at.hour}時{at.minute:02d}分に担当になりました。",
            code=refusal.code,
        ) from refusal


@transaction.atomic
def withdraw_draft(*, by: Actor, application: Application) -> Application:
    """Give a draft up. It leaves the lists of open work; nothing is deleted. Raises PermissionDenied, Refusal."""
    return workflow.SUBSIDY.apply(lock_editable(application, by=by), "withdraw_draft", by=by)


def _check_time(case: Application, *, by: Actor) -> None:
    """In time, or let in by the office after the deadline (workflows.md 'submit')."""
    if case.may_be_submitted_at(clock.now()):
        return
    if case.is_returned:
        raise Refusal(
            f"補正の期限を過ぎたため、提出できません。書いた内容は残っています。{case.office.name}に相談してください。",
            code="closed",
        )
    if case.call.opens_at <= clock.now() and let_in(by=by, application=case) is not None:
        return
    raise Refusal(
        f"締切({case.call.deadline.label})を過ぎたため、提出できません。書いた内容は残っています。"
        f"やむをえない事情があるときは、この申請のページから、{case.office.name}に「締切のあとの受理」を申し出てください。",
        code="closed",
    )


def _check_answered(case: Application) -> None:
    """Every remark that was sent about the submission before has an answer."""
    open_ones = case.remarks.filter(number=case.version, sent_at__isnull=False, answer="")
    if case.is_returned and (left := open_ones.count()):
        raise Refusal(f"県からの指摘のうち{left}件に、まだ回答がありません。", code="unanswered")


def _check_notice(case: Application, amounts: Amounts) -> None:
    """Within the 内示 of the municipality where one was given, unless the office agreed to more (workflows.md 'needs survey')."""
    needs.lock_notice(case)
    found = needs.informal_notice(case)
    if found is not None and not found.holds(amounts.grant_yen):
        raise Refusal(
            f"内示の範囲を超えています。この申請に使える額は{found.left_yen:,}円、交付申請額は{amounts.grant_yen:,}円です。"
            f"額を直すか、{case.office.name}と協議してください(同意が記録されると、提出できます)。",
            code="notice",
        )


def _check_complete(case: Application, amounts: Amounts) -> None:
    found = completeness.problems(case, amounts)
    if found:
        texts = " ".join(f"{problem.part.label}: {problem.text}" for problem in found)
        raise Refusal(f"まだ提出できません。{texts}", code="incomplete")


def _freeze(case: Application, amounts: Amounts, *, number: int, by: Actor) -> None:
    data = filed(case, amounts)
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    ApplicationSnapshot.objects.create(application=case, number=number, data=data, digest=digest)
    Attachment.objects.filter(pk__in=[row["id"] for row in data["files"]], filed_at__isnull=True).update(
        filed_at=clock.now()
    )
    audit.record(
        "grants.application.filed",
        by=by,
        target=case,
        data={"number": number, "digest": digest, "grant_yen": amounts.grant_yen},
    )


def _issue(case: Application, application: Application, *, by: Actor) -> None:
    """One series of numbers for the prefecture's programme: a 確認番号 names one file among all municipalities'."""
    programme = case.menu.programme
    documents.issue(
        KIND,
        application,
        by=by,
        authority=programme.authority,
        section=None,
        year=programme.fiscal_year,
        own_number=case.own_number,
    )
