"""The staff's queue of reports, what is hidden, and appeals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums.people import HidingState, ReportState
from ..forms.communities import StepForm
from ..forms.moderation import HideForm, QueueForm
from ..models import Hiding, Report
from ..moderation.subjects import row_of, subject_of
from ..rules import READERS, WARD_STAFF
from .moderation import visible_subject
from .requests import may, posted, require

ANSWERED = {"uphold": "非表示にしました。書いた人に理由を知らせました。", "dismiss": "問題なしとしました。"}
MOVED = {
    "restore": "もとに戻しました。", "grant": "異議を認めて、もとに戻しました。", "keep": "非表示のままとし、理由を知らせました。",
}  # fmt: skip


CLOSED = "メッセージは、確認が終わったため表示しません。"


def _tabs(states: type, chosen: str) -> list[tuple[str, str, None, bool]]:
    return [(state.label, f"?state={state.value}", None, state.value == chosen) for state in states]


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_report_list(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; several answered at once."""
    state = request.GET.get("state", "")
    state = state if state in ReportState.values else ReportState.OPEN
    rows = queries.reports_listed(request.scope).filter(state=state)
    order = ("created_at", "id") if state == ReportState.OPEN else ("-created_at", "-id")
    page = paging.keyset(request, rows, order=order, per_page=50)
    form = QueueForm(*posted(request), offered=queries.reports_visible_to(request.scope), once=request)
    if form.acts(actions.answer_reports, by=request.actor):
        messages.success(request, ANSWERED[form.data["step"]])
        return see_other("communities:staff_report_list")
    context = {
        "page": page, "form": form, "state": state, "tabs": _tabs(ReportState, state),
        "rows": [(row, subject_of(row.object_type)) for row in page.items],
        "may_answer": state == ReportState.OPEN and request.scope.has(*WARD_STAFF), "chosen": form.chosen(),
    }  # fmt: skip
    return render(request, "communities/staff_report_list.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report beside what it is about."""
    rows = queries.reports_listed(request.scope).select_related("area__parent", "user", "answered_by")
    report: Report = get_object_or_404(rows, pk=pk)
    steps = workflow.REPORT.available(report, request.actor)
    form = StepForm(*posted(request), steps=steps, names=ANSWERED, once=request)
    if form.acts(_answer, by=request.actor, report=report):
        messages.success(request, ANSWERED[form.data["step"]])
        return see_other("communities:staff_report_list")
    subject, row = subject_of(report.object_type), row_of(report.object_type, report.object_id)
    context = {
        "report": report, "form": form, "subject": subject, "row": row,
        "title": subject.title(row) if row else "",
        "page_url": subject.page(row) if row and not subject.is_private else "",
        "text": _text(request, report, row, report.state == ReportState.OPEN),
    }  # fmt: skip
    return render(request, "communities/staff_report_detail.html", context, status=form.status)


def _text(request: HttpRequest, case: Report | Hiding, row: Any, is_asked: bool) -> str:
    """What was written. What only two people read is shown while somebody asks the staff to look, and no longer.

    Each such reading is written down before it is shown.
    """
    subject = subject_of(case.object_type)
    if row is None:
        return ""
    if not subject.is_private:
        return subject.text(row)
    if not is_asked:
        return CLOSED
    actions.note_reading(by=request.actor, case=case)  # type: ignore[attr-defined]
    return subject.text(row)


def _answer(*, by, report: Report, step: str, note: str = "") -> Report:
    return actions.answer_reports(by=by, reports=[report], step=step, note=note)[0]


@require_safe
@staff_required(*READERS)
def staff_hiding_list(request: HttpRequest) -> HttpResponse:
    """What is hidden, appeals on request, newest first."""
    state = request.GET.get("state", "")
    state = state if state in HidingState.values else HidingState.APPEALED
    rows = queries.hidings_visible_to(request.scope).filter(state=state).select_related("area")
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=50)
    context = {
        "page": page, "state": state, "tabs": _tabs(HidingState, state),
        "rows": [(row, subject_of(row.object_type)) for row in page.items],
    }  # fmt: skip
    return render(request, "communities/staff_hiding_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_hiding_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One hiding: why, the appeal, and what is decided."""
    rows = queries.hidings_visible_to(request.scope).select_related("area__parent", "hidden_by", "decided_by")
    hiding: Hiding = get_object_or_404(rows, pk=pk)
    steps = [step for step in workflow.HIDING.available(hiding, request.actor) if step.name in MOVED]
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_hiding, by=request.actor, hiding=hiding):
        messages.success(request, MOVED[form.data["step"]])
        return see_other("communities:staff_hiding_detail", hiding.pk)
    subject, row = subject_of(hiding.object_type), row_of(hiding.object_type, hiding.object_id)
    context = {
        "hiding": hiding, "form": form, "subject": subject,
        "text": _text(request, hiding, row, hiding.state == HidingState.APPEALED),
        "must_be_another": hiding.state == HidingState.APPEALED and not steps and may(request, "communities.moderate", hiding),
    }  # fmt: skip
    return render(request, "communities/staff_hiding_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_hide(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Hide something of one's area at once, with the reason its author reads."""
    subject, row = visible_subject(request, kind, pk)
    require(request, "communities.moderate", Hiding(area_id=subject.area(row)))
    form = HideForm(*posted(request), once=request)
    if form.acts(actions.hide_object, by=request.actor, subject=kind, row=row):
        messages.success(request, ANSWERED["uphold"])
        return see_other("communities:staff_hiding_detail", form.result.pk)
    context = {"form": form, "subject": subject, "title": subject.title(row), "page_url": subject.page(row)}
    return render(request, "communities/staff_hide.html", context, status=form.status)
