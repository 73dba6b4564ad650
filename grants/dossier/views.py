"""Pages of 一件書類 and 黒塗り, for the officers of the file's office; auditors read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import attachment, see_other
from portal.kernel.models import Job

from ..forms import PostButton
from ..models import Application, Dossier, Redaction, RedactionMark
from . import actions, queries
from .forms import FieldForm, PagesForm, RegionForm, StartForm, TermForm
from .paging import page_picture
from .queries import READERS

MARKS: dict[str, type[Any]] = {"term": TermForm, "field": FieldForm, "pages": PagesForm, "region": RegionForm}


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def dossier_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The 一件書類 of a file with their copies; another one is asked for here."""
    application = get_object_or_404(
        queries.cases(request.scope).select_related("menu__programme__authority"), pk=pk
    )
    form = PostButton(request.POST or None, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.make_dossier", application)
        if form.acts(actions.ask_dossier, by=request.actor, application=application):
            messages.success(request, "一件書類を作りはじめました。できあがると、ここから開けます。")
            return see_other("grants:dossier_list", application.pk)
    return _list(request, application, form)


@keeps_form
@require_POST
@staff_required(*READERS)
def redaction_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a blacked-out copy."""
    dossier = get_object_or_404(queries.dossiers(request.scope), pk=pk)
    permissions.require(request.actor, "grants.make_dossier", dossier.application)
    form = StartForm(request.POST, at=dossier.get_redact_url(), once=request)
    if form.acts(actions.start_redaction, by=request.actor, dossier=dossier):
        return see_other(form.result)
    return _list(request, dossier.application, PostButton(once=request), (dossier, form))


@require_safe
@staff_required(*READERS)
def dossier_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PDF with everything."""
    return _file(get_object_or_404(queries.dossiers(request.scope), pk=pk))


@require_safe
@staff_required(*READERS)
def redaction_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PDF with what may be shown."""
    return _file(_redaction(request, pk))


@require_safe
@staff_required(*READERS)
def redaction_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A copy: its marks with their reasons, its pages, the forms to mark more."""
    return _page(request, _redaction(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def redaction_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One mark, or the making of the copy."""
    redaction = _redaction(request, pk)
    permissions.require(request.actor, "grants.redact_dossier", redaction)
    if act == "make":
        form: OnceForm = PostButton(request.POST, once=request)
        done = form.acts(actions.make_redaction, by=request.actor, redaction=redaction)
    elif act in MARKS:
        form = MARKS[act](request.POST, at=redaction.get_act_url(act), once=request)
        done = form.acts(actions.mark, by=request.actor, redaction=redaction)
    else:
        raise Http404
    if done:
        said = "写しを作りはじめました。" if act == "make" else "印を付けました。"
        messages.success(request, said)
        return see_other(f"{redaction.get_absolute_url()}?page={_number(request.POST.get('page', ''))}")
    return _page(request, redaction, act, form)


@require_POST
@staff_required(*READERS)
def redaction_mark_remove(request: HttpRequest, pk: UUID, mark_pk: UUID) -> HttpResponse:
    """Take a mark away."""
    redaction = _redaction(request, pk)
    permissions.require(request.actor, "grants.redact_dossier", redaction)
    mark = get_object_or_404(redaction.marks, pk=mark_pk)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.remove_mark, by=request.actor, redaction=redaction, mark=mark):
        messages.success(request, "印を消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(redaction)


@require_safe
@staff_required(*READERS)
def redaction_page(request: HttpRequest, pk: UUID, page: int) -> HttpResponse:
    """A page as the copy will show it, with a grid to read places from."""
    redaction = _redaction(request, pk)
    if not 1 <= page <= (redaction.dossier.page_count or 0):
        raise Http404
    try:
        with TemporaryDirectory(prefix="page-") as folder:
            content = page_picture(redaction, page, Path(folder))
    except FileNotFoundError:
        raise Http404 from None  # its bytes are lost
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "private, no-store"})


def _redaction(request: HttpRequest, pk: UUID) -> Redaction:
    redaction = get_object_or_404(queries.redactions(request.scope), pk=pk)
    set_authority(request, redaction.dossier.application.menu.programme.authority)
    return redaction


def _file(row: Dossier | Redaction) -> HttpResponse:
    if row.file is None:
        raise Http404
    return attachment(row.file)


def _list(
    request: HttpRequest,
    application: Application,
    form: OnceForm,
    failed: tuple[Dossier, StartForm] | None = None,
) -> HttpResponse:
    set_authority(request, application.menu.programme.authority)
    rows = list(queries.of_case(application))
    jobs = {
        job.key: job for job in Job.objects.filter(key__in=[row.job_key for row in rows if not row.file_id])
    }
    starts = {row.pk: StartForm(at=row.get_redact_url(), once=request) for row in rows if row.file_id}
    if failed:
        starts[failed[0].pk] = failed[1]
    shown = failed[1] if failed else form
    context = {
        "application": application,
        "rows": [(row, jobs.get(row.job_key), starts.get(row.pk)) for row in rows],
        "form": form,
        "failed": shown if shown.is_bound else None,
        "may": permissions.check(request.actor, "grants.make_dossier", application),
        "making": any(not row.file_id for row in rows),
    }
    return render(request, "grants/dossier_list.html", context, status=shown.status)


def _page(
    request: HttpRequest, redaction: Redaction, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    pages = redaction.dossier.page_count or 1
    page = min(_number((request.POST if failed else request.GET).get("page", "")), pages)
    forms = _forms(request, redaction, page) | ({act: failed} if failed else {})
    waits = not redaction.is_draft and not redaction.is_made
    context = {
        "redaction": redaction,
        "application": redaction.dossier.application,
        "marks": _marks(request, redaction),
        "forms": forms,
        "failed": failed,
        "page": page,
        "pages": pages,
        "picture": redaction.get_page_url(page),
        "job": Job.objects.filter(key=redaction.job_key).first() if waits else None,
        "may": permissions.check(request.actor, "grants.redact_dossier", redaction),
    }
    return render(request, "grants/redaction_detail.html", context, status=failed.status if failed else 200)


def _forms(request: HttpRequest, redaction: Redaction, page: int) -> dict[str, Any]:
    """The ways to mark, and the button that has the copy made."""
    forms: dict[str, Any] = {
        name: shape(at=redaction.get_act_url(name), once=request, initial={"page": page})
        for name, shape in MARKS.items()
    }
    return forms | {"make": PostButton(at=redaction.get_act_url("make"), once=request)}


def _marks(request: HttpRequest, redaction: Redaction) -> list[tuple[RedactionMark, PostButton]]:
    """Every mark with the button that takes it away."""
    rows = redaction.marks.select_related("written_by")
    return [(row, PostButton(at=row.get_remove_url(), once=request)) for row in rows]


def _number(text: str) -> int:
    """A page that stands in an address; 1 for anything else."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
