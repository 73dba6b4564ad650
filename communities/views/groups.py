"""Working groups: the public page of problems and measures, and what organisers and officers write on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.areas.site import set_authority
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import workflow
from ..actions import groups
from ..forms.communities import StepForm
from ..forms.groups import GroupForm, MeasureForm, ProblemForm, WardGroupForm
from ..models import Measure, Problem, WorkingGroup
from ..queries.groups import groups_visible_to, problems_of
from ..rules import WARD_STAFF
from .requests import may, panels, posted, require, visible_community

STEPS = [step.name for step in workflow.MEASURE.transitions]


def visible_group(request: HttpRequest, pk: UUID) -> WorkingGroup:
    """The group of this address; 404 for a stranger."""
    group = get_object_or_404(groups_visible_to(request.scope), pk=pk)  # type: ignore[attr-defined]
    set_authority(request, group.area)
    return group


def own_group(request: HttpRequest, pk: UUID) -> WorkingGroup:
    """The group, for those who may write in it."""
    group = visible_group(request, pk)
    require(request, "communities.edit_group", group)
    return group


def page(request: HttpRequest, group: WorkingGroup, form: object, title: str) -> HttpResponse:
    """The one form page of groups."""
    context = {"group": group, "area": group.area, "form": form, "title": title}
    return render(request, "communities/group_form.html", context, status=form.status)  # type: ignore[attr-defined]


@require_safe
def group_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Problem, measure, who takes it, how far it is."""
    group = visible_group(request, pk)
    may_edit = may(request, "communities.edit_group", group)
    context = {
        "group": group, "problems": list(problems_of(group, keeps_hidden=may_edit)[:50]), "may_edit": may_edit,
        "panels": panels(request, group),
    }  # fmt: skip
    return render(request, "communities/group_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def group_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A group of one's community."""
    community = visible_community(request, slug)
    require(request, "communities.start_group", community)
    form = GroupForm(*posted(request), once=request)
    if form.acts(groups.start_group, by=request.actor, community=community):
        messages.success(request, "部会をつくりました。課題から書きはじめられます。")
        return see_other(form.result)
    context = {
        "group": None,
        "area": community.area,
        "form": form,
        "title": f"{community.name}の部会をつくる",
    }
    return render(request, "communities/group_form.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_group_new(request: HttpRequest) -> HttpResponse:
    """A group of the ward itself."""
    form = WardGroupForm(*posted(request), scope=request.scope, once=request)
    if form.acts(groups.start_group, by=request.actor):
        messages.success(request, "部会をつくりました。課題から書きはじめられます。")
        return see_other(form.result)
    context = {"group": None, "area": None, "form": form, "title": "区の部会をつくる"}
    return render(request, "communities/group_form.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def group_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change name, theme, summary."""
    group = own_group(request, pk)
    initial = {"name": group.name, "theme": group.theme, "summary": group.summary}
    form = GroupForm(*posted(request), initial=initial, once=request)
    if form.acts(groups.edit_group, by=request.actor, group=group):
        messages.success(request, "部会の内容を直しました。")
        return see_other(group)
    return page(request, group, form, "部会の内容を直す")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def problem_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a problem down."""
    group = own_group(request, pk)
    form = ProblemForm(*posted(request), once=request)
    if form.acts(groups.write_problem, by=request.actor, group=group):
        messages.success(request, "課題を書きました。")
        return see_other(group)
    return page(request, group, form, "課題を書く")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def problem_edit(request: HttpRequest, pk: UUID, problem_pk: UUID) -> HttpResponse:
    """Put a problem right."""
    group = own_group(request, pk)
    problem = get_object_or_404(Problem.objects.filter(group=group), pk=problem_pk)
    initial = {"title": problem.title, "detail": problem.detail}
    form = ProblemForm(*posted(request), initial=initial, once=request)
    if form.acts(groups.write_problem, by=request.actor, group=group, problem=problem):
        messages.success(request, "課題を直しました。")
        return see_other(group)
    return page(request, group, form, "課題を直す")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def measure_new(request: HttpRequest, pk: UUID, problem_pk: UUID) -> HttpResponse:
    """Write a measure and who takes it."""
    group = own_group(request, pk)
    problem = get_object_or_404(Problem.objects.filter(group=group).select_related("group"), pk=problem_pk)
    form = MeasureForm(*posted(request), group=group, once=request)
    if form.acts(groups.write_measure, by=request.actor, problem=problem):
        messages.success(request, "対応策を書きました。")
        return see_other(group)
    return page(request, group, form, f"「{problem.title}」の対応策を書く")


def own_measure(group: WorkingGroup, pk: UUID) -> Measure:
    """A measure of this group."""
    rows = Measure.objects.filter(problem__group=group).select_related("problem__group__community")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def measure_edit(request: HttpRequest, pk: UUID, measure_pk: UUID) -> HttpResponse:
    """Put a measure right, or say who takes it."""
    group = own_group(request, pk)
    measure = own_measure(group, measure_pk)
    names = ("title", "taker_kind", "taker_name", "initiative")
    initial = {name: getattr(measure, name) for name in names}
    form = MeasureForm(*posted(request), initial=initial, group=group, once=request)
    if form.acts(groups.write_measure, by=request.actor, problem=measure.problem, measure=measure):
        messages.success(request, "対応策を直しました。")
        return see_other(group)
    return page(request, group, form, "対応策を直す")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def measure_step(request: HttpRequest, pk: UUID, measure_pk: UUID) -> HttpResponse:
    """How far a measure is."""
    group = own_group(request, pk)
    measure = own_measure(group, measure_pk)
    steps = workflow.MEASURE.available(measure, request.actor)
    form = StepForm(*posted(request), steps=steps, names=STEPS, once=request)
    if form.acts(groups.move_measure, by=request.actor, measure=measure):
        messages.success(request, f"対応策を「{measure.get_state_display()}」にしました。")
        return see_other(group)
    context = {"group": group, "area": group.area, "measure": measure, "form": form}
    return render(request, "communities/measure_step.html", context, status=form.status)
