"""Bringing a table in: send it, say what its columns mean, look at what was read, register, take back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import imports, paging, ports
from portal.kernel.enums import JobState
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other
from portal.kernel.import_models import Decision, Import, ImportRow, ImportState, Verdict
from portal.kernel.refusals import Refusal
from portal.kernel.templatetags.fmt import jday, jtime

from .. import queries
from ..forms.imports import COLUMN_FORMS, HeadingsForm, ImportStepForm, TableForm, TwinsForm
from ..importing import templates
from ..rules import WARD_STAFF
from .requests import posted

LISTS = {"communities": "communities:staff_community_list", "events": "communities:staff_event_list"}
PER_PAGE = 50


def visible_import(request: HttpRequest, pk: UUID) -> Import:
    """An import for one's areas; 404 otherwise."""
    rows = queries.imports_visible_to(request.scope)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("file"), pk=pk)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_community_import(request: HttpRequest) -> HttpResponse:
    """Communities from a ward's own list."""
    return _start(request, "communities")


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_event_import(request: HttpRequest) -> HttpResponse:
    """Events from a list."""
    return _start(request, "events")


@require_safe
@staff_required(*WARD_STAFF)
def staff_import_template(request: HttpRequest, kind: str, ending: str) -> HttpResponse | FileResponse:
    """A table to fill in, with one example row."""
    found = ports.import_kinds.get(kind)
    return templates.answer(found, ending)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_import_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where it stands: being read, to be looked at, registered."""
    imported = visible_import(request, pk)
    if imported.state == ImportState.UPLOADED and request.method != "POST":
        return see_other("communities:staff_import_columns", imported.pk)
    form = ImportStepForm(*posted(request), once=request)
    step = imports.discard if form.is_bound and form.step == "discard" else imports.ask_to_apply
    if form.acts(step, by=request.actor, imported=imported):
        if step is imports.discard:
            messages.success(request, "取りやめました。何も登録していません。")
            return see_other(_start_address(imported))
        return see_other("communities:staff_import_detail", imported.pk)
    context = _detail_context(request, imported) | {"form": form}
    return render(request, "communities/staff_import_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_import_columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which column holds what: guessed from the headings, put right here."""
    imported = visible_import(request, pk)
    columns, problem = _columns(imported)
    form = COLUMN_FORMS[imported.kind](
        *posted(request), imported=imported, columns=columns, scope=request.scope, once=request
    )
    if form.acts(imports.choose_columns, by=request.actor, imported=imported):
        return see_other("communities:staff_import_detail", imported.pk)
    context = _common(imported) | {"form": form, "problem": problem, "found": len(imported.mapping)}
    return render(request, "communities/staff_import_columns.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_import_headings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """In which rows the headings stand, where the guess was wrong."""
    imported = visible_import(request, pk)
    names, head, problem = _head(imported)
    form = HeadingsForm(*posted(request), imported=imported, names=names, once=request)
    if form.acts(imports.read_headings, by=request.actor, imported=imported):
        return see_other("communities:staff_import_columns", imported.pk)
    context = _common(imported) | {"form": form, "head": head[:12], "problem": problem}
    return render(request, "communities/staff_import_headings.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_import_twins(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What becomes of rows that look like something that is there."""
    imported = visible_import(request, pk)
    rows = queries.import_rows(imported, Verdict.TWIN)
    page = paging.keyset(request, rows, order=("number",), per_page=PER_PAGE)
    form = TwinsForm(*posted(request), rows=page.items, once=request)
    if form.acts(imports.decide, by=request.actor, imported=imported):
        messages.success(request, "重なりのある行の扱いを決めました。")
        return see_other(page.next_url or reverse("communities:staff_import_detail", args=[imported.pk]))
    context = _common(imported) | {"form": form, "page": page}
    return render(request, "communities/staff_import_twins.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_import_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what came of it, after a look at what that means."""
    imported = visible_import(request, pk)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(imports.ask_to_undo, by=request.actor, imported=imported):
        return see_other("communities:staff_import_detail", imported.pk)
    context = _common(imported) | {"form": form}
    return render(request, "communities/staff_import_undo.html", context, status=form.status)


@require_safe
@staff_required(*WARD_STAFF)
def staff_import_faults(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """Every fault by cell as csv, to put the table right beside it."""
    imported = visible_import(request, pk)
    rows = queries.import_rows(imported, Verdict.FAULTY).order_by("number")
    return templates.faults(rows.iterator(chunk_size=500))


def _start(request: Any, kind: str) -> HttpResponse:
    form = TableForm(*posted(request), once=request)
    place = queries.import_place(request.scope)
    if form.acts(imports.open_import, by=request.actor, kind=kind, place=place):
        return see_other("communities:staff_import_columns", form.result.pk)
    rows = queries.imports_visible_to(request.scope).filter(kind=kind)
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=20)
    context = {"form": form, "page": page, "kind": ports.import_kinds[kind], "list_url": reverse(LISTS[kind])}
    return render(request, "communities/staff_import_start.html", context, status=form.status)


def _start_address(imported: Import) -> str:
    name = "staff_community_import" if imported.kind == "communities" else "staff_event_import"
    return reverse(f"communities:{name}")


def _common(imported: Import) -> dict[str, Any]:
    return {
        "imported": imported, "kind": ports.import_kinds[imported.kind], "start_url": _start_address(imported),
        "list_url": reverse(LISTS[imported.kind]),
    }  # fmt: skip


def _detail_context(request: HttpRequest, imported: Import) -> dict[str, Any]:
    """The job under way, or the rows of one verdict."""
    show = request.GET.get("show", "")
    if show not in Verdict.values:
        show = Verdict.FAULTY if imported.faulty_count and imported.is_open else Verdict.READY
    rows = queries.import_rows(imported, show)
    job = imports.current_job(imported)
    page = paging.keyset(request, rows, order=("number",), per_page=PER_PAGE)
    numbers = {
        Verdict.FAULTY: imported.faulty_count,
        Verdict.TWIN: imported.twin_count,
        Verdict.READY: imported.ready_count,
    }
    wanted = (
        queries.import_rows(imported, Verdict.TWIN).exclude(decision=Decision.SKIP).count()
        if imported.twin_count
        else 0
    )
    return _common(imported) | {
        "job": job, "busy": job is not None and not job.is_ended, "show": show, "to_register": imported.ready_count + wanted,
        "page": page, "lines": [(row, _shown(imported, row)) for row in page], "publishes": bool(imported.options.get("publish")),
        "failed": job is not None and job.state == JobState.FAILED,
        "tabs": [(verdict.label, f"?show={verdict}", numbers[verdict], verdict == show) for verdict in numbers],
    }  # fmt: skip


def _shown(imported: Import, row: ImportRow) -> str:
    """A few of the values, for telling rows apart."""
    values = [row.values.get(name) or "" for name in ports.import_kinds[imported.kind].shown]
    return "・".join(_plain(value) for value in values if value)


def _plain(value: Any) -> str:
    """A moment as people read it, anything else as it is."""
    moment = parse_datetime(value) if isinstance(value, str) and "T" in value[:11] else None
    return f"{jday(moment)} {jtime(moment)}" if moment else str(value)


def _columns(imported: Import) -> tuple[list[tuple[int, str, str]], str]:
    """The columns to choose from; none, and why, when the file cannot be read any more."""
    try:
        return imports.headings(imported)[0], ""
    except Refusal as no:
        return [], no.message


def _head(imported: Import) -> tuple[list[str], list[Any], str]:
    try:
        return imports.sheet_names(imported), imports.headings(imported)[1], ""
    except Refusal as no:
        return [], [], no.message
