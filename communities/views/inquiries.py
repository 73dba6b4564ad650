"""一斉照会: the office writes, sends, reads the table; organisers answer by account or by the link in their mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.areas.site import set_authority
from portal.kernel import clock, paging
from portal.kernel.actors import Actor, TokenActor
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import actions, queries, workflow
from ..actions.bulk import MOST as BULK_MOST
from ..forms.bulk import is_id
from ..forms.communities import StepForm
from ..forms.inquiries import AnswerForm, InquiryEditForm, InquiryForm
from ..models import InquiryRecipient
from ..models.inquiries import InquiryState
from ..queries.lists import staff_communities
from ..rules import WARD_STAFF
from .requests import posted, require, row_of_link

MOVED = {
    "open": "送りました。世話人一人ひとりに、回答のリンクが届きます。", "discard": "取りやめました。",
    "remind": "まだ回答のないところに、催促のメールを送りました。", "close": "締め切りました。回答した人にお礼を送ります。",
}  # fmt: skip
TABS = [("", "すべて"), ("open", "まだのところ"), ("done", "回答済み")]


@require_safe
@staff_required(*WARD_STAFF)
def staff_inquiry_list(request: HttpRequest) -> HttpResponse:
    """The papers of one's office, newest first, with how many have answered."""
    rows = queries.with_progress(queries.inquiries_visible_to(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=30)
    return render(request, "communities/staff_inquiry_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_inquiry_new(request: HttpRequest) -> HttpResponse:
    """Write a paper and choose whom it asks; the next page shows it before anything is sent.

    `start`: a list sends what was picked there, the paper is still empty.
    """
    picks = picked(request)
    sent = (None, None) if "start" in request.POST else posted(request)
    form = InquiryForm(*sent, scope=request.scope, picks=picks, once=request)
    if form.acts(actions.draft_inquiry, by=request.actor):
        return see_other(form.result)
    context = {"form": form, "picks": picks}
    return render(request, "communities/staff_inquiry_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_inquiry_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Before sending: the paper and whom it asks. After: who has answered what, the next steps."""
    inquiry = get_object_or_404(queries.with_progress(queries.inquiries_visible_to(request.scope)), pk=pk)
    steps = workflow.INQUIRY.available(inquiry, request.actor)
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_inquiry, by=request.actor, inquiry=inquiry):
        messages.success(request, MOVED[form.data["step"]])
        return see_other(inquiry)
    which = request.GET.get("which", "")
    questions = list(inquiry.questions.all())
    rows = queries.recipients_of(inquiry, which=which)
    page = paging.keyset(
        request, rows, order=("community__kana", "pk"), per_page=50, filled=("community__kana",)
    )
    context = {
        "inquiry": inquiry, "form": form, "questions": questions, "page": page, "which": which,
        "rows": [(row, [(row.reply or {}).get(str(q.pk), "") for q in questions]) for row in page.items],
        "tabs": [(label, f"?which={value}" if value else "?", None, value == which) for value, label in TABS],
        "is_open": inquiry.state == InquiryState.OPEN, "left": inquiry.asked_count - inquiry.answered_count,
    }  # fmt: skip
    return render(request, "communities/staff_inquiry_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_inquiry_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft before it is sent; a paper that was sent leads back to its page."""
    inquiry = get_object_or_404(queries.inquiries_visible_to(request.scope), pk=pk)
    form = InquiryEditForm(*posted(request), inquiry=inquiry, scope=request.scope, once=request)
    if form.acts(actions.edit_inquiry, by=request.actor, inquiry=inquiry):
        messages.success(request, "照会の下書きを直しました。まだ送っていません。")
        return see_other(inquiry)
    if inquiry.state != InquiryState.DRAFT and not form.is_bound:
        return see_other(inquiry)
    context = {"form": form, "inquiry": inquiry}
    return render(request, "communities/staff_inquiry_edit.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_inquiry_answer(request: HttpRequest, pk: UUID, recipient_pk: UUID) -> HttpResponse:
    """Answer for somebody on the telephone."""
    inquiry = get_object_or_404(queries.inquiries_visible_to(request.scope), pk=pk)
    recipient = get_object_or_404(queries.answerable(), pk=recipient_pk, inquiry=inquiry)
    form = answer_form(request, recipient)
    if form.acts(actions.answer_inquiry, by=request.actor, recipient=recipient):
        messages.success(request, f"{recipient.name}の回答を書きとめました。")
        return see_other(inquiry)
    context = {"form": form, "recipient": recipient, "inquiry": inquiry}
    return render(request, "communities/staff_inquiry_answer.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def organiser_inquiry(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """An organiser answers from their own page."""
    recipient = get_object_or_404(queries.recipients_asked(), inquiry=pk, community__slug=slug)
    require(request, "communities.answer_inquiry", recipient)
    return _answer(request, recipient, request.actor, request.path)


@require_http_methods(["GET", "POST"])
@keeps_form
def inquiry_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by the link in the mail, without signing in."""
    recipient = row_of_link(queries.recipients_asked(), "inquiry", token)
    actor = TokenActor("inquiry", f"inquiryrecipient:{recipient.pk}")
    return private(_answer(request, recipient, actor, request.path))


def _answer(request: HttpRequest, recipient: InquiryRecipient, actor: Actor, here: str) -> HttpResponse:
    set_authority(request, recipient.inquiry.area)
    form = answer_form(request, recipient)
    if form.acts(actions.answer_inquiry, by=actor, recipient=recipient):
        messages.success(request, "回答を受け付けました。ありがとうございます。")
        return see_other(here)
    inquiry = recipient.inquiry
    context = {
        "form": form, "recipient": recipient, "inquiry": inquiry,
        "is_open": inquiry.state == InquiryState.OPEN and clock.today_jst() <= inquiry.due_on,
    }  # fmt: skip
    return render(request, "communities/inquiry_answer.html", context, status=form.status)


def picked(request: HttpRequest) -> list[str]:
    """The communities chosen on a list: by their boxes, or all that the list shows."""
    if "start" in request.POST and request.POST.get("all") == "on":
        rows = staff_communities(request.scope, request.POST).order_by("pk")[:BULK_MOST]
        return [str(pk) for pk in rows.values_list("pk", flat=True)]
    return [value for value in request.POST.getlist("pick") if is_id(value)]


def answer_form(request: HttpRequest, recipient: InquiryRecipient) -> AnswerForm:
    """The questions with what was answered last."""
    questions = list(recipient.inquiry.questions.all())
    return AnswerForm(
        *posted(request), questions=questions, reply=queries.current_reply(recipient), once=request
    )
