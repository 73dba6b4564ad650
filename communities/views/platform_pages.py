"""A コミプラ's own page, and what its municipality writes on it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from .. import moderation, queries
from ..actions import platform_parts
from ..enums import PlatformPhase
from ..forms.platforms import PlatformEditForm, PlatformPartForm
from ..models import Platform
from ..models.platforms import PartKind
from ..rules import MUNICIPAL_STAFF
from .requests import posted, require


@require_safe
def platform_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Districts, bodies and their roles, the way of its stage, plan, 部会."""
    rows = queries.platforms_with_districts(queries.platforms_visible_to(request.scope))
    platform = get_object_or_404(rows, slug=slug)
    set_authority(request, platform.area)
    parts = list(moderation.shown(platform.parts.all()))
    context = {
        "platform": platform, "stages": list(queries.stages_of(platform)[:30]),
        "bodies": [part for part in parts if part.part == PartKind.BODY],
        "teams": [part for part in parts if part.part == PartKind.TEAM],
        "phases": [label for _, label in PlatformPhase.choices],
        "phase_number": PlatformPhase.values.index(platform.stage) + 1,
    }  # fmt: skip
    return render(request, "communities/platform_detail.html", context)


def own_platform(request: HttpRequest, pk: UUID) -> Platform:
    """A platform of one's municipality; 404 otherwise."""
    rows = queries.platforms_of(request.scope.areas(*MUNICIPAL_STAFF))  # type: ignore[attr-defined]
    platform = get_object_or_404(rows, pk=pk)
    require(request, "communities.set_platform_stage", platform)
    return platform


@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL_STAFF)
@keeps_form
def staff_platform_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put its contents right."""
    platform = own_platform(request, pk)
    form = PlatformEditForm(*posted(request), platform=platform, once=request)
    if form.acts(platform_parts.edit_platform, by=request.actor, platform=platform):
        messages.success(request, "コミプラの内容を直しました。")
        return see_other("communities:staff_platform_detail", platform.pk)
    context = {"platform": platform, "form": form, "title": "コミプラの内容を直す"}
    return render(request, "communities/staff_platform_form.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL_STAFF)
@keeps_form
def staff_platform_part_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name a body or a 部会."""
    platform = own_platform(request, pk)
    form = PlatformPartForm(*posted(request), once=request)
    if form.acts(platform_parts.add_part, by=request.actor, platform=platform):
        messages.success(request, "コミプラのページに加えました。")
        return see_other("communities:staff_platform_detail", platform.pk)
    context = {"platform": platform, "form": form, "title": "構成団体・部会を加える"}
    return render(request, "communities/staff_platform_form.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL_STAFF)
@keeps_form
def staff_platform_part_remove(request: HttpRequest, pk: UUID, part_pk: UUID) -> HttpResponse:
    """Take a body or a 部会 off the page."""
    platform = own_platform(request, pk)
    part = platform.parts.select_related("platform").filter(pk=part_pk).first()
    form = ButtonForm(*posted(request), once=request)
    if part is None and not form.is_bound:
        raise Http404
    if part is None or form.acts(platform_parts.remove_part, by=request.actor, part=part):
        messages.success(request, "コミプラのページから外しました。")
        return see_other("communities:staff_platform_detail", platform.pk)
    context = {"platform": platform, "form": form, "title": f"「{part.name}」を外す"}
    return render(request, "communities/staff_platform_form.html", context, status=form.status)
