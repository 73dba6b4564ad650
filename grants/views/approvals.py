"""決裁 on screen: what waits, one of them with its steps, and the ways to end it. The same pages for every table."""

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
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.areas.site import set_authority
from portal.kernel import http, paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..contracts.details import details as contract_details
from ..enums.approving import SIGNING
from ..forms import PostButton, RecordForm, SendBackForm, SignForm
from ..models import Approval, ApprovalStep
from ..queries import READERS, approving, signers
from ..rules import PREFECTURAL
from ..settlement.details import details


@dataclass(frozen=True, slots=True)
class Ending:
    """One way to go on with a 決裁."""

    form: type[Any]
    action: Callable[..., Any]
    said: str


ENDINGS: dict[str, Ending] = {
    "record": Ending(RecordForm, actions.record_approval, "決裁を記録しました。通知書を作っています。"),
    "sign": Ending(SignForm, actions.sign_approval, "決裁しました。"),
    "seen": Ending(PostButton, actions.view_deputised, "後閲を記録しました。"),
    "send_back": Ending(SendBackForm, actions.send_back_approval, "差し戻しました。起案した人にメールで知らせます。"),
}  # fmt: skip


@require_safe
@staff_required(*READERS)
def approval_list(request: HttpRequest) -> HttpResponse:
    """Open 決裁, oldest first; `?all=1` shows those that ended too, newest first."""
    everything = request.GET.get("all") == "1"
    rows = approving.visible_to(request.scope) if everything else approving.waiting(request.scope)
    order = ("-drafted_at", "id") if everything else ("drafted_at", "id")
    page = paging.keyset(request, approving.with_case(rows), order=order, per_page=60)
    context = {
        "page": page,
        "everything": everything,
        "may_name": request.scope.has(*SIGNING),
        "may_batch": request.scope.has(Role.PREFECTURE_OFFICER),
        "may_sign": request.scope.has(*PREFECTURAL),
        "rows": [(row, approving.next_step(row)) for row in page.items],
    }
    return render(request, "grants/approval_list.html", context)


@require_safe
@staff_required(*READERS)
def approval_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 決裁: what is decided, who signed, and the next step for who may take it."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def approval_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Record, sign or send back; refused, the page comes again with everything that was typed."""
    if act not in ENDINGS:
        raise Http404
    approval, shape = _find(request, pk), ENDINGS[act]
    permissions.require(request.actor, _permission(approval), approval)
    form = _form(request, approval, act, request.POST, request.FILES)
    if form.acts(shape.action, by=request.actor, approval=approval):
        messages.success(request, shape.said)
        return see_other(approval)
    return _page(request, approval, act, form)


@require_safe
@staff_required(*READERS)
def approval_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PDF of the office's own 決裁, that of the batch where it was decided in one."""
    evidence = _find(request, pk).evidence
    if evidence is None:
        raise Http404
    return http.attachment(evidence)


def _permission(approval: Approval) -> str:
    """Who may go on with it: the officer who records, or who signs."""
    return "grants.record_approval" if approval.is_external else "grants.handle_approval"


def _find(request: HttpRequest, pk: UUID) -> Approval:
    seen = approving.with_case(approving.visible_to(request.scope))
    approval: Approval = get_object_or_404(seen, pk=pk)
    set_authority(request, approval.menu.programme.authority)
    return approval


def _form(request: HttpRequest, approval: Approval, act: str, data: Any = None, files: Any = None) -> Any:
    more: dict[str, Any] = {}
    if act in {"record", "sign"}:
        left = sum(not step.is_signed for step in approval.steps.all())
        more = {"approval": approval, "is_last": approval.is_external or left <= 1}
    at = reverse("grants:approval_act", args=[approval.pk, act])
    return ENDINGS[act].form(data, files, at=at, once=request, **more)


def _steps(approval: Approval) -> list[tuple[ApprovalStep, list[tuple[User, bool]]]]:
    """Every step in its order, those of an open 決裁 that are missing with who can sign them."""
    missing = [step for step in approval.steps.all() if approval.is_open and not step.is_signed]
    can = signers.people(approval, missing)
    return [(step, can.get(step.pk, [])) for step in approval.steps.all()]


def _page(
    request: HttpRequest, approval: Approval, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    step = approving.next_step(approval)
    may: Any = permissions.check(request.actor, _permission(approval), approval)
    if may and step is not None and not approval.is_external:
        may = signers.signer(approval, step, request.actor)
    forms = {name: _form(request, approval, name) for name in ENDINGS if name != act}
    if failed is not None:
        forms[act] = failed
    context = {
        "approval": approval,
        "case": getattr(approval, approval.target_name),
        "decision": approving.decision_of(approval),
        "details": details(approval) or contract_details(approval),
        "step": step,
        "may": may,
        "owed": signers.owed_steps(approval, request.actor),
        "steps": _steps(approval),
        "forms": forms,
        "form": failed,
        "failed": failed,
    }
    return render(request, "grants/approval_detail.html", context, status=failed.status if failed else 200)
