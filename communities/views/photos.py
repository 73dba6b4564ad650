"""Photos of posts and of records of activity."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.kernel import http
from portal.kernel.forms import ButtonForm
from portal.kernel.http import see_other

from .. import actions, queries
from ..forms.writing import PhotoNewForm
from ..models import Activity, Post
from .requests import posted


@require_safe
def photo_file(request: HttpRequest, slug: str, pk: UUID) -> FileResponse:
    """The picture itself, for whoever sees what it belongs to."""
    rows = queries.photos_visible_to(request.scope).select_related("file")  # type: ignore[attr-defined]
    return http.picture(request, get_object_or_404(rows, pk=pk).file)


def add_photo(request: HttpRequest, owner: Post | Activity) -> HttpResponse:
    """The page that adds a picture; the caller has asked whether this person may."""
    form = PhotoNewForm(*posted(request), once=request)
    if form.acts(actions.add_photo, by=request.actor, owner=owner):  # type: ignore[attr-defined]
        messages.success(request, "写真を加えました。")
        return see_other(owner)
    context = {"community": owner.community, "owner": owner, "form": form}
    return render(request, "communities/photo_new.html", context, status=form.status)


def remove_photo(request: HttpRequest, owner: Post | Activity, pk: UUID) -> HttpResponse:
    """The page that takes one away for good. One that is gone already is no mistake."""
    photo = owner.photos.select_related("file").filter(pk=pk).first()
    form = ButtonForm(*posted(request), once=request)
    if photo is None and not form.is_bound:
        raise Http404
    if photo is None or form.acts(actions.remove_photo, by=request.actor, photo=photo):  # type: ignore[attr-defined]
        messages.success(request, "写真を消しました。")
        return see_other(owner)
    context = {"community": owner.community, "owner": owner, "photo": photo, "form": form}
    return render(request, "communities/photo_remove.html", context, status=form.status)
