"""Platforms コミプラ: the public list, and what municipalities and the prefecture do with their stages."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.kernel import paging
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..enums import PlatformPhase
from ..forms.filters import ListFilter
from ..forms.work import PlatformForm, StageForm
from ..rules import MUNICIPAL_STAFF
from .requests import may, posted, require

STAGE_STAFF = (*MUNICIPAL_STAFF, Role.MUNICIPAL_CHIEF, Role.PREFECTURE_OFFICER)


@require_safe
def platform_list(request: HttpRequest) -> HttpResponse:
    """All コミプラ with their stage, by municipality."""
    chosen = ListFilter.of(request)
    set_authority(request, chosen.area or queries.PLATFORM_HOME)
    rows = queries.platforms_with_districts(queries.platforms_visible_to(request.scope))
    if chosen.area:
        rows = rows.filter(area=chosen.area)
    stage = request.GET.get("stage", "")
    if stage in PlatformPhase.values:
        rows = rows.filter(stage=stage)
    options = [("", "すべて"), *PlatformPhase.choices]
    context = {
        "page": paging.keyset(request, rows, order=("-created_at", "-id")), "chosen": chosen, "stage": stage,
        "stages": [(label, f"?stage={value}" if value else "?", None, value == stage) for value, label in options],
    }  # fmt: skip
    return render(request, "communities/platform_list.html", context)


@require_safe
@staff_required(*STAGE_STAFF)
def staff_platform_list(request: HttpRequest) -> HttpResponse:
    """The コミプラ of one's municipalities, those whose stage waits for the prefecture first."""
    rows = queries.platforms_of(request.scope.areas(*STAGE_STAFF))
    page = paging.keyset(request, queries.platforms_with_districts(rows), order=("-created_at", "-id"))
    context = {"page": page, "may_register": request.scope.has(*MUNICIPAL_STAFF)}
    return render(request, "communities/staff_platform_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL_STAFF)
@keeps_form
def staff_platform_new(request: HttpRequest) -> HttpResponse:
    """Register a コミプラ at the stage it stands at."""
    form = PlatformForm(*posted(request), scope=request.scope, once=request)
    if form.acts(actions.register_platform, by=request.actor):
        messages.success(request, "コミプラを登録しました。")
        return see_other("communities:staff_platform_detail", form.result.pk)
    return render(request, "communities/staff_platform_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*STAGE_STAFF)
@keeps_form
def staff_platform_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its stages with their days, and the next one."""
    platform = get_object_or_404(queries.platforms_of(request.scope.areas(*STAGE_STAFF)), pk=pk)
    form = StageForm(*posted(request), platform=platform, once=request)
    if form.is_bound:
        require(request, "communities.set_platform_stage", platform)
    if form.acts(actions.move_platform, by=request.actor, platform=platform):
        messages.success(request, "ステージを記録しました。")
        return see_other("communities:staff_platform_detail", platform.pk)
    context = {
        "platform": platform, "form": form, "stages": list(queries.stages_of(platform)),
        "parts": list(platform.parts.all()),
        "may_set": may(request, "communities.set_platform_stage", platform),
        "may_confirm": may(request, "communities.confirm_platform_stage", platform),
    }  # fmt: skip
    return render(request, "communities/staff_platform_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(Role.PREFECTURE_OFFICER)
@keeps_form
def staff_stage_confirm(request: HttpRequest, pk: UUID, stage_pk: UUID) -> HttpResponse:
    """The prefecture agrees with a stage."""
    platform = get_object_or_404(queries.platforms_of(request.scope.areas(Role.PREFECTURE_OFFICER)), pk=pk)
    stage = get_object_or_404(queries.stages_of(platform), pk=stage_pk)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.confirm_platform_stage, by=request.actor, stage=stage):
        messages.success(request, "ステージを確認しました。")
        return see_other("communities:staff_platform_detail", platform.pk)
    context = {"platform": platform, "stage": stage, "form": form}
    return render(request, "communities/staff_stage_confirm.html", context, status=form.status)
