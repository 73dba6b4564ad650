"""会則, links and age bands; resting and waking; the city's part."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.kernel import http
from portal.kernel.forms import NoteForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, workflow
from ..actions import facts as fact_actions
from ..enums import CommunityState
from ..forms.facts import CityRoleForm, FactsForm, RestForm
from ..models import CommunityFacts
from ..rules import READERS
from .requests import may, posted, require, visible_community
from .staff_communities import staff_community


@require_safe
def community_charter(request: HttpRequest, slug: str) -> FileResponse:
    """The 会則 as a file."""
    community = visible_community(request, slug)
    facts = get_object_or_404(CommunityFacts.objects.select_related("charter"), community=community)
    if facts.charter is None:
        raise Http404
    return http.attachment(facts.charter)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """What a community says about itself in papers and figures."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    facts = CommunityFacts.objects.select_related("charter").filter(community=community).first()
    form = FactsForm(*posted(request), facts=facts, once=request)
    if form.acts(fact_actions.save_facts, by=request.actor, community=community):
        messages.success(request, "会則、リンク、年代を直しました。")
        return see_other(community)
    context = {"community": community, "form": form}
    return render(request, "communities/community_facts.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_rest(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the community rest, or wake it."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    step = "wake" if community.state == CommunityState.DORMANT else "rest"
    steps = [each.name for each in workflow.COMMUNITY.available(community, request.actor)]
    form = RestForm(*posted(request), step=step, once=request)
    if form.acts(actions.move_community, by=request.actor, community=community, step=step):
        messages.success(
            request, "再開しました。" if step == "wake" else "休止にしました。いつでも再開できます。"
        )
        return see_other(community)
    context = {"community": community, "form": form, "step": step, "possible": step in steps}
    return render(request, "communities/community_rest.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_dissolve(request: HttpRequest, slug: str) -> HttpResponse:
    """End the community for good, with the words that its page will show."""
    community = visible_community(request, slug)
    require(request, "communities.dissolve_community", community)
    steps = [each.name for each in workflow.COMMUNITY.available(community, request.actor)]
    form = NoteForm(*posted(request), once=request)
    if form.acts(actions.move_community, by=request.actor, community=community, step="dissolve"):
        messages.success(request, "解散にしました。これまでの歩みは、記録として残ります。")
        return see_other(community)
    context = {"community": community, "form": form, "possible": "dissolve" in steps}
    return render(request, "communities/community_dissolve.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_city_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which part the city takes in this community, with its history."""
    community = staff_community(request, pk)
    rows = list(community.city_roles.order_by("-since_on", "-created_at"))
    form = CityRoleForm(*posted(request), last=rows[0] if rows else None, once=request)
    if form.is_bound:
        require(request, "communities.set_city_role", community)
    if form.acts(fact_actions.set_city_role, by=request.actor, community=community):
        messages.success(request, "市の役割を記録しました。")
        return see_other("communities:staff_city_role", community.pk)
    context = {
        "community": community, "form": form, "rows": rows, "may_set": may(request, "communities.set_city_role", community),
    }  # fmt: skip
    return render(request, "communities/staff_city_role.html", context, status=form.status)
