"""Taking a list out: say in which form (and for what), wait where it is long, fetch it."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import exports, http, ports
from portal.kernel.export_models import Export, ExportForm
from portal.kernel.exports.making import TYPES
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.models import Job

from .. import queries
from ..forms.exports import ExportAskForm
from .requests import posted


def own_export(request: HttpRequest, pk: UUID) -> Export:
    """An export of one's own that can still be fetched; 404 otherwise."""
    rows = queries.exports_visible_to(request.scope)  # type: ignore[attr-defined]
    export = get_object_or_404(rows.select_related("file"), pk=pk)
    if not export.is_open or not request.scope.has(*ports.export_kinds[export.kind].roles):  # type: ignore[attr-defined]
        raise Http404
    return export


@require_http_methods(["GET", "POST"])
@staff_required
@keeps_form
def staff_export_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The list with its filters stands in the address; here one says in which form it is wanted."""
    found = ports.export_kinds.get(kind)
    if found is None or not request.scope.has(*found.roles):
        raise Http404
    params = found.known(request.GET.dict())
    if found.admits is not None:
        found.admits(request.actor, params)
    form = ExportAskForm(*posted(request), kind=found, once=request)
    if form.acts(exports.ask_for_export, by=request.actor, kind=kind, params=params):
        name = "staff_export_detail" if form.result.is_long else "staff_export_file"
        return see_other(f"communities:{name}", form.result.pk)
    context = {"form": form, "kind": found, "params": params}
    return render(request, "communities/staff_export_new.html", context, status=form.status)


@require_safe
@staff_required
def staff_export_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a long one is, and where to fetch it."""
    export = own_export(request, pk)
    job = Job.objects.filter(key=export.job_key).first() if export.is_long else None
    context = {"export": export, "job": job, "kind": ports.export_kinds[export.kind]}
    return render(request, "communities/staff_export_detail.html", context)


@require_safe
@staff_required
def staff_export_file(request: HttpRequest, pk: UUID) -> StreamingHttpResponse | FileResponse:
    """The file: written before when it is long, else read now, with the rights one has now."""
    export = own_export(request, pk)
    kind = ports.export_kinds[export.kind]
    if kind.admits is not None:
        kind.admits(request.actor, export.params)
    if export.is_long:
        if export.file is None:
            raise Http404
        return http.attachment(export.file)
    answer = StreamingHttpResponse(
        exports.stream(export, request.actor), content_type=TYPES[ExportForm(export.form)]
    )
    answer.headers["Content-Disposition"] = content_disposition_header(True, exports.filename_of(export))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
