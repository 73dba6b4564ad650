"""The lecturer's own pages: what one is asked for, when, the fee with its tax, what was paid."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import paging
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import WorkshopLecturer
from ...payments.papers import with_notices
from .. import lectures
from ..actions.confirming import confirm_lecture
from ..papers import when


@require_safe
@signed_in
def lecture_list(request: HttpRequest) -> HttpResponse:
    """My lectures, the newest first, on each page those whose date waits for a word of mine before the others."""
    mine = lectures.of_lecturer(request.scope)
    page = paging.keyset(request, mine, order=("-created_at", "-id"), per_page=20)
    if page.items:
        set_authority(request, page.items[0].workshop.menu.programme.authority)
    rows = sorted(((row, lectures.may_confirm(row)) for row in page.items), key=lambda pair: not pair[1])
    return render(request, "grants/workshop/lecture_list.html", {"page": page, "rows": rows})


@require_safe
@signed_in
def lecture_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One lecture of mine."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def lecture_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the date."""
    lecturer = _find(request, pk)
    form = _form(request, lecturer, request.POST)
    if form.acts(confirm_lecture, by=request.actor, lecturer=lecturer):
        messages.success(request, "日時を確かめたことを、窓口の市町村と県に示しました。")
        return see_other(lecturer)
    return _page(request, lecturer, form)


def _find(request: HttpRequest, pk: UUID) -> WorkshopLecturer:
    lecturer = get_object_or_404(lectures.of_lecturer(request.scope), pk=pk)
    set_authority(request, lecturer.workshop.menu.programme.authority)
    return lecturer


def _form(request: HttpRequest, lecturer: WorkshopLecturer, data: object = None) -> PostButton:
    return PostButton(data, at=f"{lecturer.get_absolute_url()}confirm/", once=request)


def _page(request: HttpRequest, lecturer: WorkshopLecturer, failed: OnceForm | None = None) -> HttpResponse:
    context = {
        "lecturer": lecturer,
        "workshop": lecturer.workshop,
        "when": when(lecturer.workshop),
        "expected": lectures.expected(lecturer),
        "payments": with_notices(request.scope, lectures.payments_of(lecturer)),  # type: ignore[attr-defined]
        "confirm": _form(request, lecturer) if lectures.may_confirm(lecturer) else None,
        "form": failed,
    }
    status = failed.status if failed is not None else 200
    return render(request, "grants/workshop/lecture_detail.html", context, status=status)
