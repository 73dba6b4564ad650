"""The municipality's side of a 要望調査: its list, its answer, sending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, needs
from ..forms import PostButton
from ..forms.needs import NeedsForm
from ..models import NeedsAnswer
from ..rules import MUNICIPAL


@require_safe
@staff_required(*MUNICIPAL)
def needs_list(request: HttpRequest) -> HttpResponse:
    """What one's municipality was asked, newest first."""
    page = paging.keyset(request, needs.own(request.scope), order=("-created_at", "id"), per_page=20)
    return render(request, "grants/needs_list.html", {"page": page})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def needs_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the answer while it is asked; read it, and its 内示, afterwards."""
    answer = _own(request, pk)
    form = NeedsForm(request.POST or None, answer=answer, once=request)
    if request.method == "POST" and form.acts(actions.save_needs, by=request.actor, answer=answer):
        messages.success(request, "保存しました。決裁者が提出すると、県に届きます。")
        return see_other(answer)
    return _page(request, answer, form)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def needs_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the answer as it is stored, by the chief."""
    answer = _own(request, pk)
    permissions.require(request.actor, "grants.send_needs", answer)
    button = PostButton(request.POST, once=request)
    if button.acts(actions.send_needs, by=request.actor, answer=answer):
        messages.success(request, "要望調査の回答を提出しました。")
        return see_other(answer)
    return _page(request, answer, NeedsForm(answer=answer, once=request), button)


def _own(request: HttpRequest, pk: UUID) -> NeedsAnswer:
    answer = get_object_or_404(needs.own(request.scope), pk=pk)
    set_authority(request, answer.survey.menu.programme.authority)
    return answer


def _page(
    request: HttpRequest, answer: NeedsAnswer, form: NeedsForm, button: PostButton | None = None
) -> HttpResponse:
    context = {
        "answer": answer,
        "form": form,
        "refused": button,
        "reason": needs.return_reason(answer),
        "send": button or PostButton(at=answer.get_send_url(), once=request),
        "letter": documents.of(answer).first() if answer.notice_yen is not None else None,
        "may_send": permissions.check(request.actor, "grants.send_needs", answer),
    }
    return render(request, "grants/needs_answer.html", context, status=(button or form).status)
