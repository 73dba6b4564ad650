"""Appointments: who holds what in a city, from when until when."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.kernel import clock, paging, permissions
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from . import actions, queries, second_factor
from .decorators import staff_required
from .enums import Role
from .forms import AppointForm, EndForm
from .models import Appointment

KEEPERS = (Role.CITY_OFFICER, Role.SYSTEM_ADMIN)


@require_safe
@staff_required(*KEEPERS)
def appointment_list(request: HttpRequest) -> HttpResponse:
    """役職の一覧."""
    ended = request.GET.get("ended") == "1"
    rows = queries.listed(request.scope, ended=ended, on=clock.today_jst())  # type: ignore[attr-defined]
    page = paging.keyset(request, rows, order=("-starts_on", "id"), per_page=20)
    return render(
        request, "accounts/appointment_list.html", {"page": page, "ended": ended, "today": clock.today_jst()}
    )


@require_http_methods(["GET", "POST"])
@staff_required(*KEEPERS)
@keeps_form
def appointment_new(request: HttpRequest) -> HttpResponse:
    """役職を設定する."""
    form = AppointForm(request.POST or None, once=request)
    if form.acts(actions.appoint_person, by=request.actor):  # type: ignore[attr-defined]
        messages.success(request, "役職を設定しました。本人にメールで知らせます。")
        return see_other(form.result)
    return render(request, "accounts/appointment_new.html", {"form": form}, status=form.status)


@require_safe
@staff_required(*KEEPERS)
def appointment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """一つの役職とその履歴."""
    appointment = _visible(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "appointment": appointment,
        "is_over": bool(appointment.ends_on and appointment.ends_on < clock.today_jst()),
        "may_end": permissions.check(actor, "accounts.end_appointment", appointment),
        "may_reset": permissions.check(actor, "accounts.reset_second_factor", appointment.user),
        "second_factor_on": second_factor.is_set_up(appointment.user_id),
    }
    return render(request, "accounts/appointment_detail.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*KEEPERS)
@keeps_form
def appointment_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """役職を終える."""
    appointment = _visible(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    permissions.require(actor, "accounts.end_appointment", appointment)
    form = EndForm(request.POST or None, appointment=appointment, once=request)
    if form.acts(actions.end_appointment, by=actor, appointment=appointment):
        messages.success(request, "終わる日を記録しました。本人にメールで知らせます。")
        return see_other(appointment)
    context = {"form": form, "appointment": appointment}
    return render(request, "accounts/appointment_end.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(Role.SYSTEM_ADMIN)
@keeps_form
def second_factor_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """端末と回復コードをなくした人の、二段階認証を解除する."""
    appointment = _visible(request, pk)
    form = ButtonForm(request.POST or None, once=request)
    if form.acts(actions.reset_second_factor, by=request.actor, user=appointment.user):  # type: ignore[attr-defined]
        messages.success(request, "二段階認証を解除しました。本人にメールで知らせます。")
        return see_other(appointment)
    context = {"form": form, "appointment": appointment}
    return render(request, "accounts/second_factor_reset.html", context, status=form.status)


def _visible(request: HttpRequest, pk: UUID) -> Appointment:
    rows = queries.visible_to(request.scope).select_related("user", "area", "section", "successor__user")  # type: ignore[attr-defined]
    return get_object_or_404(rows, pk=pk)
