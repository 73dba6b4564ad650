"""Pitches of a meeting: asking for one, the run, the screen, the paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel import pdf
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import actions, queries, workflow
from ..enums.events import PITCH_SECONDS
from ..forms.communities import StepForm
from ..forms.event_after import AskPitchForm, MoveForm, PitchForm
from ..models import Event, Pitch
from .event_links import home_of, run_event
from .requests import posted, require, visible_event

MOVED = {
    "accept": "受け入れました。",
    "decline": "お断りしました。本人にメールでお知らせしました。",
    "withdraw": "取りやめにしました。",
}


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_pitches(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a minute, see its turn, take it back."""
    event = visible_event(request, pk)
    mine, run = queries.own_pitch(request.scope.user_id, event), queries.pitches_shown_on(event)
    form = AskPitchForm(*posted(request), initial={"name": request.user.name}, once=request)
    if form.acts(actions.ask_pitch, by=request.actor, event=event):
        messages.success(request, "ピッチを申し込みました。返事は、メールでお知らせします。")
        return see_other("communities:event_pitches", event.pk)
    context = {
        "event": event, "form": form, "mine": mine, "is_open": queries.takes_pitches_now(event),
        "run": run, "turn": next((turn for turn, row in enumerate(run, 1) if row == mine), None),
    }  # fmt: skip
    return render(request, "communities/event_pitches.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_pitch_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The run in its order, those who wait, and taking down somebody who asked in person."""
    event, moves = run_event(request, pk), "step" in request.POST
    rows = queries.pitches_of(event)
    nothing = (None, None)
    move = MoveForm(*(posted(request) if moves else nothing), rows=rows, auto_id="move_%s", once=request)
    form = PitchForm(*(nothing if moves else posted(request)), once=request)
    if move.acts(actions.move_pitch, by=request.actor):
        return see_other("communities:event_pitch_run", event.pk)
    if form.acts(actions.enter_pitch, by=request.actor, event=event):
        messages.success(request, "順番の最後に加えました。")
        return see_other("communities:event_pitch_run", event.pk)
    context = {
        "event": event, "form": form, "run": [row for row in rows if row.place], "back_url": home_of(request, event),
        "waiting": [row for row in rows if not row.place], "move": move,
    }  # fmt: skip
    status = move.status if moves else form.status
    return render(request, "communities/event_pitch_run.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def pitch_detail(request: HttpRequest, pk: UUID, pitch_pk: UUID) -> HttpResponse:
    """Answer one, or take one's own back."""
    pitch = _pitch(visible_event(request, pk), pitch_pk)
    require(request, "communities.withdraw_pitch", pitch)
    steps = workflow.PITCH.available(pitch, request.actor)
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.answer_pitch, by=request.actor, pitch=pitch):
        messages.success(request, MOVED[form.data["step"]])
        own = pitch.user_id == request.scope.user_id
        return see_other("communities:event_pitches" if own else "communities:event_pitch_run", pk)
    context = {"event": pitch.event, "pitch": pitch, "form": form}
    return render(request, "communities/pitch_detail.html", context, status=form.status)


@require_safe
@signed_in
def event_pitch_screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The screen of the room: who speaks, and the sixty seconds. Without JavaScript it is the order."""
    event = run_event(request, pk)
    context = {"event": event, "run": queries.run_order(event), "seconds": PITCH_SECONDS}
    return private(render(request, "communities/event_pitch_screen.html", context))


@require_safe
@signed_in
def event_pitch_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The run on paper, for whoever leads through it."""
    event = run_event(request, pk)
    context = {"event": event, "run": queries.run_order(event), "seconds": PITCH_SECONDS}
    paper = pdf.render("communities/pdf/pitches.html", context, title=f"{event.title} 進行表")
    answer = private(HttpResponse(paper, content_type="application/pdf"))
    answer.headers["Content-Disposition"] = 'inline; filename="pitches.pdf"'
    return answer


def _pitch(event: Event, pk: UUID) -> Pitch:
    if not event.takes_pitches:
        raise Http404
    pitch = get_object_or_404(Pitch.objects.select_related("user"), pk=pk, event=event)
    pitch.event = event
    return pitch
