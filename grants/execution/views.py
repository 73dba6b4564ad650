"""Pages of 執行管理: a year's 科目, one of them with its records, the files of the 財務会計 system."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.areas.site import set_authority
from portal.kernel import imports, paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.import_models import Import, ImportRow, ImportState
from portal.kernel.refusals import Refusal

from ..forms import PostButton
from ..payments.queries import READERS
from . import queries
from .forms import ColumnsForm, TableForm
from .sums import left, uncommitted


@require_safe
@staff_required(*READERS)
def execution(request: HttpRequest, programme: str) -> HttpResponse:
    """Per 科目: budgeted, charged, ordered, paid, left."""
    years = queries.programmes_of(request.scope)  # type: ignore[attr-defined]
    row = get_object_or_404(years, slug=programme)
    set_authority(request, row.authority)
    lines = list(queries.lines(years.filter(pk=row.pk)))
    context = {
        "programme": row,
        "lines": [(line, uncommitted(line), left(line)) for line in lines],
        "totals": _totals(lines),
        "unassigned": queries.unassigned(row, request.scope)[:100],  # type: ignore[attr-defined]
        "keeps_accounts": row.authority.area_id in request.scope.homes(Role.ACCOUNTANT),  # type: ignore[attr-defined]
    }
    return render(request, "grants/execution.html", context)


@require_safe
@staff_required(*READERS)
def execution_line(request: HttpRequest, programme: str, pk: UUID) -> HttpResponse:
    """One 科目 with every record behind its sums."""
    years = queries.programmes_of(request.scope).filter(slug=programme)  # type: ignore[attr-defined]
    line = get_object_or_404(queries.lines(years), pk=pk)
    set_authority(request, line.programme.authority)
    scope: Scope = request.scope  # type: ignore[attr-defined]
    made = paging.keyset(
        request, queries.commitments_of(line, scope), order=("-created_at", "-id"), per_page=60
    )
    context = {
        "line": line,
        "programme": line.programme,
        "uncommitted": uncommitted(line),
        "left": left(line),
        "page": made,
        "payments": queries.payments_of(line, scope)[:200],
    }
    return render(request, "grants/execution_line.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(Role.ACCOUNTANT)
def order_imports(request: HttpRequest) -> HttpResponse:
    """Bring the 財務会計 system's file in; what was brought in before."""
    form = TableForm(request.POST or None, request.FILES or None, once=request)
    place = _place(request.scope)  # type: ignore[attr-defined]
    if form.acts(imports.open_import, by=request.actor, kind=queries.IMPORT, place=place):  # type: ignore[attr-defined]
        return see_other("grants:order_import", form.result.pk)
    page = paging.keyset(
        request,
        queries.imports_of(request.scope),
        order=("-created_at", "-id"),
        per_page=20,  # type: ignore[attr-defined]
    )
    return render(request, "grants/order_imports.html", {"form": form, "page": page}, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(Role.ACCOUNTANT)
def order_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file: its columns, what was read of it row by row, and the step that records it."""
    imported = get_object_or_404(queries.imports_of(request.scope).select_related("file"), pk=pk)  # type: ignore[attr-defined]
    asked = request.POST.get("step", "")
    columns, problem = _columns(request, imported)
    apply = PostButton(request.POST if asked == "apply" else None, once=request)
    if asked == "apply" and apply.acts(imports.ask_to_apply, by=request.actor, imported=imported):  # type: ignore[attr-defined]
        return see_other("grants:order_import", pk)
    if (
        columns
        and asked == "columns"
        and columns.acts(imports.choose_columns, by=request.actor, imported=imported)
    ):  # type: ignore[attr-defined]
        return see_other("grants:order_import", pk)
    if columns is None and asked == "columns":
        messages.error(request, problem)
    shown = columns if columns is not None and columns.is_bound else apply
    context = _context(request, imported) | {
        "columns": columns,
        "apply": apply,
        "form": shown,
        "problem": problem,
    }
    return render(request, "grants/order_import.html", context, status=shown.status)


def _columns(request: HttpRequest, imported: Import) -> tuple[ColumnsForm | None, str]:
    """The form of the columns while they can still be chosen; None and why, when the file cannot be read any more."""
    if imported.state not in (ImportState.UPLOADED, ImportState.MAPPED, ImportState.PREVIEWED):
        return None, ""
    try:
        headings = imports.headings(imported)[0]
    except Refusal as no:
        return None, no.message
    data = request.POST if request.POST.get("step") == "columns" else None
    return ColumnsForm(data, imported=imported, headings=headings, once=request), ""


def _context(request: HttpRequest, imported: Import) -> dict[str, Any]:
    job = imports.current_job(imported)
    rows = ImportRow.objects.filter(imported=imported)
    page = paging.keyset(request, rows, order=("number",), per_page=100)
    return {
        "imported": imported,
        "job": job,
        "busy": job is not None and not job.is_ended,
        "page": page,
    }


def _place(scope: Scope) -> str:
    """The area whose accounts one keeps."""
    return next((post.area_code or "" for post in scope.posts if post.role == Role.ACCOUNTANT), "")


def _totals(lines: list[Any]) -> dict[str, int]:
    names = (
        "amount_yen",
        "planned_yen",
        "committed_yen",
        "carried_yen",
        "ordered_yen",
        "paid_yen",
        "advanced_yen",
        "returned_yen",
    )
    sums = {name: sum(getattr(line, name) for line in lines) for name in names}
    return sums | {"uncommitted_yen": sum(map(uncommitted, lines)), "left_yen": sum(map(left, lines))}
