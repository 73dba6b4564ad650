"""The people of a community for its organisers: the list, invitations, handing over; and the page of an invitation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.actors import TokenActor
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import private, see_other

from .. import queries
from ..actions import invitations, organisers
from ..enums import InvitationState
from ..forms.communities import StepForm
from ..forms.joining import HandOverForm, InvitationForm
from ..models import Invitation
from ..queries.joining import invitations_visible_to, open_invitations_of
from ..workflow import INVITATION
from .memberships import my_membership
from .requests import may, posted, require, row_of_link, visible_community

ANSWERS = ("accept", "refuse")


@require_safe
@signed_in
def community_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who takes part with their role, and who has been invited."""
    community = visible_community(request, slug)
    require(request, "communities.edit_community", community)
    page = paging.keyset(
        request, queries.active_members_of(community), order=("-role", "joined_at", "id"), per_page=50, filled=("joined_at",)
    )  # fmt: skip
    context = {
        "community": community, "page": page, "invitations": list(open_invitations_of(community)[:40]),
        "may_invite": may(request, "communities.invite_member", community),
        "may_hand_over": may(request, "communities.hand_over", community),
    }  # fmt: skip
    return render(request, "communities/community_members.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def invitation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody by mail."""
    community = visible_community(request, slug)
    require(request, "communities.invite_member", community)
    form = InvitationForm(*posted(request), once=request)
    if form.acts(invitations.invite_member, by=request.actor, community=community):
        messages.success(request, "招待のメールを送りました。返事は、この画面で分かります。")
        return see_other("communities:community_members", community.slug)
    context = {"community": community, "form": form}
    return render(request, "communities/invitation_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def invitation_cancel(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    community = visible_community(request, slug)
    require(request, "communities.invite_member", community)
    rows = invitations_visible_to(request.scope).select_related("community")
    invitation = get_object_or_404(rows, pk=pk, community=community)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(invitations.cancel_invitation, by=request.actor, invitation=invitation):
        messages.success(request, "招待を取りやめました。")
        return see_other("communities:community_members", community.slug)
    context = {"community": community, "invitation": invitation, "form": form}
    return render(request, "communities/invitation_cancel.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_handover(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the community over and stay as a plain member."""
    community = visible_community(request, slug)
    require(request, "communities.hand_over", community)
    form = HandOverForm(
        *posted(request), community=community, mine=my_membership(request, community), once=request
    )
    if form.acts(organisers.hand_over, by=request.actor, community=community):
        messages.success(request, "世話人を引き継ぎました。これまで、ありがとうございました。")
        return see_other(community)
    context = {"community": community, "form": form}
    return render(request, "communities/community_handover.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@keeps_form
def invitation_detail(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, and the answer: yes with the account of that address, no with the link alone."""
    invitation = by_token(token)
    set_authority(request, invitation.community.area)
    own = bool(permissions.check(request.actor, "communities.own_invitation", invitation))
    actor = request.actor if own else TokenActor("invitation", f"invitation:{invitation.pk}")
    steps = [step for step in INVITATION.available(invitation, actor) if step.name in ANSWERS]
    form = StepForm(*posted(request), steps=steps, names=ANSWERS, once=request)
    if form.acts(_answer, by=actor, invitation=invitation):
        accepted = invitation.state == InvitationState.ACCEPTED
        messages.success(request, "参加しました。ようこそ。" if accepted else "招待を断りました。")
        return see_other(invitation.community if accepted else "communities:community_list")
    context = {"invitation": invitation, "community": invitation.community, "form": form, "own": own}
    return private(render(request, "communities/invitation_detail.html", context, status=form.status))


def _answer(*, by, invitation: Invitation, step: str, note: str) -> object:
    act = {"accept": invitations.accept_invitation, "refuse": invitations.refuse_invitation}[step]
    return act(by=by, invitation=invitation)


def by_token(token: str) -> Invitation:
    """The invitation a link stands for; 404 for a forged one."""
    return row_of_link(Invitation.objects.select_related("community__area__parent"), "invitation", token)
