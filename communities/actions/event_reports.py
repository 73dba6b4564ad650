"""After a meeting: its report, photos, the questionnaire and the thanks.

report_event(by=organiser, event=e, result="…", minutes="…", adults_count=42, children_count=3)
"""

from typing import Any

from django.db import transaction
from django.db.models import Max

from portal.kernel import audit, clock, jobs, permissions, uploads
from portal.kernel.actors import Actor, TokenActor
from portal.kernel.refusals import Refusal
from portal.kernel.uploads import StoredFile

from .. import indexing, workflow
from ..enums import EventState
from ..enums.events import PHOTOS_AT_MOST
from ..models import Event, EventPhoto, EventReport, EventSurvey, Registration, SurveyAnswer, SurveyReply
from ..saving import change, insert, locked, user_of

OVER = (EventState.HELD, EventState.REPORTED)
NOT_OVER = "開催を記録してから、使えます。"


@transaction.atomic
def report_event(*, by: Actor, event: Event, result: str, adults_count: int, **more: Any) -> EventReport:
    """Report what came of a held meeting, or change its report. The page shows it from then on.

    Raises Refusal when it was not held, ValidationError, PermissionDenied.
    """
    locked(event)
    permissions.require(by, "communities.run_event", event)
    values = {"result": result, "adults_count": adults_count, **more}
    report = EventReport.objects.filter(event=event).first()
    if report is not None:
        if changed := change(report, values):
            audit.record("communities.event.report_changed", by=by, target=event, data={"fields": changed})
    else:
        workflow.EVENT.apply(event, "report", by=by)
        report = insert(EventReport(event=event, reported_at=clock.now(), reported_by=user_of(by), **values))
    indexing.put_event(event)
    return report


@transaction.atomic
def add_event_photo(
    *, by: Actor, event: Event, file: StoredFile, alt: str, consented: bool, caption: str = ""
) -> EventPhoto:
    """One more photo with its words; whoever is to be seen in it agreed. Raises Refusal: not held, too many, no consent."""
    _over(by, event)
    if not consented:
        raise Refusal("写っている人の了解がない写真は、載せられません。", field="consented", code="consent")
    rows = EventPhoto.objects.filter(event=event)
    if rows.count() >= PHOTOS_AT_MOST:
        raise Refusal(f"写真は、{PHOTOS_AT_MOST}枚までです。", code="too_many")
    place = (rows.aggregate(last=Max("place"))["last"] or 0) + 1
    photo = insert(EventPhoto(event=event, file=file, alt=alt, caption=caption, place=place))
    uploads.attach(file, photo)
    audit.record("communities.event.photo_added", by=by, target=event, data={"photo": photo.pk})
    return photo


@transaction.atomic
def remove_event_photo(*, by: Actor, event: Event, photo: EventPhoto) -> Event:
    """Take a photo away for good. Twice is once."""
    _over(by, event)
    if EventPhoto.objects.filter(pk=photo.pk).delete()[0]:
        uploads.release(photo.file)
        audit.record("communities.event.photo_removed", by=by, target=event, data={"photo": photo.pk})
    return event


@transaction.atomic
def set_survey(
    *, by: Actor, event: Event, question: str = "", choices: list[str] | None = None
) -> EventSurvey:
    """Make the questionnaire of a meeting, or change it while nobody has answered. Raises Refusal, ValidationError."""
    locked(event)
    permissions.require(by, "communities.run_event", event)
    values = {"question": question, "choices": choices or []}
    survey = EventSurvey.objects.filter(event=event).first()
    if survey is None:
        survey = insert(EventSurvey(event=event, **values))
    elif survey.answers.exists():
        raise Refusal("もう答えた方がいるので、質問は変えられません。", code="answered")
    else:
        change(survey, values)
    audit.record("communities.event.survey_set", by=by, target=event)
    return survey


@transaction.atomic
def thank_participants(*, by: Actor, event: Event) -> Event:
    """Thank everybody who came, once, with the link to the questionnaire when there is one. Raises Refusal the second time."""
    _over(by, event)
    if event.thanked_at is not None:
        raise Refusal("お礼のメールは、もう送りました。", code="twice")
    change(event, {"thanked_at": clock.now()})
    jobs.enqueue("communities.thank", key=f"event-thanks:{event.pk}", obj=event, by=by)
    audit.record("communities.event.thanked", by=by, target=event)
    return event


@transaction.atomic
def answer_survey(
    *,
    by: Actor,
    survey: EventSurvey,
    registration: Registration,
    stars: int,
    choice: int | None = None,
    text: str = "",
) -> EventSurvey:
    """Keep one anonymous answer of a party, once. Nothing joins the answer with who gave it; `by` is the survey's link.

    Raises Refusal the second time, ValidationError.
    """
    if not isinstance(by, TokenActor) or by.object_ref != f"eventsurvey:{survey.pk}":
        raise Refusal("このリンクでは、答えられません。", code="token")
    if registration.event_id != survey.event_id:
        raise Refusal("この申込みは、別の催しのものです。", code="token")
    insert(SurveyReply(survey=survey, registration=registration))
    if choice is not None and not 1 <= choice <= len(survey.choices):
        raise Refusal("並んでいるものから選んでください。", field="choice", code="choice")
    insert(SurveyAnswer(survey=survey, stars=stars, choice=choice, text=text.strip()))
    audit.record("communities.eventsurvey.answered", by=by, target=survey)
    return survey


def _over(by: Actor, event: Event) -> None:
    locked(event)
    permissions.require(by, "communities.run_event", event)
    if event.state not in OVER:
        raise Refusal(NOT_OVER, code="not_over")
