"""The municipality's answers to remarks, and what changed between two submissions, for both sides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, comparing, queries
from ..forms import AnswerForm
from ..models import Application, Remark
from ..queries import READERS
from ..rules import MUNICIPAL, WRITERS
from .common import find, find_own
from .drafts import detail_page


@keeps_form
@require_POST
@staff_required(*WRITERS)
def remark_answer(request: HttpRequest, pk: UUID, remark_pk: UUID) -> HttpResponse:
    """Answer one remark."""
    application = find_own(request, pk)
    sent = Remark.objects.filter(application=pk, sent_at__isnull=False).select_related("application")
    remark = get_object_or_404(sent, pk=remark_pk)
    form = AnswerForm(request.POST, remark=remark, at=remark.get_answer_url(), once=request)
    if form.acts(actions.answer_remark, by=request.actor, remark=remark):
        messages.success(request, "回答を保存しました。提出すると、県に届きます。")
        return see_other(application)
    return detail_page(request, pk, failed=form)


@require_safe
@staff_required(*READERS, *MUNICIPAL)
def application_changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two submissions side by side: only what changed. `?from=1&to=2`; without it, the last two."""
    seen = queries.with_case(queries.visible_to(request.scope).filter(version__gte=2))
    application = find(request, seen, pk)
    first, second = _wanted(request, application)
    pair = queries.snapshot_pair(application, first, second)
    if len(pair) < 2:
        raise Http404
    context = {
        "application": application,
        "earlier": pair[0],
        "later": pair[1],
        "numbers": range(1, application.version + 1),
        "sections": comparing.compare(pair[0].data, pair[1].data),
        "remarks": [
            row for row in queries.remarks_of(application, sent_only=True) if first <= row.number < second
        ],
    }
    return render(request, "grants/application_changes.html", context)


def _wanted(request: HttpRequest, application: Application) -> tuple[int, int]:
    """Two different submissions, the earlier first; nonsense becomes the last two."""

    def number(name: str, default: int) -> int:
        text: Any = request.GET.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 5 else default

    first, second = number("from", application.version - 1), number("to", application.version)
    if not 1 <= first < second <= application.version:
        return application.version - 1, application.version
    return first, second
