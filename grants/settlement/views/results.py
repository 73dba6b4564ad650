"""実績報告 on screen: read by both sides, written by the municipality, filed by its chief."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import attachment as send_file
from portal.kernel.http import see_other

from ... import queries as applications
from ...calculations import settlement as sums
from ...enums import ApplicationState, Setsu
from ...forms import PostButton
from ...models import Application, ResultFile
from ...rules import MUNICIPAL
from ...views.common import find
from .. import queries
from ..actions import paying
from ..actions import results as actions
from ..forms.office import InvoiceForm
from ..forms.results import EvidenceForm, ResultForm
from ..papers import INVOICE, RESULT, SETTLEMENT, setsu_rows
from ..queries.reported import Reported, reported
from . import keeping


@require_safe
@staff_required
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The result: what was done, the 決算, the evidence, the paper; for the municipality with what is to be done next."""
    return _page(request, _find(request, pk))


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def result_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the result; saved as far as it is written."""
    application = keeping.own(request, pk, ResultForm.sheet)
    if request.method == "GET" and application.state != ApplicationState.DECIDED:
        return redirect(application.get_result_url())
    form = keeping.form_of(request, application, ResultForm)
    if request.method == "POST" and form.acts(actions.save_result, by=request.actor, application=application):
        keeping.let_go(request, application, form)
        messages.success(request, "実績を保存しました。証拠書類を添付し、内容を確かめて報告します。")
        return see_other(application.get_result_url())
    amounts = form.amounts
    context = keeping.writing_context(request, application, form) | {
        "application": application,
        "form": form,
        "amounts": amounts,
        "formula_rows": formula(application, amounts),
        "due_on": queries.due_on(application, form.initial.get("completed_on")),
    }
    return render(request, "grants/settlement/result_edit.html", context, status=form.status)


@require_POST
@staff_required(*MUNICIPAL)
def result_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Save the result while people type."""
    application = keeping.own(request, pk, ResultForm.sheet)
    return keeping.autosaved(
        request, application, ResultForm, actions.save_result, partial(formula, application)
    )


