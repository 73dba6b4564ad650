"""Posts of a community: read, write, show, take back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.workflow import Transition

from .. import actions, queries, workflow
from ..enums import PostState
from ..forms.communities import StepForm
from ..forms.writing import PostForm, PostNewForm, post_initial
from ..models import Post
from ..rules.writing import first_post_waits
from .photos import add_photo, remove_photo
from .requests import may, posted, require, visible_community

STEPS = [step.name for step in workflow.POST.transitions]
MOVED = {
    PostState.DRAFT: "投稿を下書きにもどしました。",
    PostState.HELD: "世話人に確認を頼みました。確かめてから公開します。",
    PostState.PUBLISHED: "投稿を公開しました。",
    PostState.WITHDRAWN: "投稿を取り下げました。",
}


def visible_post(request: HttpRequest, slug: str, pk: UUID) -> Post:
    """The post of this address with its community; 404 for a stranger."""
    rows = queries.with_author_name(queries.posts_visible_to(request.scope))  # type: ignore[attr-defined]
    post = get_object_or_404(rows.select_related("community__area__parent"), pk=pk, community__slug=slug)
    set_authority(request, post.community.area)
    return post


def steps_of(post: Post, request: HttpRequest) -> list[Transition]:
    """The buttons of this person: who may publish at once is not offered to ask for a look first."""
    steps = workflow.POST.available(post, request.actor)  # type: ignore[attr-defined]
    at_once = any(step.name == "publish" for step in steps)
    return [step for step in steps if not (at_once and step.name == "hold")]


@require_safe
def post_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All posts of a community, newest first; drafts only for those who may see them."""
    community = visible_community(request, slug)
    rows = queries.posts_of(community, request.scope)
    context = {
        "community": community, "page": paging.keyset(request, rows, order=("-created_at", "-id"), per_page=10),
        "may_write": may(request, "communities.write_post", community),
    }  # fmt: skip
    return render(request, "communities/post_list.html", context)


@require_safe
def post_detail(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One post with its photos."""
    post = visible_post(request, slug, pk)
    may_edit = may(request, "communities.edit_post", post)
    context = {
        "community": post.community, "post": post, "photos": queries.photos_shown(post, keeps_hidden=may_edit),
        "may_edit": may_edit,
        "may_release": may(request, "communities.release_post", post),
    }  # fmt: skip
    return render(request, "communities/post_detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def post_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a post: shown at once, kept as a draft, or looked at first."""
    community = visible_community(request, slug)
    require(request, "communities.write_post", community)
    form = PostNewForm(*posted(request), once=request)
    if form.acts(actions.write_post, by=request.actor, community=community):
        draft = form.result.state == PostState.DRAFT
        messages.success(request, "投稿を下書きに保存しました。" if draft else MOVED[form.result.state])
        return see_other(form.result)
    context = {
        "community": community, "form": form, "waits": first_post_waits(community, request.scope.user_id),
    }  # fmt: skip
    return render(request, "communities/post_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def post_edit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Change title and text; photos have pages of their own."""
    post = visible_post(request, slug, pk)
    require(request, "communities.edit_post", post)
    form = PostForm(*posted(request), initial=post_initial(post), once=request)
    if form.acts(actions.edit_post, by=request.actor, post=post):
        messages.success(request, "投稿を直しました。")
        return see_other(post)
    context = {
        "community": post.community, "owner": post, "form": form, "photos": queries.photos_shown(post, keeps_hidden=True),
        "title": "投稿を直す",
    }  # fmt: skip
    return render(request, "communities/writing_edit.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def post_step(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Publish, release, give back, withdraw."""
    post = visible_post(request, slug, pk)
    require(request, "communities.edit_post", post)
    form = StepForm(*posted(request), steps=steps_of(post, request), names=STEPS, once=request)
    if form.acts(actions.step_post, by=request.actor, post=post):
        messages.success(request, MOVED[PostState(post.state)])
        return see_other(post)
    context = {"community": post.community, "owner": post, "form": form, "title": "投稿の公開"}
    return render(request, "communities/writing_step.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def post_photo_new(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Add a picture to a post."""
    post = visible_post(request, slug, pk)
    require(request, "communities.edit_post", post)
    return add_photo(request, post)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def post_photo_remove(request: HttpRequest, slug: str, pk: UUID, photo_pk: UUID) -> HttpResponse:
    """Take a picture of a post away."""
    post = visible_post(request, slug, pk)
    require(request, "communities.edit_post", post)
    return remove_photo(request, post, photo_pk)
