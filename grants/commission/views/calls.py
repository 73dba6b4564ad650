"""The public pages of a call: its 公募要領 with questions and answers, and asking."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.areas.site import set_authority
from portal.kernel import clock
from portal.kernel.forms import keeps_form
from portal.kernel.http import attachment as send_file
from portal.kernel.http import see_other

from ...models import CommissionCall
from ..actions import questions as actions
from ..forms.calls import QuestionForm
from ..queries import calls, outcomes


@require_safe
def call_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The 公募要領, the questions that were answered, and the way to propose."""
    call = _public(request, pk)
    context = {
        "call": call,
        "items": call.items.all(),
        "questions": calls.answered(call),
        "reason": calls.void_reason(call),
        "result": outcomes.published(call),
        "paper": outcomes.paper(call),
    }
    return render(request, "grants/commission/call_detail.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
def call_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a question about the call, with or without a name."""
    call = _public(request, pk)
    form = QuestionForm(request.POST or None, once=request)
    if form.acts(actions.ask_question, by=request.actor, call=call):
        messages.success(request, "質問を送りました。回答は、公募のページで公開します。")
        return see_other(call)
    context = {"call": call, "form": form, "open": call.takes_questions(clock.now())}
    return render(request, "grants/commission/call_question.html", context, status=form.status)


@require_safe
def call_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """審査結果の公表 as a PDF, for everybody once it is out."""
    paper = outcomes.paper(_public(request, pk))
    if paper is None or paper.file is None:
        raise Http404
    return send_file(paper.file)


def _public(request: HttpRequest, pk: UUID) -> CommissionCall:
    call = get_object_or_404(calls.public(), pk=pk)
    set_authority(request, call.theme.menu.programme.authority)
    return call
