"""What an event asks: settings, questions, and the table of answers. For its staff and organisers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from ..actions import asks as acts
from ..enums import QUESTION_LIMIT
from ..forms.asks import AskForm, QuestionForm, RetireForm
from ..models import EventAsk
from ..queries import asks as reads
from .counter import counter_event, frame
from .requests import posted

QUESTION_FIELDS = ("wording", "hint", "kind", "required")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_asks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether children come, childcare, reminders."""
    event = counter_event(request, pk)
    now = reads.ask_of(event) or EventAsk(event=event)
    initial = {name: getattr(now, name) for name in AskForm.base_fields}
    form = AskForm(*posted(request), initial=initial, once=request)
    if form.acts(acts.edit_ask, by=request.actor, event=event):  # type: ignore[attr-defined]
        messages.success(request, "申込みで聞くことを決めました。")
        return see_other("communities:event_counter", event.pk)
    context = frame(request, event, form=form)
    return render(request, "communities/counter/asks.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions of an event; its buttons end one."""
    event = counter_event(request, pk)
    form = RetireForm(*posted(request), once=request)
    if form.acts(acts.retire_question, by=request.actor, event=event):  # type: ignore[attr-defined]
        messages.success(request, "質問を、聞くのをやめました。")
        return see_other("communities:event_questions", event.pk)
    questions = list(reads.questions_of(event, retired=True))
    live = [row for row in questions if row.retired_at is None]
    context = frame(
        request, event, form=form, questions=live, retired=[row for row in questions if row.retired_at],
        most=QUESTION_LIMIT, may_add=len(live) < QUESTION_LIMIT,
    )  # fmt: skip
    return render(request, "communities/counter/questions.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_question_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question more."""
    event = counter_event(request, pk)
    form = QuestionForm(*posted(request), once=request)
    if form.acts(acts.add_question, by=request.actor, event=event):  # type: ignore[attr-defined]
        messages.success(request, "質問を加えました。")
        return see_other("communities:event_questions", event.pk)
    context = frame(request, event, form=form, answered=False)
    return render(request, "communities/counter/question.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_question_edit(request: HttpRequest, pk: UUID, question_pk: UUID) -> HttpResponse:
    """Put a question right; once answered, its words alone."""
    event = counter_event(request, pk)
    question = get_object_or_404(reads.questions_of(event), pk=question_pk)
    question.event = event
    initial = {name: getattr(question, name) for name in QUESTION_FIELDS}
    form = QuestionForm(
        *posted(request), initial={**initial, "options": "\n".join(question.options)}, once=request
    )
    if form.acts(acts.edit_question, by=request.actor, question=question):  # type: ignore[attr-defined]
        messages.success(request, "質問を直しました。")
        return see_other("communities:event_questions", event.pk)
    context = frame(request, event, form=form, answered=reads.is_answered(question))
    return render(request, "communities/counter/question.html", context, status=form.status)


@require_safe
@signed_in
def event_answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What parties answered, and how often each choice was chosen; while names may be read."""
    event = counter_event(request, pk, "communities.read_registrants")
    parties = reads.answers_of(event, request.scope)  # type: ignore[attr-defined]
    page = paging.keyset(request, parties, order=("position",), per_page=50)
    ask = reads.ask_of(event)
    context = frame(
        request, event, page=page, counts=reads.answer_counts(event),
        rows=[(party, reads.extras_in_words(party, party.answers.all(), with_phone=False)) for party in page.items],
        childcare=reads.childcare_taken(event), childcare_capacity=ask.childcare_capacity if ask else None,
    )  # fmt: skip
    return private(render(request, "communities/counter/answers.html", context))
