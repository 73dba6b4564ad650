"""Questions about a call: asked by anyone until their day, answered by an officer to all at once."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, UserActor, VisitorActor
from portal.kernel.refusals import Refusal

from ...models import CommissionCall, CommissionQuestion
from ..enums import QUESTIONS_AN_HOUR, QUESTIONS_OF_CALL_AN_HOUR
from ..mails import calls as mails
from ..workflow import QUESTION


@transaction.atomic
def ask_question(
    *, by: Actor, call: CommissionCall, text: str, asker_name: str = "", email: str = ""
) -> CommissionQuestion:
    """Ask; the officers are told. Nothing is public before it is answered.

    Raises PermissionDenied, Refusal (not published, after the day, too many within an hour).
    """
    if not isinstance(by, UserActor | VisitorActor):
        raise PermissionDenied(f"質問は、{by.verbose}では送れません。")
    if not locked(call).takes_questions(clock.now()):
        raise Refusal("質問の受付は終わりました。", code="late")
    recent = call.questions.filter(asked_at__gt=clock.now() - timedelta(hours=1))
    if (
        recent.filter(sender_ref=by.ref).count() >= QUESTIONS_AN_HOUR
        or recent.count() >= QUESTIONS_OF_CALL_AN_HOUR
    ):
        raise Refusal("続けてたくさん送られています。1時間ほどおいてから送ってください。", code="rate")
    question = insert(
        CommissionQuestion(
            call=call, text=text, asker_name=asker_name, email=email, sender_ref=by.ref, asked_by=user_of(by)
        )
    )
    audit.record("grants.commissionquestion.asked", by=by, target=question)
    mails.asked(question)
    return question


@transaction.atomic
def answer_question(*, by: Actor, question: CommissionQuestion, answer: str) -> CommissionQuestion:
    """Answer and publish question and answer to all at once; who left an address is told.

    Raises PermissionDenied, Refusal (answered already, an empty answer).
    """
    if not answer.strip():
        raise Refusal("回答を入力してください。", field="answer")
    QUESTION.apply(question, "answer", by=by, answer=answer)
    mails.answered(question)
    return question
