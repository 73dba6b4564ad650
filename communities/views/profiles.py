"""One's own profile: written with a preview, opened, closed in one step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import authority_of
from portal.kernel import http
from portal.kernel.forms import keeps_form
from portal.kernel.http import private, see_other

from .. import actions, moderation, queries
from ..forms.profiles import CloseForm, ProfileForm
from ..profiles.cards import FACE, Card, card_from
from .requests import posted


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Write, see how others see it, open. Nothing is stored by the preview."""
    profile = queries.profile_of(request.scope.user_id)
    place = authority_of(request).area_id
    form = ProfileForm(*posted(request), profile=profile, place_code=place, once=request)
    if request.POST.get("preview") == "1" and not getattr(request, "csrf_failed", False):
        form.status = 200 if form.is_valid() else 422
    elif form.acts(actions.save_profile, by=request.actor):
        messages.success(request, _said(form))
        return see_other("communities:profile_edit")
    context = {
        "form": form, "profile": profile, "previews": previews(form), "closing": CloseForm(once=request, auto_id="close_%s"),
        "hiding": moderation.hiding_of(profile) if profile else None,
    }  # fmt: skip
    return private(render(request, "communities/profile_edit.html", context, status=form.status))


def previews(form: ProfileForm) -> list[tuple[str, Card | None]]:
    """How a stranger and how a member of the same community sees what the form says now; empty when it is not valid."""
    if form.is_bound and not form.is_valid():
        return []
    values: dict[str, Any] = dict(form.cleaned_data) if form.is_bound else dict(form.initial)
    if not form.is_bound:
        values["links"] = values.get("links", "").splitlines()
    values["areas"] = [area.name for area in values.get("areas") or ()]
    values["themes"] = [theme.name for theme in values.get("themes") or ()]
    values["photo"] = reverse("communities:profile_photo") + FACE if values.get("photo") else ""
    values = {
        name: values.get(name) or "" for name in ("kana", "name", "does", "helps", "seeks", "photo")
    } | {name: values.get(name) or [] for name in ("areas", "themes", "links")}
    source = form.cleaned_data if form.is_bound else form.initial
    seen = {name: source.get(f"{name}_seen") or "nobody" for name, _ in map(_name, form.pairs())}
    return [
        ("はじめて見る人", card_from(values, seen, near=False)),
        ("同じコミュニティの人", card_from(values, seen, near=True)),
    ]


def _name(pair: Any) -> tuple[str, Any]:
    return pair[0].name, pair[1]


def _said(form: ProfileForm) -> str:
    if form.data.get("open") == "1":
        return "プロフィールを公開しました。"
    return "保存しました。" + ("" if form.result.is_open else "まだ公開していません。")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def profile_close(request: HttpRequest) -> HttpResponse:
    """Disappear, at once."""
    form = CloseForm(*posted(request), once=request)
    if form.acts(actions.close_profile, by=request.actor):
        messages.success(
            request, "公開をやめました。一覧、検索、コミュニティのページから、名前が消えました。"
        )
        return see_other("communities:profile_edit")
    return private(render(request, "communities/profile_close.html", {"form": form}, status=form.status))


@require_safe
@signed_in
def profile_photo(request: HttpRequest) -> HttpResponse:
    """One's own photo, open or not."""
    profile = queries.profile_of(request.scope.user_id)
    if profile is None or profile.photo is None:
        raise Http404
    return http.picture(request, profile.photo)
