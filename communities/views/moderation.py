"""Reporting what should not stand here, and answering for what was hidden."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import actions, queries
from ..enums.people import HidingState
from ..forms.moderation import AppealForm, PostingRuleForm, ReportForm
from ..models import Hiding
from ..moderation.subjects import SUBJECTS, Subject, subject_of
from .requests import posted, require, visible_community


def visible_subject(request: HttpRequest, kind: str, pk: UUID) -> tuple[Subject, Any]:
    """The kind and the row of this address, as far as this person sees it; 404 otherwise."""
    if kind not in SUBJECTS:
        raise Http404
    subject = SUBJECTS[kind]
    rows = subject.visible(request.scope).select_related(*subject.related)  # type: ignore[attr-defined]
    return subject, get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@keeps_form
def report_new(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Anybody says what is wrong with a page; the staff of its area look at it."""
    subject, row = visible_subject(request, kind, pk)
    form = ReportForm(*posted(request), once=request)
    if form.acts(actions.report_object, by=request.actor, subject=kind, row=row):
        messages.success(
            request, "知らせを受け取りました。担当者が3日以内に確かめます。ありがとうございました。"
        )
        return see_other(subject.page(row))
    context = {
        "form": form,
        "subject": subject,
        "row": row,
        "title": subject.title(row),
        "page_url": subject.page(row),
    }
    return private(render(request, "communities/report_new.html", context, status=form.status))


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def hiding_mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What of mine was hidden and why; one appeal."""
    hiding = get_object_or_404(Hiding.objects.select_related("area"), pk=pk)
    if not permissions.check(request.actor, "communities.appeal_hiding", hiding):
        raise Http404
    form = AppealForm(*posted(request), once=request)
    if form.acts(actions.appeal_hiding, by=request.actor, hiding=hiding):
        messages.success(request, "異議を受け取りました。別の担当者が確かめて、メールでお返事します。")
        return see_other("communities:hiding_mine", hiding.pk)
    context = {
        "form": form, "hiding": hiding, "subject": subject_of(hiding.object_type),
        "may_appeal": hiding.state == HidingState.HIDDEN, "answer": queries.reason_of(hiding, "keep"),
    }  # fmt: skip
    return private(render(request, "communities/hiding_mine.html", context, status=form.status))


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def posting_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community asks of first texts."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    form = PostingRuleForm(*posted(request), community=community, once=request)
    if form.acts(actions.set_posting_rule, by=request.actor, community=community):
        messages.success(request, "投稿の決まりを変えました。")
        return see_other("communities:community_manage", community.slug)
    context = {"community": community, "form": form}
    return render(request, "communities/posting_rule.html", context, status=form.status)
