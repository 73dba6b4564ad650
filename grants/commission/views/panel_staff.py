"""The secretariat's side: seats, declarations and rulings, the ranking with 「もし」, ties, the announcement."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import CommissionCall, PanelInterest
from ..actions import announcing, panel
from ..calculations import Ranked
from ..enums import CallState
from ..forms.panel import RuleForm, SeatForm, TieForm, WhatIfForm
from ..queries import panel as reads
from ..queries import proposals
from ..queries.calls import PANEL_READERS
from .calls_staff import find


@require_safe
@staff_required(*PANEL_READERS)
def staff_panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who sits, who has declared what, whose sheet is in; never a point."""
    return _panel(request, find(request, pk))


@keeps_form
@require_POST
@staff_required(*PANEL_READERS)
def staff_seat_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Seat a reviewer."""
    call = _kept(request, pk)
    form = SeatForm(request.POST, at=_at("staff_seat_new", call), once=request)
    if form.acts(panel.seat_reviewer, by=request.actor, call=call):
        messages.success(request, f"{form.result.user.name}さんを審査委員にしました。メールを送りました。")
        return see_other(_at("staff_panel", call))
    return _panel(request, call, {"seat": form}, form)


@require_POST
@staff_required(*PANEL_READERS)
def staff_seat_leave(request: HttpRequest, pk: UUID, seat_pk: UUID) -> HttpResponse:
    """End a seat."""
    call = _kept(request, pk)
    seat = get_object_or_404(call.seats.select_related("user"), pk=seat_pk)
    form = PostButton(request.POST, once=request)
    if form.acts(panel.leave_seat, by=request.actor, seat=seat):
        messages.success(request, f"{seat.user.name}さんは審査委員から外れました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other(_at("staff_panel", call))


@keeps_form
@require_POST
@staff_required(*PANEL_READERS)
def staff_panel_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the panel."""
    call = _kept(request, pk)
    form = PostButton(request.POST, once=request)
    if form.acts(panel.open_panel, by=request.actor, call=call):
        messages.success(request, "審査を始めました。審査委員にメールを送りました。")
        return see_other(_at("staff_panel", call))
    return _panel(request, call, {}, form)


@keeps_form
@require_POST
@staff_required(*PANEL_READERS)
def staff_interest_rule(request: HttpRequest, pk: UUID, interest_pk: UUID) -> HttpResponse:
    """Exclude a reviewer from a proposal, or let one with a recorded tie take part."""
    call = _kept(request, pk)
    rows = PanelInterest.objects.select_related("seat__user", "proposal")
    seen = proposals.of_call(request.scope, call).values("pk")
    interest = get_object_or_404(rows, seat__call=call, pk=interest_pk, proposal__in=seen)
    form = RuleForm(request.POST, interest=interest, once=request)
    if form.acts(panel.rule_interest, by=request.actor, interest=interest):
        messages.success(request, "判断を記録しました。")
        return see_other(_at("staff_panel", call))
    return _panel(request, call, {interest.pk: form}, form)


@require_safe
@staff_required(*PANEL_READERS)
def staff_ranking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """審査結果, once the scores are frozen; 「もし」 another floor, or one proposal less."""
    return _ranking(request, find(request, pk))


@keeps_form
@require_POST
@staff_required(*PANEL_READERS)
def staff_tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record how the panel parted its equals."""
    call = _kept(request, pk)
    form = _tie_form(request, call, reads.ranking(call), request.POST)
    if form.acts(announcing.decide_tie, by=request.actor, call=call):
        messages.success(request, "合議の結果を記録しました。")
        return see_other(_at("staff_ranking", call))
    return _ranking(request, call, {"tie": form}, form)


@keeps_form
@require_POST
@staff_required(*PANEL_READERS)
def staff_announce(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Announce the result."""
    call = find(request, pk)
    permissions.require(request.actor, "grants.run_call", call)
    form = PostButton(request.POST, once=request)
    if form.acts(announcing.announce, by=request.actor, call=call):
        messages.success(request, "結果を公表し、提案した団体にメールを送りました。")
        return see_other(_at("staff_ranking", call))
    return _ranking(request, call, {}, form)


def _kept(request: HttpRequest, pk: UUID) -> CommissionCall:
    call = find(request, pk)
    permissions.require(request.actor, "grants.keep_panel", call)
    return call


def _at(name: str, call: CommissionCall) -> str:
    return reverse(f"grants:{name}", args=[call.pk])


def _panel(
    request: HttpRequest, call: CommissionCall, typed: dict[Any, Any] | None = None, failed: Any = None
) -> HttpResponse:
    typed = typed or {}
    may = permissions.check(request.actor, "grants.keep_panel", call)
    rows = [
        (
            proposal,
            [(row, state, typed.get(row.pk) or RuleForm(interest=row, once=request)) for row, state in pairs],
        )
        for proposal, pairs in reads.matrix(call, request.scope)
    ]
    seats = [(seat, PostButton(at=seat.get_leave_url(), once=request)) for seat in reads.seats_of(call)]
    context = {
        "call": call, "may": may, "rows": rows, "seats": seats, "failed": failed, "form": failed,
        "seat_form": typed.get("seat") or SeatForm(at=_at("staff_seat_new", call), once=request),
        "open": PostButton(at=_at("staff_panel_open", call), once=request),
        "running": call.state == CallState.PANEL and call.frozen_at is None,
    }  # fmt: skip
    status = failed.status if failed is not None else 200
    return render(request, "grants/commission/staff_panel.html", context, status=status)


def _tie_form(
    request: HttpRequest, call: CommissionCall, ranked: Sequence[Ranked], data: Any = None
) -> TieForm:
    keys = reads.equals(ranked)
    tied = [row for row in proposals.of_call(request.scope, call) if str(row.pk) in keys]
    return TieForm(data, tied=tied, at=_at("staff_tie", call), once=request)


def _ranking(
    request: HttpRequest, call: CommissionCall, typed: dict[str, Any] | None = None, failed: Any = None
) -> HttpResponse:
    what_if = WhatIfForm(request.GET or None, call=call, seen=proposals.of_call(request.scope, call))
    asked = what_if.asked() if request.GET else {}
    ranked = reads.ranking(call)
    supposed = reads.ranking(call, **asked) if asked else []
    context = {
        "call": call, "failed": failed, "form": failed, "what_if": what_if, "asked": bool(asked),
        "ranking": reads.shown(call, request.scope, ranked),
        "supposed": reads.shown(call, request.scope, supposed) if asked else None,
        "tie": (typed or {}).get("tie") or _tie_form(request, call, ranked),
        "documents": reads.papers_of(call, request.scope),
        "announce": PostButton(at=_at("staff_announce", call), once=request),
        "may_run": permissions.check(request.actor, "grants.run_call", call),
        "may_keep": permissions.check(request.actor, "grants.keep_panel", call),
    }  # fmt: skip
    status = failed.status if failed is not None else 200
    return render(request, "grants/commission/staff_ranking.html", context, status=status)
