"""Saved searches of a person, and the page on which a mail is stopped without signing in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.areas.site import authority_of
from portal.kernel.actors import TokenActor
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import private, see_other

from .. import actions, queries
from ..forms.following import SavedSearchForm
from ..models import SavedSearch
from ..telling import digests
from .requests import posted, row_of_link

LIST = "communities:my_following"
GIVEN = ("area", "theme", "age")


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def my_following(request: HttpRequest) -> HttpResponse:
    """What I am told of, and a new condition; a list's filter can be carried over in the address."""
    given = {name: request.GET[name][:40] for name in GIVEN if request.GET.get(name)}
    place = authority_of(request).area_id
    form = SavedSearchForm(*posted(request), place=place, initial=given, once=request)
    if form.acts(actions.save_search, by=request.actor):
        messages.success(
            request, "お知らせの条件を保存しました。新しいものが公開されると、メールが届きます。"
        )
        return see_other(LIST)
    searches = list(queries.searches_visible_to(request.scope))
    context = {"form": form, "searches": searches}
    return render(request, "communities/my_following.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def my_following_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one condition."""
    search = get_object_or_404(queries.searches_visible_to(request.scope), pk=pk)
    initial = {
        "area": search.area_id, "theme": search.theme.slug if search.theme else "", "age": search.age,
        "frequency": search.frequency, "quiet_from": str(search.quiet_from), "quiet_until": str(search.quiet_until),
    }  # fmt: skip
    place = authority_of(request).area_id
    form = SavedSearchForm(*posted(request), place=place, kept=search.area, initial=initial, once=request)
    if form.acts(actions.change_search, by=request.actor, search=search):
        messages.success(request, "お知らせの条件を変えました。")
        return see_other(LIST)
    context = {"form": form, "search": search}
    return render(request, "communities/my_following_edit.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def my_following_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove one condition. Pressed again it is gone already, and that is said."""
    search = queries.searches_visible_to(request.scope).filter(pk=pk).first()
    form = ButtonForm(*posted(request), once=request)
    if search is None and not form.is_bound:
        raise Http404
    if search is None or form.acts(actions.end_search, by=request.actor, search=search):
        messages.success(request, "お知らせの条件をやめました。")
        return see_other(LIST)
    context = {"form": form, "search": search}
    return render(request, "communities/my_following_end.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@keeps_form
def following_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of one search by the link that each of them carries. Opening alone stops nothing."""
    search = by_token(token)
    form = ButtonForm(*posted(request), once=request)
    actor = TokenActor("following", f"savedsearch:{search.pk}")
    if form.acts(actions.stop_search, by=actor, search=search):
        return private(see_other("communities:following_stop", token))
    context = {"form": form, "search": search}
    return private(render(request, "communities/following_stop.html", context, status=form.status))


def by_token(token: str) -> SavedSearch:
    """The search a link stands for; 404 for a link that is forged or ended."""
    return row_of_link(SavedSearch.objects.select_related("area", "theme"), digests.PURPOSE, token)
