"""The staff's work with communities: a list, one short form, and the steps of a community."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums import CommunityState
from ..forms.communities import CommunityEditForm, CommunityNewForm, StepForm
from ..forms.filters import ListFilter
from ..models import Community
from ..queries.lists import NEEDS, staff_communities
from ..rules import READERS, WARD_STAFF
from .requests import may, posted, require

MOVED = {
    "publish": "コミュニティを公開しました。",
    "discard": "下書きを取りやめました。",
    "rest": "休止にしました。",
    "wake": "再開しました。",
    "dissolve": "解散にしました。",
}
TABS = [
    ("", "すべて"),
    *((state.value, state.label) for state in CommunityState if state != CommunityState.DISCARDED),
    *((name, label) for name, (label, _) in NEEDS.items()),
]


def staff_community(request: HttpRequest, pk: UUID) -> Community:
    """A community of one's areas; 404 otherwise."""
    rows = queries.communities_in_areas(request.scope)  # type: ignore[attr-defined]
    return get_object_or_404(queries.with_theme_names(rows), pk=pk)


def just_registered(request: HttpRequest, community: Community) -> list[Community] | None:
    """Right after registering, once: those that may be the same. None on any other visit."""
    if request.session.get("registered") != str(community.pk):
        return None
    del request.session["registered"]
    found = queries.similar_communities(community.area, community.name, community.kana)
    return [row for row in found if row.pk != community.pk]


@require_safe
@staff_required(*READERS)
def staff_community_list(request: HttpRequest) -> HttpResponse:
    """The communities of one's areas, newest first, by state and words."""
    chosen, state = ListFilter.of(request), request.GET.get("state", "")
    rows = queries.with_organisers(staff_communities(request.scope, request.GET))
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=50)
    context = {
        "page": page, "chosen": chosen, "state": state,
        "tabs": [(label, f"?state={value}" if value else "?", None, value == state) for value, label in TABS],
        "may_register": request.scope.has(*WARD_STAFF),
    }  # fmt: skip
    return render(request, "communities/staff_community_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_community_new(request: HttpRequest) -> HttpResponse:
    """Register a community in one short form: as a draft, or published at once."""
    form = CommunityNewForm(*posted(request), scope=request.scope, once=request)
    if form.acts(actions.register_with_organiser, by=request.actor):
        request.session["registered"] = str(form.result.pk)
        public = form.result.is_public
        messages.success(
            request,
            "コミュニティを登録し、公開しました。" if public else "コミュニティを下書きに保存しました。",
        )
        return see_other("communities:staff_community_detail", form.result.pk)
    return render(request, "communities/staff_community_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_community_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One community: its people, its next steps, its history."""
    community = staff_community(request, pk)
    steps = workflow.COMMUNITY.available(community, request.actor)
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_community, by=request.actor, community=community):
        messages.success(request, MOVED[form.data["step"]])
        return see_other("communities:staff_community_detail", community.pk)
    registered = just_registered(request, community)
    context = {
        "community": community, "form": form, "registered": registered is not None, "similar": registered,
        "organisers": list(queries.organisers_of(community)),
        "requests": list(queries.requests_of(community)[:10]),
        "events": list(queries.events_of(community)[:5]),
        "may_edit": may(request, "communities.edit_community", community),
        "contacts": list(queries.contacts_about("community", community.pk, request.scope)[:5]),
    }  # fmt: skip
    return render(request, "communities/staff_community_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_community_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the page says."""
    community = staff_community(request, pk)
    require(request, "communities.edit_community", community)
    form = CommunityEditForm(*posted(request), community=community, once=request)
    if form.acts(actions.edit_community, by=request.actor, community=community):
        messages.success(request, "コミュニティの内容を直しました。")
        return see_other("communities:staff_community_detail", community.pk)
    context = {"community": community, "form": form}
    return render(request, "communities/staff_community_edit.html", context, status=form.status)
