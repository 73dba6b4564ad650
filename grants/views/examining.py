"""The officer's examination of one file: checklist, remarks, return for correction, pass; who holds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import clock, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..early import queries as early
from ..enums import Place, Side
from ..forms import ChecksForm, DueForm, EndForm, ExtendForm, PostButton, RemarkForm
from ..models import Application, Remark
from ..queries import READERS, presence
from .common import find
from .presence import presence_context


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: what it is, what it does, what is said then, and whether the page is left."""

    form: type[Any]
    action: Callable[..., Any]
    said: str
    leaves: bool = False


ACTS: dict[str, Act] = {
    "checks": Act(ChecksForm, actions.answer_checks, "審査の項目を保存しました。"),
    "remark": Act(RemarkForm, actions.write_remark, "指摘を書きました。補正を依頼すると、市町村に届きます。"),
    "return": Act(DueForm, actions.return_for_correction, "補正を依頼しました。市町村にメールで知らせます。", True),
    "extend": Act(ExtendForm, actions.extend_correction, "補正の期限を延ばしました。市町村にメールで知らせます。", True),
    "end": Act(EndForm, actions.end_correction, "記録しました。市町村にメールで知らせます。", True),
    "pass": Act(PostButton, actions.pass_screening, "内容審査に進めました。", True),
    "hold": Act(PostButton, actions.take_over, "担当を替わりました。"),
}  # fmt: skip


@require_safe
@staff_required(*READERS)
def staff_examine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything an officer needs to examine one file."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_examine_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of the examination; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    application, shape = _find(request, pk), ACTS[act]
    form = _form(request, application, act, request.POST)
    if form.acts(shape.action, by=request.actor, application=application):
        messages.success(request, shape.said)
        return see_other(application.get_staff_url() if shape.leaves else application.get_examine_url())
    return _page(request, application, act, form)


@require_POST
@staff_required(*READERS)
def remark_remove(request: HttpRequest, pk: UUID, remark_pk: UUID) -> HttpResponse:
    """Take back a remark that was not sent yet."""
    application = _find(request, pk)
    remark = get_object_or_404(Remark.objects.select_related("application"), application=pk, pk=remark_pk)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.remove_remark, by=request.actor, remark=remark):
        messages.success(request, "指摘を消しました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(application.get_examine_url())


def _find(request: HttpRequest, pk: UUID) -> Application:
    seen = presence.noting_present(queries.received(request.scope), Side.PREFECTURE, request.scope.user_id)
    application = find(request, early.with_early(queries.with_case(seen)), pk)
    permissions.require(request.actor, "grants.examine_application", application)
    return application


def _form(request: HttpRequest, application: Application, act: str, data: Any = None) -> Any:
    shape = ACTS[act]
    more: dict[str, Any] = {}
    if shape.form is ChecksForm:
        more = {"application": application, "found": queries.checks_of(application)}
    at = reverse("grants:staff_examine_act", args=[application.pk, act])
    return shape.form(data, at=at, once=request, **more)


def _page(
    request: HttpRequest, application: Application, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    snapshot = queries.latest_snapshot(application)
    forms = {name: _form(request, application, name) for name in ACTS if name != act}
    if failed is not None:
        forms[act] = failed
    remarks = queries.remarks_of(application, sent_only=False)
    context = {
        "application": application,
        "snapshot": snapshot,
        "sheet": snapshot.data,
        "forms": forms,
        "form": failed,
        "remarks": [row for row in remarks if row.sent_at],
        "waiting": [
            (row, PostButton(at=row.get_remove_url(), once=request)) for row in remarks if not row.sent_at
        ],
        "may_draft": permissions.check(request.actor, "grants.draft_decision", application),
        "is_mine": application.held_by_id == request.scope.user_id,
        "is_late": application.is_returned and not application.may_be_submitted_at(clock.now()),
        "early": early.mark_of(application),
        "open_checks": _open_checks(forms["checks"]),
    } | presence_context(application, Place.EXAMINE, application.present)  # type: ignore[attr-defined]
    return render(request, "grants/staff_examine.html", context, status=failed.status if failed else 200)


def _open_checks(form: ChecksForm) -> int:
    """Points without a verdict."""
    return sum(1 for _, verdict, _ in form.rows() if not verdict.initial)
