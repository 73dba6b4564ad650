"""Coming in, being answered, showing oneself, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..enums import MembershipState
from ..forms.communities import JoinForm, ShowForm, StepForm
from ..forms.joining import LeaveForm
from ..models import Community, Membership
from ..queries.joining import is_last_organiser
from .requests import may, posted, require, visible_community

ANSWERED = {
    "accept": "参加を受け入れました。本人にメールでお知らせしました。",
    "decline": "お断りしました。理由を本人にメールでお知らせしました。",
    "remove": "退会にしました。",
    "appoint": "世話人にしました。",
}


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to come in, or come in at once where that is open to all."""
    community = visible_community(request, slug)
    form = JoinForm(*posted(request), adult=request.user.is_adult, once=request)
    if form.acts(actions.join_community, by=request.actor, community=community):
        active = form.result.state == MembershipState.ACTIVE
        messages.success(
            request, "参加しました。" if active else "参加を申し込みました。世話人が3日以内に返事をします。"
        )  # fmt: skip
        return see_other(community)
    context = {
        "community": community, "form": form,
        "mine": queries.live_membership_of(request.scope.user_id, community),
    }  # fmt: skip
    return render(request, "communities/community_join.html", context, status=form.status)


def my_membership(request: HttpRequest, community: Community) -> Membership:
    """The live membership of this person; 404 without one."""
    membership = queries.live_membership_of(request.scope.user_id, community)  # type: ignore[attr-defined]
    if membership is None:
        raise Http404
    return membership


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def membership_show(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community's page says about me."""
    community = visible_community(request, slug)
    membership = my_membership(request, community)
    initial = {"show_name": membership.show_name, "about": membership.about}
    form = ShowForm(*posted(request), initial=initial, once=request)
    if form.acts(actions.show_member, by=request.actor, membership=membership):
        messages.success(request, "名前の公開のしかたを変えました。")
        return see_other(community)
    context = {"community": community, "membership": membership, "form": form}
    return render(request, "communities/membership_show.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def membership_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave, or take the request back."""
    community = visible_community(request, slug)
    membership = queries.live_membership_of(request.scope.user_id, community)
    alone = membership is not None and is_last_organiser(membership)
    form = LeaveForm(*posted(request), alone=alone, once=request)
    if membership is None and not form.is_bound:
        raise Http404
    if membership is None or form.acts(actions.leave_community, by=request.actor, membership=membership):
        messages.success(request, "退会しました。名前の公開もやめました。")
        return see_other(community)
    context = {"community": community, "membership": membership, "form": form, "alone": alone}
    return render(request, "communities/membership_leave.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def membership_answer(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Answer a request, end a membership, make an organiser."""
    community = visible_community(request, slug)
    rows = queries.memberships_visible_to(request.scope).select_related("user", "community__area")
    membership = get_object_or_404(rows, pk=pk, community=community)
    require(request, "communities.answer_membership", membership)
    steps = workflow.MEMBERSHIP.available(membership, request.actor)
    mine = [step for step in steps if step.permission == "communities.answer_membership"]
    form = StepForm(*posted(request), steps=mine, names=ANSWERED, once=request)
    if form.acts(actions.answer_member, by=request.actor, membership=membership):
        messages.success(request, ANSWERED[form.data["step"]])
        return see_other("communities:community_manage", community.slug)
    context = {
        "community": community, "membership": membership, "form": form,
        "may_appoint": may(request, "communities.appoint_organiser", membership),
    }  # fmt: skip
    return render(request, "communities/membership_answer.html", context, status=form.status)
