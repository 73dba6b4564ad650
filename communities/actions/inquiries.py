"""一斉照会: write a paper, send it to many, collect the answers, remind, close.

paper = draft_inquiry(by=officer, area=akiha, title="来年度の会場", text="", due_on=date(2026, 12, 10),
                      questions=[Asked("number", "何回ひらきますか")], communities=queryset)
open_inquiry(by=officer, inquiry=paper)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.areas.models import Area
from portal.kernel import audit, clock, jobs, permissions
from portal.kernel.actors import Actor, UserActor
from portal.kernel.refusals import Refusal

from .. import workflow
from ..models import Community, Inquiry, InquiryQuestion, InquiryRecipient, InquiryReply
from ..models.inquiries import InquiryState
from ..rules import is_ward_staff
from ..saving import change, insert, locked, user_of

MOST = 500  # recipients of one paper
MOST_QUESTIONS = 10
REMIND_BEFORE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is typed."""

    kind: str
    label: str
    choices: Sequence[str] = ()


@transaction.atomic
def draft_inquiry(
    *,
    by: UserActor,
    area: Area,
    title: str,
    due_on: date,
    questions: Sequence[Asked],
    communities: Iterable[Community],
    text: str = "",
) -> Inquiry:
    """Write the paper with its questions and recipients; nothing is sent yet. Raises Refusal, ValidationError."""
    permissions.require(by, "communities.run_inquiry", area)
    chosen = _checked(due_on, questions, communities)
    inquiry = insert(Inquiry(area=area, title=title, text=text, due_on=due_on, asked_by=by.user))
    data = _write(inquiry, questions, chosen)
    audit.record("communities.inquiry.drafted", by=by, target=inquiry, data=data)
    return inquiry


@transaction.atomic
def edit_inquiry(
    *,
    by: UserActor,
    inquiry: Inquiry,
    title: str,
    due_on: date,
    questions: Sequence[Asked],
    communities: Iterable[Community],
    revision: int,
    text: str = "",
) -> Inquiry:
    """Write a draft anew, with its questions and recipients; what was sent stays. Raises Refusal, ValidationError.

    `revision` is the one it was typed upon. A newer one means that somebody else has saved meanwhile: Refusal 「stale」,
    and nothing of theirs is lost.
    """
    locked(inquiry)
    permissions.require(by, "communities.run_inquiry", inquiry)
    if inquiry.state != InquiryState.DRAFT:
        raise Refusal("この照会は、もう送ったか、取りやめました。内容は直せません。", code="moved")
    if inquiry.revision != revision:
        raise Refusal(
            "開いているあいだに、ほかの人がこの下書きを直しました。保存されている内容を下で見くらべて、"
            "よければもう一度「下書きを直す」を押してください。あなたの入力は残っています。",
            code="stale",
        )
    chosen = _checked(due_on, questions, communities)
    change(inquiry, {"title": title, "text": text, "due_on": due_on, "revision": revision + 1})
    inquiry.questions.all().delete()
    inquiry.recipients.all().delete()
    data = _write(inquiry, questions, chosen)
    audit.record("communities.inquiry.edited", by=by, target=inquiry, data=data)
    return inquiry


def _checked(due_on: date, questions: Sequence[Asked], communities: Iterable[Community]) -> list[Community]:
    """The recipients of a paper that may be written so. Raises Refusal, ValidationError."""
    if due_on <= clock.today_jst():
        raise ValidationError({"due_on": "あしたより後の日を選んでください。"})
    if not 0 < len(questions) <= MOST_QUESTIONS:
        raise Refusal(f"質問は、1つから{MOST_QUESTIONS}までです。", code="questions")
    chosen = list(communities)
    if not 0 < len(chosen) <= MOST:
        raise Refusal(f"相手は、1組から{MOST}組までです。条件を変えてください。", code="recipients")
    return chosen


def _write(inquiry: Inquiry, questions: Sequence[Asked], chosen: list[Community]) -> dict[str, int]:
    """Its questions and recipients; how many, for the log."""
    for place, asked in enumerate(questions, 1):
        insert(
            InquiryQuestion(
                inquiry=inquiry,
                position=place,
                kind=asked.kind,
                label=asked.label,
                choices=list(asked.choices),
            )
        )
    InquiryRecipient.objects.bulk_create([InquiryRecipient(inquiry=inquiry, community=row) for row in chosen])
    return {"recipients": len(chosen), "questions": len(questions)}


