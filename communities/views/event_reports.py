"""After a meeting: report, photos, questionnaire, thanks."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel.actors import TokenActor
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import picture, private, see_other

from .. import actions, moderation, queries
from ..enums import EventState
from ..forms.event_after import AnswerForm, PhotoForm, ReportForm, SurveyForm
from ..models import EventPhoto, Registration, SurveyReply
from ..models.event_reports import COUNTS
from ..telling import notices
from .event_links import home_of, run_event
from .requests import may, posted, row_of_link, visible_event

OVER = (EventState.HELD, EventState.REPORTED)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came of it. Its page shows the report from then on."""
    event = run_event(request, pk)
    report = getattr(event, "report", None)
    initial = {name: getattr(report, name) for name in ("result", "minutes", *COUNTS)} if report else {}
    form = ReportForm(
        *posted(request), initial=initial or {"adults_count": queries.attended_count(event)}, once=request
    )
    if form.acts(actions.report_event, by=request.actor, event=event):
        messages.success(request, "報告を公開しました。")
        return see_other("communities:event_photos", event.pk)
    context = {"event": event, "report": report, "form": form, "back_url": home_of(request, event)}
    return render(request, "communities/event_report.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_photos(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The photos of the report: one more, or one less."""
    event = run_event(request, pk)
    form = PhotoForm(*posted(request), once=request)
    if form.acts(actions.add_event_photo, by=request.actor, event=event):
        messages.success(request, "写真を載せました。")
        return see_other("communities:event_photos", event.pk)
    context = {
        "event": event, "form": form, "photos": queries.photos_kept_for(event), "back_url": home_of(request, event),
        "is_over": event.state in OVER,
    }  # fmt: skip
    return render(request, "communities/event_photos.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_photo_remove(request: HttpRequest, pk: UUID, photo_pk: UUID) -> HttpResponse:
    """Take one photo away."""
    event = run_event(request, pk)
    photo = get_object_or_404(EventPhoto.objects.select_related("file"), pk=photo_pk, event=event)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.remove_event_photo, by=request.actor, event=event, photo=photo):
        messages.success(request, "写真を消しました。")
        return see_other("communities:event_photos", event.pk)
    context = {"event": event, "photo": photo, "form": form}
    return render(request, "communities/event_photo_remove.html", context, status=form.status)


@require_safe
def event_photo(request: HttpRequest, pk: UUID, photo_pk: UUID) -> HttpResponseBase:
    """The picture itself: with the report for all, before it for those who run the meeting."""
    event = visible_event(request, pk)
    if event.state != EventState.REPORTED and not may(request, "communities.run_event", event):
        raise Http404
    rows = EventPhoto.objects.select_related("file")
    if not may(request, "communities.run_event", event):
        rows = moderation.shown(rows)
    photo = get_object_or_404(rows, pk=photo_pk, event=event)
    return picture(request, photo.file)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questionnaire: its question, its figures, what was written."""
    event = run_event(request, pk)
    survey = getattr(event, "survey", None)
    initial = {"question": survey.question, "choices": "\n".join(survey.choices)} if survey else {}
    form = SurveyForm(*posted(request), initial=initial, once=request)
    if form.acts(actions.set_survey, by=request.actor, event=event):
        messages.success(request, "アンケートを用意しました。お礼のメールに、リンクが入ります。")
        return see_other("communities:event_survey", event.pk)
    context = {
        "event": event, "survey": survey, "form": form, "figures": queries.figures_of(survey, at_least=1),
        "texts": queries.texts_of(survey) if survey else [], "back_url": home_of(request, event),
    }  # fmt: skip
    return render(request, "communities/event_survey.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_thanks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Thank everybody who came, once."""
    event = run_event(request, pk)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.thank_participants, by=request.actor, event=event):
        messages.success(request, "お礼のメールを送ります。")
        return see_other(home_of(request, event))
    context = {
        "event": event,
        "survey": getattr(event, "survey", None),
        "form": form,
        "back_url": home_of(request, event),
    }
    return render(request, "communities/event_thanks.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@keeps_form
def survey_answer(request: HttpRequest, token: str) -> HttpResponse:
    """One anonymous answer by the link in the thanks mail."""
    registration = _party(token)
    survey, event = registration.event.survey, registration.event
    set_authority(request, event.area)
    actor = TokenActor("survey", f"eventsurvey:{survey.pk}")
    form = AnswerForm(*posted(request), survey=survey, once=request)
    if form.acts(actions.answer_survey, by=actor, survey=survey, registration=registration):
        return private(see_other("communities:survey_answer", token))
    answered = SurveyReply.objects.filter(survey=survey, registration=registration).exists()
    context = {"event": event, "form": form, "answered": answered}
    return private(render(request, "communities/survey_answer.html", context, status=form.status))


def _party(token: str) -> Registration:
    """The party a link was sent to; 404 for a forged one, and where there is no questionnaire."""
    rows = Registration.objects.filter(event__survey__isnull=False)
    return row_of_link(rows.select_related("event__survey", "event__area__parent"), notices.SURVEY, token)
