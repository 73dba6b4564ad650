"""Public pages of communities."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import authority_of, set_authority
from portal.kernel import clock, paging, ports, search
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..enums import MembershipState
from ..forms.communities import CommunityEditForm
from ..forms.filters import ListFilter
from ..models import Community
from ..queries.wall import wall_of
from .requests import edges, may, panels, posted, require, visible_community

FOUND = 60


@require_safe
def community_list(request: HttpRequest) -> HttpResponse:
    """Communities that act now, by area, theme and words."""
    chosen = ListFilter.of(request)
    if chosen.area:
        set_authority(request, chosen.area)
    rows = queries.published_communities([chosen.area] if chosen.area else None, chosen.theme)
    context = {"chosen": chosen, "communities": [], "page": None, "areas": [], "themes": [], "most": 0}
    if chosen.words:
        context["communities"], context["most"] = found(chosen, rows)
    else:
        options = queries.filter_options(authority_of(request).area_id)
        context["areas"] = chosen.chips("area", options["area"], "すべての地域")
        context["themes"] = chosen.chips("theme", options["theme"], "すべてのテーマ")
        context["page"] = page = paging.keyset(
            request,
            rows,
            order=("-published_at", "-id"),
            filled=("published_at",),
            first=queries.newest_communities() if chosen.is_empty else None,
        )
        context["communities"] = page.items
    return render(request, "communities/community_list.html", context)


def found(chosen: ListFilter, rows) -> tuple[list[Community], int]:
    """The rows that hold the words, best first, and how many are shown at most when there are more. Two queries."""
    codes = [chosen.area] if chosen.area else None
    hits = search.find(chosen.words, audience=["public"], kinds=["community"], area_codes=codes, limit=FOUND)
    order = {hit.object_id: place for place, hit in enumerate(hits.items)}
    shown = sorted(rows.filter(pk__in=list(order)), key=lambda row: order[str(row.pk)])
    return shown, FOUND if hits.has_more else 0


@require_safe
def community_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a community is, who is there, what grew out of it, when it meets next."""
    community = visible_community(request, slug)
    initiatives = queries.initiatives_shown_on(community)
    context = {
        "community": community,
        "members": queries.shown_members(community, request.scope.user_id),
        "initiatives": initiatives,
        "events": queries.upcoming_of(community),
        "mine": queries.live_membership_of(request.scope.user_id, community),
        "may_manage": may(request, "communities.edit_community", community),
        "companions": [row for source in ports.companions for row in source(community)],
        "wall": wall_of(initiatives),
        "edges": edges(request, community),
        "panels": panels(request, community),
        "pieces": queries.pieces_of(community),
        "may_write": may(request, "communities.write_post", community),
        "may_start": may(request, "communities.start_group", community) and community.is_public,
        "may_log": may(request, "communities.log_activity", community),
        "today": clock.today_jst(),
    }
    return render(request, "communities/community_detail.html", context)


@require_safe
@signed_in
def community_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The organisers' own desk: answers due, events, initiatives, records given back."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    people = list(queries.people_of(community)[:250])
    context = {
        "community": community,
        "requests": [row for row in people if row.state == MembershipState.REQUESTED],
        "members": [row for row in people if row.state == MembershipState.ACTIVE],
        "events": list(queries.events_of(community)[:20]),
        "initiatives": queries.initiatives_shown_on(community)[:50],
        "collaborations": list(queries.collaborations_of(community)[:50]),
        "inquiries": list(queries.inquiries_to_answer({community.pk})[:10]),
        "may_ask": may(request, "communities.ask_to_publish", community),
        "may_write": may(request, "communities.write_post", community),
        "may_log": may(request, "communities.log_activity", community),
    }
    return render(request, "communities/community_manage.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the page says."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    form = CommunityEditForm(*posted(request), community=community, once=request)
    if form.acts(actions.edit_community, by=request.actor, community=community):
        messages.success(request, "コミュニティの内容を直しました。")
        return see_other("communities:community_manage", community.slug)
    return render(
        request, "communities/community_edit.html", {"community": community, "form": form}, status=form.status
    )
