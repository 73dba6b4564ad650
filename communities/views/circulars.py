"""回覧板: the button's page, and the page of one paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..forms.circulars import CircularForm
from ..rules import READERS, WARD_STAFF
from .requests import posted

MADE = "回覧板をつくっています。できあがると、この画面からPDFを受け取れます。"


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_circular_list(request: HttpRequest) -> HttpResponse:
    """Make the paper of a month, and find those made before."""
    may_make = request.scope.has(*WARD_STAFF)
    form = CircularForm(*posted(request), scope=request.scope, initial=own_area(request), once=request)
    if form.acts(actions.make_circular, by=request.actor):
        messages.success(request, MADE)
        return see_other(form.result)
    rows = queries.circulars_visible_to(request.scope).filter(edition__gte=1).select_related("area__parent")
    page = paging.keyset(request, rows, order=("-month", "-id"), per_page=30)
    context = {"form": form, "page": page, "may_make": may_make}
    return render(request, "communities/staff_circular_list.html", context, status=form.status)


@require_safe
@staff_required(*READERS)
def staff_circular_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One month's paper: the newest edition with its progress, and those it replaced."""
    rows = queries.circulars_visible_to(request.scope).select_related("area__parent")
    circular = get_object_or_404(rows, pk=pk)
    papers = list(documents.of(circular).defer("snapshot")[:20])
    context = {"circular": circular, "paper": papers[0] if papers else None, "earlier": papers[1:]}
    return render(request, "communities/staff_circular_detail.html", context)


def own_area(request: HttpRequest) -> dict[str, str]:
    """The area of the appointment for which the desk is shown, to begin with."""
    post = request.scope.post
    return {"area": post.area_code} if post and post.area_code else {}
