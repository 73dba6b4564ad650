"""The prefecture's side of menu ①: the queue, one dispatch, its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..dispatch import queries
from ..dispatch.enums import REFUSABLE
from ..dispatch.filters import DispatchFilter
from ..forms import NoteForm, PostButton
from ..forms.dispatch import CancelForm, MemoForm, ProposeForm, RefusalForm
from ..models import Dispatch
from ..payments import queries as payments
from ..queries import READERS
from ..relief import queries as relief
from .dispatches import reason_of_end

RUN = "grants.run_dispatch"


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: in which state it stands there, what it does, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    states: frozenset[str]
    said: str


ACTS: dict[str, Act] = {
    "propose": Act(ProposeForm, actions.propose_advisor, frozenset({"requested"}), "アドバイザーに打診しました。メールで知らせます。"),
    "return": Act(NoteForm, actions.return_dispatch, frozenset({"requested"}), "補正を依頼しました。市町村にメールで知らせます。"),
    "draft": Act(MemoForm, actions.draft_dispatch_decision, frozenset({"accepted"}), "派遣の決定を起案しました。"),
    "refuse": Act(RefusalForm, actions.draft_dispatch_refusal, REFUSABLE, "派遣しないことを起案しました。"),
    "close": Act(PostButton, actions.close_dispatch, frozenset({"decided"}), "派遣を終了しました。"),
    "cancel": Act(CancelForm, actions.cancel_dispatch, frozenset({"decided"}), "派遣を取りやめました。市町村とアドバイザーにメールで知らせます。"),
}  # fmt: skip


@require_safe
@staff_required(*READERS)
def staff_dispatches(request: HttpRequest) -> HttpResponse:
    """Requested dispatches, oldest first."""
    wanted = DispatchFilter(request.GET, scope=request.scope)
    rows = wanted.apply(queries.with_case(queries.received(request.scope)))
    page = paging.keyset(request, rows, order=("submitted_at", "id"), filled=("submitted_at",), per_page=60)
    return render(request, "grants/staff_dispatches.html", {"page": page, "filter": wanted})


@require_safe
@staff_required(*READERS)
def staff_dispatch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One dispatch with what the office can do now."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_dispatch_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of the office; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    dispatch, shape = _find(request, pk), ACTS[act]
    permissions.require(request.actor, RUN, dispatch)
    form = _form(request, dispatch, act, request.POST)
    if form.acts(shape.action, by=request.actor, dispatch=dispatch):
        messages.success(request, shape.said)
        return see_other(dispatch.get_staff_url())
    return _page(request, dispatch, act, form)


def _find(request: HttpRequest, pk: UUID) -> Dispatch:
    dispatch = get_object_or_404(queries.with_case(queries.received(request.scope)), pk=pk)
    set_authority(request, dispatch.menu.programme.authority)
    return dispatch


def _form(request: HttpRequest, dispatch: Dispatch, act: str, data: Any = None) -> Any:
    shape = ACTS[act]
    more: dict[str, Any] = {"dispatch": dispatch} if shape.form in {ProposeForm, CancelForm} else {}
    if shape.form is MemoForm:
        needed = not hasattr(dispatch.menu, "agency")
        more = {
            "programme": dispatch.menu.programme,
            "expected_yen": queries.expected_fees(dispatch),
            "needed": needed,
        }
    return shape.form(data, at=dispatch.get_act_url(act), once=request, **more)


def _page(
    request: HttpRequest, dispatch: Dispatch, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    may = permissions.check(request.actor, RUN, dispatch)
    approval = queries.open_approval(dispatch)
    open_acts = [name for name, shape in ACTS.items() if dispatch.state in shape.states and may]
    forms = {name: _form(request, dispatch, name) for name in open_acts if name != act and not approval}
    if failed is not None:
        forms[act] = failed
    context = {
        "dispatch": dispatch, "reason": reason_of_end(dispatch), "forms": forms, "form": failed, "may": may, "approval": approval,
        "late": relief.received_late(dispatch),
        "documents": documents.of(dispatch),
        "visits": queries.visits_of(dispatch),
        "may_date": queries.may_date(dispatch, request.actor),
        "payments": payments.of_case(dispatch),
        "visits_left": queries.visits_left(dispatch),
        "offered": queries.offered_ahead(dispatch, clock.now()) if "propose" in forms else [],
    }  # fmt: skip
    return render(request, "grants/staff_dispatch.html", context, status=failed.status if failed else 200)
