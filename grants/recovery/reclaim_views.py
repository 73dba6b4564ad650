"""The page of one 返還: what is owed today and from which days, what came in, the 分割納付."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import clock, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ..forms import NoteForm
from ..models import Application, Reclaim
from ..payments.queries import READERS as MONEY
from ..queries import READERS
from ..rules import MUNICIPAL
from . import queries
from .actions import reclaiming, spreading
from .charging import counts, owed, proposed, standing
from .enums import Cause
from .forms import CollectForm, InstalmentsForm, TimesForm, written

BOTH = (*MUNICIPAL, *MONEY)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*BOTH)
def reclaim_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 返還; the accountant enters here what came in."""
    reclaim = _reclaim(request, pk)
    form = CollectForm(request.POST or None, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.enter_reclaim", reclaim)  # type: ignore[attr-defined]
        if form.acts(reclaiming.collect_reclaim, by=request.actor, reclaim=reclaim):  # type: ignore[attr-defined]
            messages.success(request, "納入を記録しました。")
            return see_other(reclaim)
    return _page(request, reclaim, collect=form)


@keeps_form
@require_POST
@staff_required(*BOTH)
def reclaim_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a 納入通知 up."""
    reclaim = _reclaim(request, pk)
    permissions.require(request.actor, "grants.issue_reclaim", reclaim)  # type: ignore[attr-defined]
    form = NoteForm(request.POST, at=reclaim.get_cancel_url(), once=request)
    if form.acts(reclaiming.cancel_reclaim, by=request.actor, reclaim=reclaim):  # type: ignore[attr-defined]
        said = (
            "この返還を、納入された額で終わりにしました。"
            if reclaim.ended_at
            else "納入通知を取りやめました。"
        )
        messages.success(request, said)
        return see_other(reclaim)
    return _page(request, reclaim, cancel=form)


@keeps_form
@require_POST
@staff_required(*BOTH)
def reclaim_instalments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree on the days on which the rest comes in."""
    reclaim = _reclaim(request, pk)
    permissions.require(request.actor, "grants.issue_reclaim", reclaim)  # type: ignore[attr-defined]
    form = InstalmentsForm(request.POST, at=reclaim.get_instalments_url(), once=request)
    if form.acts(spreading.agree_instalments, by=request.actor, reclaim=reclaim):  # type: ignore[attr-defined]
        messages.success(request, "分割納付を認めました。市町村にメールで知らせます。")
        return see_other(reclaim)
    return _page(request, reclaim, spread=form)


def _reclaim(request: HttpRequest, pk: UUID) -> Reclaim:
    reclaim = get_object_or_404(queries.with_case(queries.visible_to(request.scope)), pk=pk)  # type: ignore[attr-defined]
    set_authority(request, reclaim.application.menu.programme.authority)
    return reclaim


def _case_url(request: HttpRequest, application: Application) -> str:
    """The file's page on the viewer's side; none for the accountant, who reads no files."""
    scope = request.scope  # type: ignore[attr-defined]
    if application.municipality_id in scope.areas(*MUNICIPAL):
        return application.get_absolute_url()
    return application.get_staff_url() if scope.has(*READERS) else ""


def _page(
    request: HttpRequest, reclaim: Reclaim, *, collect: CollectForm | None = None,
    cancel: NoteForm | None = None, spread: InstalmentsForm | None = None,
) -> HttpResponse:  # fmt: skip
    today, shown = clock.today_jst(), collect or CollectForm(once=request)
    due = owed(reclaim, today) if reclaim.is_open else None
    instalments = list(queries.instalments_of(reclaim).select_related("plan"))
    context = {
        "reclaim": reclaim,
        "application": reclaim.application,
        "case_url": _case_url(request, reclaim.application),
        "document": documents.of(reclaim).first(),
        "overdue": reclaim.is_overdue(today),
        "owed": due,
        "counts": counts(due or owed(reclaim, reclaim.collected_on or reclaim.ordered_at.date())),
        "repayments": list(reclaim.repayments.all()),
        "is_replaced": reclaim.cause == Cause.SETTLEMENT and reclaim.application.revoked_at is not None,
        "instalments": instalments,
        "instalments_shown": standing(reclaim, instalments, today),
        "form": cancel or spread or shown,
        "collect": shown,
        "cancel": cancel or NoteForm(at=reclaim.get_cancel_url(), once=request),
        "may_collect": permissions.check(request.actor, "grants.enter_reclaim", reclaim),  # type: ignore[attr-defined]
        "may_issue": permissions.check(request.actor, "grants.issue_reclaim", reclaim),  # type: ignore[attr-defined]
        **_spreading(request, reclaim, today, spread),
    }
    return render(request, "grants/reclaim_detail.html", context, status=(cancel or spread or shown).status)


def _spreading(
    request: HttpRequest, reclaim: Reclaim, today: date, spread: InstalmentsForm | None
) -> dict[str, Any]:
    """The form of a 分割納付, filled with equal parts month by month."""
    if not reclaim.is_open or not reclaim.left_yen:
        return {"spread": None, "times": None}
    times = TimesForm(request.GET or None)
    wish = times.cleaned_data if times.is_bound and times.is_valid() else {}
    plan = proposed(reclaim, today, times=wish.get("times"), first_on=wish.get("first_on"))
    initial = {"plan": written(plan)}
    return {
        "spread": spread or InstalmentsForm(at=reclaim.get_instalments_url(), initial=initial, once=request),
        "times": times,
    }
