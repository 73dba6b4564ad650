"""The prefecture's side of a 要望調査: ask, see who has answered, remind, send back, give the 内示."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, needs
from ..forms import PostButton
from ..forms.needs import AgreeForm, AskForm, NoticeForm, ReturnForm
from ..models import Menu, NeedsAnswer, NeedsSurvey
from ..queries import READERS
from .programmes import RUN, find_own


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def needs_ask(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Ask the municipalities about a menu; where they were asked, lead to the table."""
    row = find_own(request, programme)
    menus = Menu.objects.select_related("programme__authority__area")
    menu = get_object_or_404(menus, programme=row, number=number)
    found = NeedsSurvey.objects.filter(menu=menu).first()
    if found and request.method == "GET":
        return redirect(found)
    form = AskForm(request.POST or None, once=request)
    if form.acts(actions.ask_needs, by=request.actor, menu=menu):
        messages.success(request, "要望調査を始めました。市町村の担当者にメールを送ります。")
        return see_other(form.result)
    context = {
        "programme": row, "form": form, "heading": f"{menu}の要望調査", "submit_label": "市町村に照会する",
        "lead": "県内のすべての市町村の担当者と決裁者に、メールで照会します。期限の3日前に、まだの市町村へもう一度送ります。",
    }  # fmt: skip
    return render(request, "grants/programme_form.html", context, status=form.status)


@require_safe
@staff_required(*READERS)
def needs_survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answers as a table, who has not answered first."""
    survey = _survey(request, pk)
    return _table(request, survey)


@keeps_form
@require_POST
@staff_required(*READERS)
def needs_remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write again to who has not answered."""
    survey = _survey(request, pk)
    permissions.require(request.actor, RUN, survey.menu.programme)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.remind_needs, by=request.actor, survey=survey):
        messages.success(request, "まだ回答していない市町村に、催促のメールを送ります。")
        return see_other(survey)
    return _table(request, survey, form)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def needs_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One municipality's answer, and its 内示."""
    answer = _case(request, pk)
    form = NoticeForm(request.POST or None, initial=_offered(answer), menu=answer.survey.menu, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.judge_needs", answer)
        if form.acts(actions.notice_needs, by=request.actor, answer=answer):
            messages.success(request, "内示を記録し、市町村にメールを送りました。")
            return see_other(answer.survey)
    return _case_page(request, answer, form, None)


@keeps_form
@require_POST
@staff_required(*READERS)
def needs_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send an answer back, with the reason."""
    answer = _case(request, pk)
    permissions.require(request.actor, "grants.judge_needs", answer)
    form = ReturnForm(request.POST, at=answer.get_return_url(), once=request)
    if form.acts(actions.return_needs, by=request.actor, answer=answer):
        messages.success(request, "市町村に回答を戻しました。")
        return see_other(answer.survey)
    return _case_page(request, answer, None, form)


@keeps_form
@require_POST
@staff_required(*READERS)
def needs_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the municipality apply for more than its 内示."""
    answer = _case(request, pk)
    permissions.require(request.actor, "grants.judge_needs", answer)
    form = AgreeForm(request.POST, at=answer.get_agree_url(), once=request)
    if form.acts(actions.agree_above_notice, by=request.actor, answer=answer):
        messages.success(request, "同意を記録し、市町村にメールを送りました。")
        return see_other(answer.get_staff_url())
    return _case_page(request, answer, None, form)


def _survey(request: HttpRequest, pk: UUID) -> NeedsSurvey:
    survey = get_object_or_404(needs.surveys_of(request.scope), pk=pk)
    set_authority(request, survey.menu.programme.authority)
    return survey


def _case(request: HttpRequest, pk: UUID) -> NeedsAnswer:
    answer = get_object_or_404(needs.received(request.scope), pk=pk)
    set_authority(request, answer.survey.menu.programme.authority)
    return answer


def _offered(answer: NeedsAnswer) -> dict[str, int]:
    """What was asked for, at most what the menu can give for it."""
    cap = needs.most_of(answer)
    return {"notice_yen": answer.total_yen if cap is None else min(answer.total_yen, cap)}


def _table(request: HttpRequest, survey: NeedsSurvey, form: PostButton | None = None) -> HttpResponse:
    context = needs.table(survey) | {
        "survey": survey,
        "may": permissions.check(request.actor, RUN, survey.menu.programme),
        "form": form,
        "remind": form or PostButton(at=survey.get_remind_url(), once=request),
    }
    return render(request, "grants/needs_survey.html", context, status=form.status if form else 200)


def _case_page(
    request: HttpRequest, answer: NeedsAnswer, notice: OnceForm | None, other: ReturnForm | AgreeForm | None
) -> HttpResponse:
    shown = notice or NoticeForm(initial=_offered(answer), menu=answer.survey.menu, once=request)
    context = {
        "answer": answer,
        "form": other or shown,
        "notice": shown,
        "back": _or_new(request, other, ReturnForm, answer.get_return_url()),
        "agree": _or_new(request, other, AgreeForm, answer.get_agree_url()),
        "may": permissions.check(request.actor, "grants.judge_needs", answer),
        "letter": documents.of(answer).first() if answer.notice_yen is not None else None,
    }
    return render(request, "grants/needs_case.html", context, status=(other or shown).status)


def _or_new(
    request: HttpRequest, sent: OnceForm | None, form: type[ReturnForm | AgreeForm], at: str
) -> OnceForm:
    """The form that was sent, if it was this one; else an empty one."""
    return sent if isinstance(sent, form) else form(at=at, once=request)
