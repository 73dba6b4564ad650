"""変更 on screen: written and filed by the municipality, read side by side by both, answered by the office."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ... import queries as applications
from ...enums import ApplicationState, Place
from ...forms import PostButton
from ...models import Application, ChangeRequest
from ...queries import READERS
from ...rules import MUNICIPAL
from ...views.common import find, formula_rows
from ...views.presence import officer_context, with_officers
from ..actions import answering, changing
from ..forms.changes import ApproveForm, ChangeForm, RefuseChangeForm
from ..papers_changing import KINDS
from ..queries import changes as queries
from . import keeping

PAPERS = [kind.key for kind in KINDS]
ANSWERS: dict[str, tuple[type[Any], Callable[..., Any], str]] = {
    "approve": (ApproveForm, answering.draft_approval, "変更の承認を起案しました。"),
    "refuse": (RefuseChangeForm, answering.draft_refusal, "変更を承認しないことを起案しました。"),
}


@require_safe
@staff_required(*MUNICIPAL)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest change of one's file, side by side with what was decided, and what is to be done with it."""
    return _own_page(request, _own(request, pk))


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def change_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what is to be changed; saved as far as it is written."""
    application = keeping.own(request, pk, ChangeForm.sheet)
    closed = application.state != ApplicationState.DECIDED or application.stopped
    if request.method == "GET" and closed:
        return redirect(application.get_change_url())
    form = keeping.form_of(request, application, ChangeForm)
    if request.method == "POST" and form.acts(
        changing.save_change, by=request.actor, application=application
    ):
        keeping.let_go(request, application, form)
        messages.success(request, "変更の内容を保存しました。確かめて、決裁者が申請します。")
        return see_other(application.get_change_url())
    amounts = form.amounts
    context = keeping.writing_context(request, application, form) | {
        "application": application,
        "form": form,
        "amounts": amounts,
        "formula_rows": formula_rows(amounts, application.menu),
    }
    return render(request, "grants/settlement/change_edit.html", context, status=form.status)


@require_POST
@staff_required(*MUNICIPAL)
def change_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Save the change while people type."""
    application = keeping.own(request, pk, ChangeForm.sheet)
    return keeping.autosaved(
        request, application, ChangeForm, changing.save_change,
        lambda amounts: formula_rows(amounts, application.menu),
    )  # fmt: skip


@require_POST
@staff_required(*MUNICIPAL)
def change_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let go of what was set aside of the change."""
    return keeping.settled(request, _own(request, pk), ChangeForm.sheet)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def change_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the change; refused, the page says why."""
    application = _own(request, pk)
    permissions.require(request.actor, "grants.request_change", application)
    form = PostButton(request.POST, at=_at("change_submit", application), once=request)
    if form.acts(changing.request_change, by=request.actor, application=application):
        messages.success(request, "変更を申請しました。変更承認申請書を作っています。")
        return see_other(application.get_change_url())
    return _own_page(request, application, form)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def change_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a filed change back while it has no answer."""
    application = _own(request, pk)
    permissions.require(request.actor, "grants.request_change", application)
    form = PostButton(request.POST, at=_at("change_take_back", application), once=request)
    if form.acts(changing.take_back_change, by=request.actor, application=application):
        messages.success(request, "変更の申請を取り下げました。直して、もう一度申請できます。")
        return see_other(application.get_change_url())
    return _own_page(request, application, form)


@require_safe
@staff_required(*READERS)
def staff_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A change that was asked for, and the two answers."""
    return _office_page(request, *_received(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_change_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Draft one of the two answers; refused, the page comes again with everything that was typed."""
    if act not in ANSWERS:
        raise Http404
    application, row = _received(request, pk)
    permissions.require(request.actor, "grants.inspect_result", application)
    form = _answer_form(request, application, row, act, request.POST)
    if form.acts(ANSWERS[act][1], by=request.actor, application=application):
        messages.success(request, ANSWERS[act][2])
        return see_other(application.approvals.filter(state="drafted").latest("drafted_at"))
    return _office_page(request, application, row, act, form)


def _own(request: HttpRequest, pk: UUID) -> Application:
    application = find(request, applications.with_case(applications.visible_to(request.scope)), pk)
    verdict = permissions.check(request.actor, "grants.write_result", application)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if not application.is_granted:
        raise Http404
    return application


def _received(request: HttpRequest, pk: UUID) -> tuple[Application, ChangeRequest]:
    """A file with its newest change that was filed."""
    seen = with_officers(request, applications.received(request.scope))
    application = find(request, applications.with_case(seen), pk)
    row = queries.latest(application, filed=True)
    if row is None:
        raise Http404
    return application, row


def _is_asked(application: Application, row: ChangeRequest | None) -> bool:
    """Whether a change waits for its answer; a 廃止 that does has a page of its own."""
    waits = row is not None and row.is_filed and row.answered_at is None
    return waits and application.state == ApplicationState.CHANGING


def _at(name: str, application: Application, *more: str) -> str:
    return reverse(f"grants:{name}", args=[application.pk, *more])


def _shared(application: Application, row: ChangeRequest | None) -> dict[str, Any]:
    """What both sides read: the change side by side with the decision, its answer, its papers."""
    context: dict[str, Any] = {"application": application, "change": row, "decision": None}
    context["documents"] = documents.of(application).filter(kind__in=PAPERS)
    if row is None:
        return context
    amounts = queries.amounts_of(application, row)
    return context | {
        "sides": queries.side_by_side(application, row),
        "incomes": queries.income_sides(row),
        "amounts": amounts,
        "formula_rows": formula_rows(amounts, application.menu),
        "decision": queries.decision_of(row) if row.is_filed else None,
    }


def _own_page(request: HttpRequest, application: Application, failed: OnceForm | None = None) -> HttpResponse:
    row = queries.latest(application, filed=False)
    context = _shared(application, row) | {
        "form": failed,
        "is_open": application.state == ApplicationState.DECIDED and not application.stopped,
        "is_written": row is not None and not row.is_filed,
        "verdict": permissions.check(request.actor, "grants.request_change", application),
        "is_asked": _is_asked(application, row),
        "take_back": PostButton(at=_at("change_take_back", application), once=request),
        "submit": failed or PostButton(at=_at("change_submit", application), once=request),
    }
    status = failed.status if failed is not None else 200
    return render(request, "grants/settlement/change.html", context, status=status)


def _answer_form(
    request: HttpRequest, application: Application, row: ChangeRequest, act: str, data: Any = None
) -> Any:
    more = {"application": application, "change": row} if act == "approve" else {}
    return ANSWERS[act][0](data, at=_at("staff_change_act", application, act), once=request, **more)


def _office_page(
    request: HttpRequest,
    application: Application,
    row: ChangeRequest,
    act: str = "",
    failed: OnceForm | None = None,
) -> HttpResponse:
    context = _shared(application, row)
    may = permissions.check(request.actor, "grants.inspect_result", application)
    waiting = application.approvals.filter(state="drafted").first()
    answers = may and _is_asked(application, row) and waiting is None
    forms = {
        name: _answer_form(request, application, row, name) for name in ANSWERS if answers and name != act
    }
    forms |= {act: failed} if failed is not None else {}
    context |= {"forms": forms, "form": failed, "may": may, "open_approval": waiting}
    context |= officer_context(request, application, Place.ANSWER)
    status = failed.status if failed is not None else 200
    return render(request, "grants/settlement/staff_change.html", context, status=status)