@transaction.atomic
def open_inquiry(*, by: UserActor, inquiry: Inquiry) -> Inquiry:
    """Send it: one mail to every organiser, and a reminder three days before the deadline, by jobs."""
    workflow.INQUIRY.apply(inquiry, "open", by=by)
    if inquiry.due_on < clock.today_jst():
        raise Refusal("期限がすぎています。取りやめて、新しくつくってください。", code="late")
    jobs.enqueue("communities.send_inquiry", key=f"inquiry:{inquiry.pk}", obj=inquiry, by=by)
    at = clock.at_jst(inquiry.due_on - REMIND_BEFORE, time(9, 0))
    if at > clock.now():
        jobs.enqueue(
            "communities.remind_inquiry", key=f"inquiry-reminder:{inquiry.pk}:auto", obj=inquiry, run_after=at,
            payload={"round": "auto"},
        )  # fmt: skip
    return inquiry


@transaction.atomic
def remind_inquiry(*, by: UserActor, inquiry: Inquiry) -> Inquiry:
    """Write again to those who have not answered, once a day at most. Raises Refusal."""
    locked(inquiry)
    permissions.require(by, "communities.run_inquiry", inquiry)
    today = clock.today_jst()
    if inquiry.state != InquiryState.OPEN:
        raise Refusal("この照会は、回答を受け付けていません。", code="moved")
    if inquiry.reminded_on == today:
        raise Refusal("きょうは、もう催促のメールを送りました。", code="twice")
    change(inquiry, {"reminded_on": today})
    audit.record("communities.inquiry.reminded", by=by, target=inquiry)
    jobs.enqueue(
        "communities.remind_inquiry", key=f"inquiry-reminder:{inquiry.pk}:{today}", obj=inquiry, by=by,
        payload={"round": str(today)},
    )  # fmt: skip
    return inquiry


@transaction.atomic
def close_inquiry(*, by: UserActor, inquiry: Inquiry) -> Inquiry:
    """Take no more answers, and thank those who gave one."""
    workflow.INQUIRY.apply(inquiry, "close", by=by)
    jobs.enqueue("communities.thank_inquiry", key=f"inquiry-thanks:{inquiry.pk}", obj=inquiry, by=by)
    return inquiry


def move_inquiry(*, by: UserActor, inquiry: Inquiry, step: str, note: str = "") -> Inquiry:
    """The buttons of a paper: open, remind, close, discard."""
    if step == "discard":
        return workflow.INQUIRY.apply(inquiry, "discard", by=by)
    steps = {"open": open_inquiry, "remind": remind_inquiry, "close": close_inquiry}
    return steps[step](by=by, inquiry=inquiry)


@transaction.atomic
def answer_inquiry(*, by: Actor, recipient: InquiryRecipient, values: Mapping[str, Any]) -> InquiryRecipient:
    """Answer, or answer anew until the deadline; staff for somebody on the telephone until it is closed.

    Every version is kept; the same answers again make none. Raises PermissionDenied, Refusal.
    """
    locked(recipient)
    permissions.require(by, "communities.answer_inquiry", recipient)
    inquiry = Inquiry.objects.get(pk=recipient.inquiry_id)
    if inquiry.state != InquiryState.OPEN:
        raise Refusal("この照会は、回答を受け付けていません。", code="moved")
    if clock.today_jst() > inquiry.due_on and not is_ward_staff(by, recipient):
        raise Refusal("回答の期限がすぎました。担当の窓口に、電話などで直接お知らせください。", code="late")
    last = recipient.replies.filter(version=recipient.version).first()
    if last is not None and last.values == dict(values):
        return recipient
    version = recipient.version + 1
    insert(InquiryReply(recipient=recipient, version=version, values=dict(values), answered_by=user_of(by)))
    change(recipient, {"version": version, "answered_at": clock.now()})
    audit.record("communities.inquiryrecipient.answered", by=by, target=recipient, data={"version": version})
    return recipient