@require_POST
@staff_required(*MUNICIPAL)
def result_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let go of what was set aside of the result."""
    return keeping.settled(request, _own(request, pk), ResultForm.sheet)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def result_attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Attach one piece of evidence."""
    application = _own(request, pk)
    form = EvidenceForm(request.POST, request.FILES, at=_at("result_attach", application), once=request)
    if form.acts(actions.add_evidence, by=request.actor, application=application):
        messages.success(request, f"{form.result.file.filename}を添付しました。")
        return see_other(application.get_result_url())
    return _page(request, application, failed={"attach": form})


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def result_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """File the result; refused, the page says what is missing."""
    application = _own(request, pk)
    permissions.require(request.actor, "grants.report_result", application)
    form = PostButton(request.POST, at=_at("result_submit", application), once=request)
    if form.acts(actions.file_result, by=request.actor, application=application):
        messages.success(request, "実績を報告しました。実績報告書と収支決算書を作っています。")
        return see_other(application.get_result_url())
    return _page(request, application, failed={"submit": form})


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def result_invoice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the invoice of a settled file."""
    application = _own(request, pk)
    permissions.require(request.actor, "grants.claim_payment", application)
    form = InvoiceForm(request.POST, at=_at("result_invoice", application), once=request)
    if form.acts(paying.send_invoice, by=request.actor, application=application):
        messages.success(request, "請求書を出しました。")
        return see_other(application.get_result_url())
    return _page(request, application, failed={"invoice": form})


@require_safe
@staff_required
def result_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """One piece of evidence, for those who see it."""
    seen = queries.files_visible_to(request.scope)
    return send_file(get_object_or_404(seen, report__application=pk, pk=file_pk).file)


@require_POST
@staff_required(*MUNICIPAL)
def result_file_remove(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """Take a piece of evidence out."""
    application = _own(request, pk)
    row = get_object_or_404(
        ResultFile.objects.select_related("file", "report__application"), report__application=pk, pk=file_pk
    )
    form = PostButton(request.POST, once=request)
    if form.acts(actions.remove_evidence, by=request.actor, file=row):
        messages.success(request, f"{row.file.filename}を外しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(application.get_result_url())


def formula(application: Application, amounts: Any) -> list[tuple[str, str, str, str]]:
    """The settlement line by line, for `{% formula %}`."""
    return [
        ("", "決算の支出の合計", f"{amounts.total_yen:,}", ""),
        ("−", "対象外の経費", f"{amounts.ineligible_yen:,}", ""),
        ("−", "特定財源", f"{amounts.specific_yen:,}", ""),
        ("=", "補助対象経費", f"{amounts.base_yen:,}", "sum"),
        ("×", f"補助率 {application.menu.share_label}", f"{amounts.shared_yen:,}", ""),
        ("≦", "交付決定額", f"{application.decided_yen or 0:,}", ""),
        ("=", "補助金の額(千円未満切捨て)", f"{amounts.grant_yen:,}円", "grant"),
    ]


def result_context(application: Application, found: Reported) -> dict[str, Any]:
    """What both sides read of a result."""
    report, lines = found.report, [line.row for line in found.expenses]
    amounts = queries.amounts(
        application, expenses=lines, incomes=found.incomes, outlay_yen=report.outlay_yen
    )
    before: dict[int, int] = {}
    for setsu, amount in found.before:
        before[setsu] = before.get(setsu, 0) + amount
    over = sums.shifted(before, sums.by_setsu(lines), application.menu.shift_percent)
    return {
        "report": report,
        "amounts": amounts,
        "formula_rows": formula(application, amounts),
        "rows": setsu_rows(found.expenses),
        "evidence": queries.evidence_of(report),
        "shifted": [Setsu(number).heading for number in over],
        "due_on": queries.due_on(application, report.completed_on),
    }


def _find(request: HttpRequest, pk: UUID) -> Application:
    """The decided application, if its result may be read: its municipality always, the prefecture once it was filed."""
    application = find(request, applications.with_case(applications.visible_to(request.scope)), pk)
    if not application.is_granted and not application.revoked_at:
        raise Http404
    if not permissions.check(
        request.actor, "grants.write_result", application
    ) and not queries.lies_with_prefecture(application):
        raise Http404
    return application


def _own(request: HttpRequest, pk: UUID) -> Application:
    application = _find(request, pk)
    verdict = permissions.check(request.actor, "grants.write_result", application)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return application


def _at(name: str, application: Application) -> str:
    return reverse(f"grants:{name}", args=[application.pk])


def _forms(request: HttpRequest, application: Application, failed: dict[str, OnceForm]) -> dict[str, Any]:
    """The forms of the page; one that was refused, as it was typed."""
    shapes: dict[str, Any] = {
        "attach": (EvidenceForm, "result_attach"),
        "submit": (PostButton, "result_submit"),
        "invoice": (InvoiceForm, "result_invoice"),
    }
    return {
        name: failed.get(name) or shape(at=_at(route, application), once=request)
        for name, (shape, route) in shapes.items()
    }


def _page(
    request: HttpRequest, application: Application, failed: dict[str, OnceForm] | None = None
) -> HttpResponse:
    found = reported(application)
    writes = bool(permissions.check(request.actor, "grants.write_result", application))
    kinds = (RESULT, SETTLEMENT, INVOICE)
    context: dict[str, Any] = {"application": application, "report": None, "writes": writes, "evidence": []}
    context |= {"due_on": queries.due_on(application), "shifted": []}
    if found is not None:
        context |= result_context(application, found)
    context |= {
        "is_open": writes and application.state == ApplicationState.DECIDED,
        "verdict": permissions.check(request.actor, "grants.report_result", application),
        "forms": _forms(request, application, failed or {}),
        "form": next(iter(failed.values())) if failed else None,
        "files": [(row, PostButton(at=row.get_remove_url(), once=request)) for row in context["evidence"]],
        "documents": documents.of(application).filter(kind__in=kinds),
        "balance": queries.balance_of(application) if application.settled_yen is not None else None,
        "sent_invoice": found.invoice if found is not None else None,
    }
    status = context["form"].status if context["form"] else 200
    return render(request, "grants/settlement/result.html", context, status=status)
