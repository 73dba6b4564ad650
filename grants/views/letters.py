"""A batch of letters: choosing the files, then watching them being made one after the other."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.models import Job

from .. import actions
from ..enums.approving import BatchOutcome
from ..forms import LettersForm
from ..queries import READERS, letters


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(Role.PREFECTURE_OFFICER)
def letters_new(request: HttpRequest) -> HttpResponse:
    """Choose among the files one holds, and record the 決裁 for all of them."""
    files = letters.choosable(request.scope)
    if files:
        set_authority(request, files[0].menu.programme.authority)
    form = LettersForm(request.POST or None, request.FILES or None, rows=files, once=request)
    if form.acts(actions.ask_letters, by=request.actor):
        messages.success(request, "受け付けました。順に通知書を作っています。")
        return see_other(form.result)
    return render(request, "grants/letters_new.html", {"form": form, "files": files}, status=form.status)


@require_safe
@staff_required(*READERS)
def letter_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a batch is, file by file."""
    seen = letters.visible_to(request.scope).select_related("menu__programme__authority", "asked_by")
    batch = get_object_or_404(seen, pk=pk)
    set_authority(request, batch.menu.programme.authority)
    items = list(batch.items.select_related("application__municipality"))
    context = {
        "batch": batch,
        "items": items,
        "done": sum(item.outcome == BatchOutcome.DONE for item in items),
        "refused": sum(item.outcome == BatchOutcome.REFUSED for item in items),
        "job": Job.objects.filter(key=batch.job_key).first(),
    }
    return render(request, "grants/letter_batch.html", context)
