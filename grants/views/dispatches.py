"""The municipality's side of menu ①: its list, a draft, requesting it, its page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.queries.notes import reason_of
from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import papers
from portal.documents import queries as documents
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..calling import begun, intake
from ..dispatch import queries
from ..dispatch.enums import DispatchState
from ..dispatch.papers import APPLICATION
from ..forms import NoteForm, PostButton
from ..forms.dispatch import DispatchStartForm
from ..models import Dispatch
from ..queries import municipalities
from ..relief import queries as relief
from ..rules import MUNICIPAL
from ..together.receipts import receipt

SUBMIT = "grants.submit_dispatch"


@require_safe
@staff_required(*MUNICIPAL)
def dispatch_list(request: HttpRequest) -> HttpResponse:
    """The dispatches of one's municipality, newest first."""
    rows = queries.with_case(queries.own(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=20)
    menus = list(begun(queries.menus(clock.now()), request.scope, clock.now())[:1])
    return render(request, "grants/dispatch_list.html", {"page": page, "is_open": bool(menus)})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def dispatch_new(request: HttpRequest) -> HttpResponse:
    """Open a draft with a name."""
    form = DispatchStartForm(
        request.POST or None, menus=queries.menus(clock.now()), municipalities=municipalities(request.scope), once=request,
    )  # fmt: skip
    if form.acts(actions.start_dispatch, by=request.actor):
        messages.success(request, "下書きを作りました。")
        return see_other(form.result.get_edit_url())
    return render(request, "grants/dispatch_new.html", {"form": form}, status=form.status)


@require_safe
@staff_required(*MUNICIPAL)
def dispatch_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One dispatch as its municipality sees it."""
    return _page(request, find_own(request, pk))


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def dispatch_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Request it as it is stored, by the chief."""
    dispatch = find_own(request, pk)
    permissions.require(request.actor, SUBMIT, dispatch)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.submit_dispatch, by=request.actor, dispatch=dispatch):
        messages.success(request, "派遣を申し込みました。申込書のPDFを作っています。")
        return see_other(dispatch)
    return _page(request, dispatch, form)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def dispatch_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a draft up, after asking once; or take a request back with the reason."""
    dispatch = find_own(request, pk)
    form: OnceForm
    if dispatch.version:
        form, action = NoteForm(request.POST or None, once=request), actions.withdraw_dispatch
        said = "申込みを取り下げました。県にメールで知らせます。"
    else:
        form, action = PostButton(request.POST or None, once=request), actions.discard_dispatch
        said = "下書きを取りやめました。"
    if form.acts(action, by=request.actor, dispatch=dispatch):
        messages.success(request, said)
        return see_other(dispatch)
    verdict = permissions.check(request.actor, SUBMIT, dispatch)
    context = {"form": form, "dispatch": dispatch, "verdict": verdict}
    return render(request, "grants/dispatch_withdraw.html", context, status=form.status)


@require_safe
@staff_required(*MUNICIPAL)
def dispatch_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """派遣申込書 as it would look: 「見本」, nothing stored."""
    dispatch = find_own(request, pk)
    content = papers.preview(
        APPLICATION, dispatch, authority=dispatch.menu.programme.authority, own_number=dispatch.own_number
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="mihon.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def find_own(request: HttpRequest, pk: UUID) -> Dispatch:
    """The dispatch of a municipality one works for, else 404."""
    dispatch = get_object_or_404(queries.with_case(queries.own(request.scope)), pk=pk)
    set_authority(request, dispatch.menu.programme.authority)
    return dispatch


REASONS = {
    DispatchState.RETURNED: "return_for_correction",
    DispatchState.WITHDRAWN: "withdraw",
    DispatchState.CANCELLED: "cancel",
}


def reason_of_end(dispatch: Dispatch) -> str:
    """Why it came back, was taken back, refused or called off; empty while it runs."""
    if dispatch.state == DispatchState.REFUSED:
        return dispatch.refusal_reason
    step = REASONS.get(DispatchState(dispatch.state))
    return reason_of(dispatch, step) if step else ""


def _page(request: HttpRequest, dispatch: Dispatch, failed: PostButton | None = None) -> HttpResponse:
    papers = list(documents.of(dispatch)) if dispatch.version else []
    context = {
        "dispatch": dispatch,
        "reason": reason_of_end(dispatch),
        "receipt": receipt(dispatch, papers, APPLICATION),
        "late": relief.received_late(dispatch) if dispatch.version else None,
        "intake": intake(dispatch.menu, clock.now()) if dispatch.state == DispatchState.DRAFT else None,
        "submit": failed or PostButton(at=dispatch.get_submit_url(), once=request),
        "form": failed,
        "may_submit": permissions.check(request.actor, SUBMIT, dispatch),
        "documents": papers,
        "visits": queries.visits_of(dispatch),
        "may_date": queries.may_date(dispatch, request.actor),
    }
    status = failed.status if failed is not None else 200
    return render(request, "grants/dispatch_detail.html", context, status=status)
