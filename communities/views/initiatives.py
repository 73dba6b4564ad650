"""Initiatives: their public page, and what organisers do with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums import Stage
from ..forms.communities import StepForm
from ..forms.work import InitiativeForm
from ..queries.wall import way_of
from .requests import edges, may, panels, posted, require, visible_community, visible_initiative


@require_safe
def initiative_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is about, at which stage, and with whom."""
    initiative = visible_initiative(request, pk)
    context = {
        "initiative": initiative,
        "community": initiative.community,
        "collaborations": list(queries.collaborations_shown_on(initiative, request.scope)[:50]),
        "stage_number": Stage.values.index(initiative.stage) + 1,
        "way": way_of(initiative),
        "edges": edges(request, initiative),
        "may_move": may(request, "communities.move_initiative", initiative),
        "may_record": may(request, "communities.record_collaboration", initiative),
        "panels": panels(request, initiative),
    }
    return render(request, "communities/initiative_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def initiative_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a new initiative of a community."""
    community = visible_community(request, slug)
    require(request, "communities.start_initiative", community)
    form = InitiativeForm(*posted(request), once=request)
    if form.acts(actions.start_initiative, by=request.actor, community=community):
        messages.success(request, "取組を書きました。")
        return see_other(form.result)
    return render(
        request, "communities/initiative_new.html", {"community": community, "form": form}, status=form.status
    )


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def initiative_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the words of an initiative."""
    initiative = visible_initiative(request, pk)
    require(request, "communities.move_initiative", initiative)
    initial = {"title": initiative.title, "summary": initiative.summary, "story": initiative.story}
    form = InitiativeForm(*posted(request), initial=initial, once=request)
    if form.acts(actions.edit_initiative, by=request.actor, initiative=initiative):
        messages.success(request, "取組の内容を直しました。")
        return see_other(initiative)
    context = {"initiative": initiative, "community": initiative.community, "form": form}
    return render(request, "communities/initiative_edit.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def initiative_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next stage, or the end with a reason."""
    initiative = visible_initiative(request, pk)
    require(request, "communities.move_initiative", initiative)
    steps = workflow.INITIATIVE.available(initiative, request.actor)
    names = [step.name for step in workflow.INITIATIVE.transitions]
    form = StepForm(*posted(request), steps=steps, names=names, once=request)
    if form.acts(actions.move_initiative, by=request.actor, initiative=initiative):
        messages.success(request, f"取組を「{initiative.get_stage_display()}」にしました。")
        return see_other(initiative)
    context = {"initiative": initiative, "community": initiative.community, "form": form}
    return render(request, "communities/initiative_move.html", context, status=form.status)
