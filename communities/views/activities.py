"""活動記録 of a community: read, log, put right, take back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import clock, paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums import ActivityState
from ..forms.communities import StepForm
from ..forms.writing import ActivityForm, ActivityNewForm
from ..models import Activity
from .photos import add_photo, remove_photo
from .requests import may, panels, posted, require, visible_community


def visible_activity(request: HttpRequest, slug: str, pk: UUID) -> Activity:
    """The record of this address with its community; 404 for a stranger."""
    rows = queries.with_ties_hidden(queries.activities_visible_to(request.scope))  # type: ignore[attr-defined]
    rows = rows.select_related("community__area__parent", "event", "initiative")
    activity = get_object_or_404(rows, pk=pk, community__slug=slug)
    set_authority(request, activity.community.area)
    return activity


@require_safe
def activity_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All records of a community with the totals of each year, as of today."""
    community = visible_community(request, slug, queries.with_year_totals)
    rows = queries.activities_of(community, request.scope)
    context = {
        "community": community, "page": paging.keyset(request, rows, order=("-held_on", "-id")),
        "years": queries.total_rows(community.year_rows), "today": clock.today_jst(),
        "may_log": may(request, "communities.log_activity", community),
    }  # fmt: skip
    return render(request, "communities/activity_list.html", context)


@require_safe
def activity_detail(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One record with its photos and what it belongs to."""
    activity = visible_activity(request, slug, pk)
    may_log = may(request, "communities.log_activity", activity)
    context = {
        "community": activity.community, "activity": activity, "may_log": may_log,
        "photos": queries.photos_shown(activity, keeps_hidden=may_log), "panels": panels(request, activity),
    }  # fmt: skip
    return render(request, "communities/activity_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def activity_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Log a day of activity."""
    community = visible_community(request, slug)
    require(request, "communities.log_activity", community)
    form = ActivityNewForm(*posted(request), community=community, once=request)
    if form.acts(actions.log_activity, by=request.actor, community=community):
        messages.success(request, "活動を記録しました。")
        return see_other(form.result)
    context = {"community": community, "form": form}
    return render(request, "communities/activity_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def activity_edit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put a record right."""
    activity = visible_activity(request, slug, pk)
    require(request, "communities.log_activity", activity)
    form = ActivityForm(*posted(request), community=activity.community, activity=activity, once=request)
    if form.acts(actions.edit_activity, by=request.actor, activity=activity):
        messages.success(request, "活動の記録を直しました。")
        return see_other(activity)
    context = {
        "community": activity.community, "owner": activity, "form": form, "photos": queries.photos_shown(activity, keeps_hidden=True),
        "title": "活動の記録を直す",
    }  # fmt: skip
    return render(request, "communities/writing_edit.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def activity_step(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Withdraw a record, or restore it."""
    activity = visible_activity(request, slug, pk)
    require(request, "communities.log_activity", activity)
    steps = workflow.ACTIVITY.available(activity, request.actor)
    form = StepForm(*posted(request), steps=steps, names=("withdraw", "restore"), once=request)
    if form.acts(actions.move_activity, by=request.actor, activity=activity):
        out = activity.state == ActivityState.PUBLISHED
        messages.success(
            request, "活動の記録を公開にもどしました。" if out else "活動の記録を取り下げました。"
        )
        return see_other(activity)
    context = {
        "community": activity.community, "owner": activity, "form": form, "title": "活動の記録の取下げ",
    }  # fmt: skip
    return render(request, "communities/writing_step.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def activity_photo_new(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Add a picture to a record."""
    activity = visible_activity(request, slug, pk)
    require(request, "communities.log_activity", activity)
    return add_photo(request, activity)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def activity_photo_remove(request: HttpRequest, slug: str, pk: UUID, photo_pk: UUID) -> HttpResponse:
    """Take a picture of a record away."""
    activity = visible_activity(request, slug, pk)
    require(request, "communities.log_activity", activity)
    return remove_photo(request, activity, photo_pk)
