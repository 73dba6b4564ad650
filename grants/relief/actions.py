"""Writes around a missed deadline: extend a call for all, ask to be accepted, accept one file late or on paper, or not."""

from datetime import date, time, timedelta

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.areas.models import Area
from portal.kernel import audit, clock, jobs, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.fiscal import Arrival, Deadline, Shift
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from .. import queries
from ..enums import ProgrammeState
from ..models import Admission, Application, Call, CallExtension, Dispatch, Workshop
from ..routing import office_of
from ..together.drafts import column
from . import mails
from . import queries as reads
from .enums import OPEN_DAYS_MAX, AdmissionKind, AdmissionState
from .workflow import ADMISSION

TELL = "grants.tell_extension"


@transaction.atomic
def extend_call(
    *, by: Actor, call: Call, closes_on: date, reason: str, closes_time: time | None = None
) -> CallExtension:
    """Give everybody more time (公告), before the deadline or after it: the call says so, every municipality is told once.

    The rule for holidays and the way of arriving stay. Raises PermissionDenied, Refusal (a year that is not public, a
    deadline that is past or not later), ValidationError.
    """
    permissions.require(by, "grants.extend_call", call.menu)
    locked(call)
    if call.menu.programme.state != ProgrammeState.PUBLISHED:
        raise Refusal("締切を延ばせるのは、公開中の事業の募集です。", code="moved")
    try:
        until = Deadline(closes_on, closes_time, Shift(call.shift), Arrival(call.arrival)).closes_at
    except ValueError as problem:
        raise Refusal(str(problem), field="closes_time") from None
    if until <= call.closes_at:
        raise Refusal(f"いまの締切({call.deadline.label})より後にしてください。", field="closes_on")
    if until <= clock.now():
        raise Refusal("新しい締切が、もう過ぎています。", field="closes_on")
    extension = insert(
        CallExtension(
            call=call, before_at=call.closes_at, closes_at=until, reason=reason, extended_by=user_of(by)
        )
    )
    change(call, {"closes_on": closes_on, "closes_time": closes_time, "closes_at": until})
    audit.record("grants.call.extended", by=by, target=call, data={"closes_at": until})
    jobs.enqueue(TELL, key=f"call_extended:{extension.pk}", obj=extension, by=by)
    return extension


@transaction.atomic
def ask_admission(*, by: Actor, application: Application, reason: str) -> Admission:
    """Ask the office to accept a draft although its call has closed. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.ask_admission", application)
    queries.lock(application)
    now = clock.now()
    if not application.is_draft:
        raise Refusal(f"この申請は、いま「{application.get_state_display()}」です。", code="moved")
    if now < application.call.closes_at:
        raise Refusal("締切はまだ過ぎていません。このまま提出できます。", code="early")
    if reads.open_admission(application, now) is not None:
        raise Refusal("県はもう受理しています。期限までに提出してください。", code="admitted")
    admission = insert(
        Admission(
            call=application.call, municipality=application.municipality, office=application.office,
            application=application, kind=AdmissionKind.LATE, asked_reason=reason, asked_at=now,
            asked_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.admission.asked", by=by, target=admission)
    mails.asked(admission)
    return admission


@transaction.atomic
def judge_admission(
    *,
    by: Actor,
    admission: Admission,
    step: str,
    reason: str,
    received_on: date | None = None,
    due_on: date | None = None,
    received_number: str = "",
) -> Admission:
    """Accept what was asked for ("admit", with its 収受日 and the last day to submit) or not ("decline"), with the reason.

    Raises PermissionDenied, Refusal (judged already, days that cannot be).
    """
    permissions.require(by, "grants.judge_admission", admission)
    if step == "decline":
        ADMISSION.apply(admission, "decline", by=by, note=reason, reason=reason)
    else:
        values = _received(admission.call, received_on, due_on)
        ADMISSION.apply(
            admission, "admit", by=by, note=reason, reason=reason, received_number=received_number, **values
        )
    mails.judged(admission)
    return admission


@transaction.atomic
def admit(
    *,
    by: Actor,
    call: Call,
    municipality: Area,
    kind: AdmissionKind,
    reason: str,
    received_on: date,
    due_on: date,
    received_number: str = "",
    paper: StoredFile | None = None,
) -> Admission:
    """Accept a file of `municipality` that came late or on paper, without its asking here: it may submit the content until
    the end of `due_on`, and 収受日 is that of the paper. Raises PermissionDenied, Refusal, ValidationError.
    """
    admission = Admission(
        call=call, municipality=municipality, office=office_of(call.menu, municipality), kind=AdmissionKind(kind),
        state=AdmissionState.ADMITTED, reason=reason, received_number=received_number, paper=paper,
        judged_at=clock.now(), judged_by=user_of(by), **_received(call, received_on, due_on),
    )  # fmt: skip
    permissions.require(by, "grants.judge_admission", admission)
    if call.menu.programme.authority.area_id != municipality.parent_id:
        raise Refusal("この募集に申請できるのは、その県の市町村です。", field="municipality")
    if kind == AdmissionKind.PAPER and paper is None:
        raise Refusal("紙の申請書の写し(PDF)を選んでください。", field="paper")
    if paper is not None and paper.uploaded_by_ref != by.ref:
        raise Refusal("紙の申請書の写しを、もう一度選んでください。", field="paper")
    insert(admission)
    if paper is not None:
        uploads.attach(paper, admission)
    audit.record("grants.admission.admitted", by=by, target=admission, data={"kind": str(kind)})
    mails.judged(admission)
    return admission


def let_in(*, by: Actor, application: Application) -> Admission | None:
    """What lets a draft be submitted after its call closed, from now on that of this file; None: it may not be.

    Runs in the transaction of the submission, after the case is locked.
    """
    admission = reads.open_admission(application, clock.now())
    if admission is not None and admission.application_id is None:
        bind(by=by, admission=admission, application=application)
    return admission


def bind(*, by: Actor, admission: Admission, application: Application | Dispatch | Workshop) -> None:
    """Let an acceptance be that of this file. Raises Refusal when another file was first."""
    locked(admission)
    name = column(application)
    if getattr(admission, f"{name}_id") not in (None, application.pk):
        raise Refusal("この受理は、ほかの申請に使われました。担当の振興局に相談してください。", code="taken")
    change(admission, {name: application})
    audit.record("grants.admission.used", by=by, target=admission, data={"application": application.pk})


def _received(call: Call, received_on: date | None, due_on: date | None) -> dict[str, object]:
    """収受日 and the end of the last day, checked. Raises Refusal."""
    today = clock.today_jst()
    if received_on is None:
        raise Refusal("収受日を入力してください。", field="received_on")
    if not call.opens_at.astimezone(clock.JST).date() <= received_on <= today:
        raise Refusal("収受日は、受付開始の日から今日までの日にしてください。", field="received_on")
    if due_on is None:
        raise Refusal("提出の期限を入力してください。", field="due_on")
    if not today <= due_on <= today + timedelta(days=OPEN_DAYS_MAX):
        raise Refusal(f"提出の期限は、今日から{OPEN_DAYS_MAX}日先までの日にしてください。", field="due_on")
    until = Deadline(due_on, None, Shift.AS_IS, Arrival.ARRIVE).closes_at
    return {"received_on": received_on, "until": until}
