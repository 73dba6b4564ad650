"""Pages of 間接補助: those below a file, and one of them for the コミプラ, its municipality and the prefecture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import queries as applications
from ..enums import Mode
from ..forms import NoteForm, PostButton
from ..models import SubGrant
from ..queries import READERS
from ..rules import MUNICIPAL
from ..views.common import find
from . import actions, queries
from .enums import WRITTEN, SubGrantState
from .forms import (
    AnswerNoteForm,
    DecideForm,
    EndWriterForm,
    ReportForm,
    ReturnSubForm,
    SettleSubForm,
    StartSubForm,
    WriteForm,
    WriterForm,
)
from .rules import runs_subgrant
from .workflow import DECIDE, RUN, WRITE

S = SubGrantState


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: in which states it stands there, who may, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    permission: str
    states: frozenset[str]
    said: str
    knows: bool = False
    always: bool = False  # whatever became of the file above


ACTS: dict[str, Act] = {
    "write": Act(WriteForm, actions.write_subgrant, WRITE, WRITTEN, "保存しました。", knows=True),
    "submit": Act(PostButton, actions.submit_subgrant, WRITE, WRITTEN, "市町村に申請しました。"),
    "report": Act(ReportForm, actions.report_subgrant, WRITE, frozenset({S.DECIDED}), "実績を報告しました。", knows=True),
    "decide": Act(DecideForm, actions.decide_subgrant, DECIDE, frozenset({S.SUBMITTED}), "交付を決定しました。"),
    "return": Act(ReturnSubForm, actions.return_subgrant, RUN, frozenset({S.SUBMITTED, S.RETURNED, S.REPORTED}), "補正を依頼しました。コミプラにメールで知らせます。"),
    "refuse": Act(AnswerNoteForm, actions.refuse_subgrant, DECIDE, frozenset({S.SUBMITTED}), "交付しないことにしました。"),
    "settle": Act(SettleSubForm, actions.settle_subgrant, DECIDE, frozenset({S.REPORTED}), "額を確定しました。"),
    "writer": Act(WriterForm, actions.name_writer, RUN, frozenset({*WRITTEN, S.SUBMITTED, S.DECIDED}), "書ける人に加えました。"),
    "end_writer": Act(EndWriterForm, actions.end_writer, RUN, frozenset(S), "書ける人から外しました。", knows=True, always=True),
    "withdraw": Act(NoteForm, actions.withdraw_subgrant, WRITE, frozenset({*WRITTEN, S.SUBMITTED}), "取り下げました。"),
    "revoke": Act(AnswerNoteForm, actions.revoke_subgrant, DECIDE, frozenset({S.DECIDED, S.REPORTED}), "決定を取り消しました。"),
}  # fmt: skip


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL, *READERS)
def subgrants(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The files below one of 間接補助, with what is left of its 18節 line; its municipality begins one here."""
    seen = applications.with_case(applications.visible_to(request.scope)).filter(mode=Mode.INDIRECT)  # type: ignore[attr-defined]
    application = find(request, seen, pk)
    may = permissions.check(request.actor, "grants.start_subgrant", application)  # type: ignore[attr-defined]
    form = StartSubForm(request.POST or None, application=application, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.start_subgrant", application)  # type: ignore[attr-defined]
        if form.acts(actions.start_subgrant, by=request.actor, application=application):  # type: ignore[attr-defined]
            return see_other(form.result)
    rows = queries.with_case(queries.visible_to(request.scope).filter(application=application))  # type: ignore[attr-defined]
    used, line = queries.used_yen(application), queries.line_yen(application)
    context = {"application": application, "rows": rows, "form": form, "used": used, "line": line}
    context |= {"left": max(0, line - used), "starts": may.allowed and application.state in actions.RUNNING}
    return render(request, "grants/subgrants/subgrants.html", context, status=form.status)


@require_safe
@signed_in
def subgrant_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file of a コミプラ: what is to be done next, what it says, its papers."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def subgrant_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Write, apply, report; decide, refuse, settle; take back, revoke."""
    shape, subgrant = ACTS.get(act), _find(request, pk)
    if shape is None:
        raise Http404
    permissions.require(request.actor, shape.permission, subgrant)  # type: ignore[attr-defined]
    form = _form(request, subgrant, act, request.POST)
    if form.acts(shape.action, by=request.actor, subgrant=subgrant):  # type: ignore[attr-defined]
        messages.success(request, shape.said)
        return see_other(subgrant)
    if act == "write" and form.conflicts:
        form.rebase_on(subgrant.revision)
    return _page(request, subgrant, act, form)


def _find(request: HttpRequest, pk: UUID) -> SubGrant:
    seen = queries.with_case(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    subgrant: SubGrant = get_object_or_404(seen.prefetch_related("lines"), pk=pk)
    set_authority(request, subgrant.application.menu.programme.authority)
    return subgrant


def _form(request: HttpRequest, subgrant: SubGrant, act: str, data: Any = None) -> Any:
    more = {"subgrant": subgrant} if ACTS[act].knows else {}
    return ACTS[act].form(data, at=subgrant.get_act_url(act), once=request, **more)


def _page(
    request: HttpRequest, subgrant: SubGrant, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    forms: dict[str, Any] = dict.fromkeys(ACTS)
    for name, shape in ACTS.items():
        runs = shape.always or subgrant.application.state in actions.RUNNING
        stands = runs and subgrant.state in shape.states
        if stands and permissions.check(request.actor, shape.permission, subgrant):  # type: ignore[attr-defined]
            forms[name] = _form(request, subgrant, name)
    if forms["end_writer"] and not forms["end_writer"].fields["writer"].queryset.exists():
        forms["end_writer"] = None
    context = {
        "subgrant": subgrant,
        "application": subgrant.application,
        "lines": list(subgrant.lines.all()),
        "of_town": bool(runs_subgrant(request.actor, subgrant)),  # type: ignore[attr-defined]
        "is_staff": request.scope.is_staff,  # type: ignore[attr-defined]
        "documents": documents.of(subgrant),
        "forms": forms | ({act: failed} if failed is not None else {}),
        "form": failed,
        "left": max(0, queries.line_yen(subgrant.application) - queries.used_yen(subgrant.application)),
    }
    return render(request, "grants/subgrants/detail.html", context, status=failed.status if failed else 200)
