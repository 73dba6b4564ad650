"""The examination of a submitted file: the checklist, remarks per section, its return for correction, and the pass."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from communities.saving import user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import Arrival, Deadline, Shift, is_business_day
from portal.kernel.refusals import Refusal

from .. import mails, queries, workflow
from ..corrections import close, open_correction
from ..enums import Part, Verdict
from ..models import Application, CheckAnswer, Correction, Remark
from .locking import check_holder, lock_examined

REMARKS_MAX = 50  # of one submission
CORRECTION_DAYS_MAX = 60


@transaction.atomic
def answer_checks(
    *, by: Actor, application: Application, answers: Mapping[str, tuple[str, str]]
) -> Application:
    """Keep what the officer found: key → (適/否/該当なし, remark). Points left out stay as they are.

    Raises PermissionDenied, Refusal (another holds it, an unknown point, 否 without a word).
    """
    lock_examined(application, by=by)
    known = {row["key"]: row["text"] for row in application.menu.checklist}
    for key, (verdict, note) in answers.items():
        if key not in known:
            raise Refusal("審査の項目が変わりました。画面を開きなおしてください。", code="moved")
        if verdict == Verdict.UNFIT and not note.strip():
            raise Refusal(
                f"「{known[key]}」を否にするときは、何が合わないかを書いてください。", field=f"note_{key}"
            )
    for key, (verdict, note) in answers.items():
        CheckAnswer.objects.update_or_create(
            application=application,
            number=application.version,
            key=key,
            defaults={
                "verdict": verdict,
                "note": note.strip(),
                "answered_by": user_of(by),
                "answered_at": clock.now(),
            },
        )
    audit.record("grants.application.checked", by=by, target=application, data={"points": len(answers)})
    return application


@transaction.atomic
def write_remark(*, by: Actor, application: Application, part: str, text: str) -> Remark:
    """Note what is to be mended in a section; the municipality sees it when the file is returned.

    Raises PermissionDenied, Refusal (another holds it, too many).
    """
    lock_examined(application, by=by)
    if application.remarks.filter(number=application.version).count() >= REMARKS_MAX:
        raise Refusal(f"指摘は、1回の提出に{REMARKS_MAX}件までです。", field="text")
    remark = Remark.objects.create(
        application=application,
        number=application.version,
        part=Part(part),
        text=text,
        written_by=user_of(by),
    )
    audit.record("grants.remark.written", by=by, target=remark, data={"part": part})
    return remark


@transaction.atomic
def remove_remark(*, by: Actor, remark: Remark) -> Remark:
    """Take back a remark that was not sent. Again: nothing changes. Raises PermissionDenied, Refusal (it was sent)."""
    lock_examined(remark.application, by=by)
    found = Remark.objects.filter(pk=remark.pk).first()
    if found is None:
        return remark
    if found.sent_at is not None:
        raise Refusal("市町村に送った指摘は、消せません。", code="sent")
    audit.record("grants.remark.removed", by=by, target=remark, data={"part": remark.part})
    found.delete()
    return remark


@transaction.atomic
def return_for_correction(*, by: Actor, application: Application, due_on: date) -> Application:
    """Send the remarks and ask for a correction until the end of `due_on` (JST).

    The municipality may then write in its sections and answers each remark. Raises PermissionDenied, Refusal (another
    holds it, no remark, a day that is past, closed or too far).
    """
    lock_examined(application, by=by)
    _check_due(due_on)
    waiting = application.remarks.filter(number=application.version, sent_at__isnull=True)
    if not waiting.exists():
        raise Refusal("補正してほしいことを、先に1件以上書いてください。", code="empty")
    until = Deadline(due_on, None, Shift.AS_IS, Arrival.ARRIVE).closes_at
    workflow.SUBSIDY.apply(application, "return_for_correction", by=by, correct_until=until)
    sent = waiting.update(sent_at=clock.now())
    correction = Correction.objects.create(
        application=application, number=application.version, due_on=due_on, asked_by=user_of(by)
    )
    audit.record(
        "grants.correction.asked", by=by, target=correction, data={"due_on": due_on, "remarks": sent}
    )
    mails.returned(application, correction)
    return application


@transaction.atomic
def extend_correction(*, by: Actor, application: Application, due_on: date) -> Application:
    """Give more time for an open correction. Raises PermissionDenied, Refusal (not returned, not later than before)."""
    permissions.require(by, "grants.examine_application", application)
    queries.lock(application)
    correction = open_correction(application)
    check_holder(application, by=by)
    _check_due(due_on)
    if due_on <= correction.due_on:
        raise Refusal("いまの期限より後の日にしてください。", field="due_on")
    correction.due_on = due_on
    correction.save(update_fields=["due_on"])
    application.correct_until = Deadline(due_on, None, Shift.AS_IS, Arrival.ARRIVE).closes_at
    application.save(update_fields=["correct_until"])
    audit.record("grants.correction.extended", by=by, target=correction, data={"due_on": due_on})
    mails.extended(application, correction)
    return application


@transaction.atomic
def end_correction(*, by: Actor, application: Application, step: str, note: str) -> Application:
    """After the deadline: "resume" the screening of what was submitted, or "lapse" it as withdrawn. With a reason.

    Raises PermissionDenied, Refusal (not returned, the deadline has not passed, no reason).
    """
    permissions.require(by, "grants.examine_application", application)
    queries.lock(application)
    correction = open_correction(application)
    check_holder(application, by=by)
    if application.may_be_submitted_at(clock.now()):
        raise Refusal("補正の期限が過ぎてから、行ってください。", code="early")
    workflow.SUBSIDY.apply(application, step, by=by, note=note, correct_until=None)
    close(correction)
    mails.correction_ended(application, note)
    return application


@transaction.atomic
def pass_screening(*, by: Actor, application: Application) -> Application:
    """Carry the file from 形式審査 to 内容審査: every point of the checklist is answered for this submission.

    Raises PermissionDenied, Refusal that names how many points are open.
    """
    lock_examined(application, by=by)
    answered = set(application.checks.filter(number=application.version).values_list("key", flat=True))
    left = [row for row in application.menu.checklist if row["key"] not in answered]
    if left:
        raise Refusal(f"審査の項目が{len(left)}件、まだ答えられていません。", code="unanswered")
    return workflow.SUBSIDY.apply(application, "pass", by=by)


@transaction.atomic
def take_over(*, by: Actor, application: Application) -> Application:
    """Become the holder in place of a colleague of the office; the history says so. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.examine_application", application)
    queries.lock(application)
    if not (application.is_examined or application.is_returned):
        raise Refusal("担当を替われるのは、審査中と補正待ちの申請です。", code="moved")
    if by.ref == f"user:{application.held_by_id}":
        return application
    before = application.held_by_id
    application.held_by, application.held_at = user_of(by), clock.now()
    application.save(update_fields=["held_by", "held_at"])
    audit.record("grants.application.taken_over", by=by, target=application, data={"before": before})
    return application


def _check_due(due_on: date) -> None:
    today = clock.today_jst()
    if due_on <= today:
        raise Refusal("期限は、明日以降の日にしてください。", field="due_on")
    if not is_business_day(due_on):
        raise Refusal("期限の日は、県庁が開いている日にしてください。", field="due_on")
    if (due_on - today).days > CORRECTION_DAYS_MAX:
        raise Refusal(f"期限は、{CORRECTION_DAYS_MAX}日先までの日にしてください。", field="due_on")
