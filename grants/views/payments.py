"""Payments: the accountant's list, one payment, entering that it was made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..forms import NoteForm
from ..forms.payments import EnterForm
from ..models import Payment
from ..payments import queries
from ..payments.filters import PaymentFilter
from ..payments.queries import READERS


@require_safe
@staff_required(*READERS)
def payments(request: HttpRequest) -> HttpResponse:
    """What was ordered, oldest first, to be narrowed and taken out."""
    wanted = PaymentFilter(request.GET)
    rows = wanted.apply(queries.with_row(queries.visible_to(request.scope)))
    page = paging.keyset(request, rows, order=("ordered_on", "id"), per_page=60)
    context = {
        "page": page,
        "filter": wanted,
        "query": wanted.query(),
        "keeps_accounts": request.scope.has(Role.ACCOUNTANT),
    }
    return render(request, "grants/payments.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def payment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One payment; the accountant enters here that it was made."""
    payment = _find(request, pk)
    form = EnterForm(request.POST or None, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.enter_payment", payment)
        if form.acts(actions.enter_payment, by=request.actor, payment=payment):
            messages.success(request, "支払いを記録しました。")
            return see_other(payment)
    return _page(request, payment, form, None)


@keeps_form
@require_POST
@staff_required(*READERS)
def payment_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an order back."""
    payment = _find(request, pk)
    permissions.require(request.actor, "grants.cancel_payment", payment)
    form = NoteForm(request.POST, at=payment.get_cancel_url(), once=request)
    if form.acts(actions.cancel_payment, by=request.actor, payment=payment):
        messages.success(request, "支出命令を取り消しました。")
        return see_other(payment)
    return _page(request, payment, None, form)


def _find(request: HttpRequest, pk: UUID) -> Payment:
    payment = get_object_or_404(queries.with_row(queries.visible_to(request.scope)), pk=pk)
    set_authority(request, payment.authority)
    return payment


def _page(
    request: HttpRequest, payment: Payment, enter: EnterForm | None, cancel: NoteForm | None
) -> HttpResponse:
    shown = enter or EnterForm(once=request)
    context = {
        "payment": payment,
        "form": cancel or shown,
        "enter": shown,
        "cancel": cancel or NoteForm(at=payment.get_cancel_url(), once=request),
        "may_enter": permissions.check(request.actor, "grants.enter_payment", payment),
        "may_cancel": permissions.check(request.actor, "grants.cancel_payment", payment),
        "last_on": payment.last_on,
    }
    return render(request, "grants/payment_detail.html", context, status=(cancel or shown).status)
