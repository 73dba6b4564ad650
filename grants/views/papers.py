"""Files of an application, and the paper as it would look."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.documents import papers
from portal.kernel.http import attachment as send_file
from portal.kernel.http import see_other

from .. import actions, queries
from ..documents import KIND
from ..enums import Part
from ..forms import PostButton
from ..models import Attachment
from ..rules import WRITERS
from .common import find_own


@require_safe
@staff_required
def attachment_file(request: HttpRequest, pk: UUID, attachment_pk: UUID) -> HttpResponse:
    """One attached file: for the applicant, and once it was submitted, for those who examine it."""
    seen = queries.files_visible_to(request.scope).select_related("file")
    return send_file(get_object_or_404(seen, application=pk, pk=attachment_pk).file)


@require_POST
@staff_required(*WRITERS)
def attachment_remove(request: HttpRequest, pk: UUID, attachment_pk: UUID) -> HttpResponse:
    """Take a file out of a draft."""
    application = find_own(request, pk)
    attachment = get_object_or_404(
        Attachment.objects.select_related("file", "application"), application=pk, pk=attachment_pk
    )
    form = PostButton(request.POST, once=request)
    if form.acts(actions.remove_attachment, by=request.actor, attachment=attachment):
        messages.success(request, f"{attachment.file.filename}を外しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(application.get_edit_url(Part.ATTACHMENTS))


@require_safe
@staff_required(*WRITERS)
def application_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """申請書と収支予算書 as they would look: 「見本」, no number, nothing stored."""
    application = find_own(request, pk)
    content = papers.preview(
        KIND, application, authority=application.menu.programme.authority, own_number=application.own_number
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="mihon.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
