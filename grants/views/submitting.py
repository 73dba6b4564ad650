"""The confirmation page and the submission."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import staff_required
from portal.kernel import clock, permissions
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..documents import filed
from ..rules import WRITERS
from .common import case_context, find_own, late_context


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*WRITERS)
def application_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What will be filed, once more in full, and the chief's button. Others see why they have none."""
    application = find_own(request, pk)
    if request.method == "GET" and not application.is_editable:
        return redirect(application)
    form = ButtonForm(request.POST or None, once=request)
    if form.acts(actions.submit, by=request.actor, application=application):
        messages.success(
            request, "提出しました。申請書の確認番号と、提出したファイルの一覧を控えてください。"
        )
        return see_other(application)
    context = (
        case_context(application)
        | {
            "form": form,
            "verdict": permissions.check(request.actor, "grants.submit_application", application),
        }
        | late_context(application)
    )
    context["is_open"] = application.may_be_submitted_at(clock.now()) or bool(context["admission"])
    context["sheet"] = filed(application, context["amounts"])
    return render(request, "grants/application_submit.html", context, status=form.status)
