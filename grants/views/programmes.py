"""The officers' pages of what is offered: the years, one year with all it says, its copy, what changed, its 科目."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..forms import PostButton
from ..forms.programmes import BudgetLineForm
from ..models import BudgetLine, Programme
from ..offering.parts import MenuList
from ..offering.sheet import changes, sheet
from ..offering.workflow import PROGRAMME
from ..queries import READERS

RUN = "grants.run_programme"
PARTS_SAID = [("words", "内容の文"), ("types", "型"), *MenuList.choices]  # what is edited besides the terms
SAID = {"publish": "公開しました。", "close": "終了しました。"}


@require_safe
@staff_required(*READERS)
def programme_list(request: HttpRequest) -> HttpResponse:
    """The years of one's authority, newest first."""
    page = paging.keyset(
        request, queries.programmes_of(request.scope), order=("-fiscal_year", "id"), per_page=20
    )
    return render(request, "grants/programme_list.html", {"page": page})


@require_safe
@staff_required(*READERS)
def programme_detail(request: HttpRequest, programme: str) -> HttpResponse:
    """Everything a year says, as data."""
    return _page(request, find(request, programme))


@keeps_form
@require_POST
@staff_required(*READERS)
def programme_move(request: HttpRequest, programme: str, step: str) -> HttpResponse:
    """Publish a draft, close a year."""
    row = find_own(request, programme)
    if step not in SAID:
        raise Http404
    form = PostButton(request.POST, once=request)
    if form.acts(actions.move_programme, by=request.actor, programme=row, step=step):
        messages.success(request, SAID[step])
        return see_other(row)
    return _page(request, row, form)


@require_safe
@staff_required(*READERS)
def programme_changes(request: HttpRequest, programme: str) -> HttpResponse:
    """What differs from the year it was copied from, side by side."""
    row = find(request, programme, with_source=True)
    before = row.copied_from
    found = changes(sheet(before), sheet(row)) if before else {}
    context = {"programme": row, "before": before, "changes": found}
    return render(request, "grants/programme_changes.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def programme_budget(request: HttpRequest, programme: str) -> HttpResponse:
    """The 科目 with their 予算額; an officer adds one or sets its amount."""
    row = find(request, programme)
    verdict = permissions.check(request.actor, RUN, row)
    form = BudgetLineForm(request.POST or None, once=request)
    if request.method == "POST" and form.acts(actions.save_budget_line, by=request.actor, programme=row):
        messages.success(request, f"{form.result}の予算額を保存しました。")
        return see_other("grants:programme_budget", programme)
    lines = [(line, PostButton(at=line.get_remove_url(), once=request)) for line in row.budget_lines.all()]
    context = {
        "programme": row,
        "lines": lines,
        "total_yen": sum(line.amount_yen for line, _ in lines),
        "form": form,
        "may": verdict,
    }
    return render(request, "grants/programme_budget.html", context, status=form.status)


@require_POST
@staff_required(*READERS)
def programme_budget_remove(request: HttpRequest, programme: str, pk: UUID) -> HttpResponse:
    """Take a 科目 out of a draft."""
    row = find_own(request, programme)
    line = get_object_or_404(BudgetLine.objects.select_related("programme__authority"), programme=row, pk=pk)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.remove_budget_line, by=request.actor, line=line):
        messages.success(request, "科目をなくしました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other("grants:programme_budget", programme)


def find(request: HttpRequest, slug: str, *, with_source: bool = False) -> Programme:
    """The programme of one's authority with all it says, else 404; the page speaks for its authority."""
    row = get_object_or_404(
        queries.whole(queries.programmes_of(request.scope), with_source=with_source), slug=slug
    )
    set_authority(request, row.authority)
    return row


def find_own(request: HttpRequest, slug: str) -> Programme:
    """The same for who may change it. 404 for a stranger, 403 with the reason for a reader."""
    row = find(request, slug)
    permissions.require(request.actor, RUN, row)
    return row


def _page(request: HttpRequest, row: Programme, form: PostButton | None = None) -> HttpResponse:
    may = permissions.check(request.actor, RUN, row)
    buttons = [
        (step, PostButton(at=row.get_move_url(step.name), once=request))
        for step in PROGRAMME.available(row, request.actor)
    ]
    copies = row.copies.all()
    context = {
        "programme": row,
        "sheet": sheet(row),
        "may": may,
        "buttons": buttons,
        "copies": copies,
        "form": form,
        "parts": PARTS_SAID,
    }
    return render(request, "grants/programme_detail.html", context, status=form.status if form else 200)
