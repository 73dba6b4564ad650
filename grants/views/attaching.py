"""The section 添付書類: one file at a time, kept at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.kernel.http import see_other

from .. import actions
from ..enums import Part
from ..forms import AttachForm, PostButton
from ..models import Application
from .common import case_context
from .presence import presence_context


def attachments(request: HttpRequest, application: Application) -> HttpResponse:
    """List what is attached, paper by paper, and take one more file. The caller has found the application."""
    form = AttachForm(request.POST or None, request.FILES or None, application=application, once=request)
    if form.acts(actions.add_attachment, by=request.actor, application=application):
        messages.success(request, f"{form.result.file.filename}を添付しました。")
        return see_other(application.get_edit_url(Part.ATTACHMENTS))
    context = case_context(application, Part.ATTACHMENTS)
    context |= {"form": form, "shelves": shelves(request, application)}
    context |= presence_context(application, Part.ATTACHMENTS, application.present)  # type: ignore[attr-defined]
    return render(request, "grants/edit_attachments.html", context, status=form.status)


def shelves(request: HttpRequest, application: Application) -> list[dict[str, object]]:
    """The menu's papers with what is attached to each, and whether one is still needed."""
    code = application.project_type.code if application.project_type else ""
    rows = []
    for paper in application.menu.attachable:
        files = [
            (row, PostButton(at=row.get_remove_url(), once=request))
            for row in application.papers
            if row.kind == paper["key"]
        ]
        rows.append({**paper, "files": files, "required": code in paper["required_for"]})
    return rows
