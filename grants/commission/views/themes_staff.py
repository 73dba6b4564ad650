"""The prefecture's side of themes: the list of those proposed, selecting one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ...queries import READERS
from ..actions import themes as actions
from ..forms.themes import JudgeForm
from ..queries import themes


@require_safe
@staff_required(*READERS)
def staff_theme_list(request: HttpRequest) -> HttpResponse:
    """What the municipalities have proposed, newest first."""
    page = paging.keyset(request, themes.received(request.scope), order=("-proposed_at", "id"), per_page=20)
    return render(request, "grants/commission/staff_theme_list.html", {"page": page})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def staff_theme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One proposed theme, and its selection."""
    theme = get_object_or_404(themes.received(request.scope), pk=pk)
    set_authority(request, theme.menu.programme.authority)
    may = permissions.check(request.actor, "grants.judge_theme", theme)
    form = JudgeForm(request.POST or None, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.judge_theme", theme)
        if form.acts(actions.judge_theme, by=request.actor, theme=theme):
            messages.success(request, "記録し、市町村にメールを送りました。")
            return see_other(theme.get_staff_url())
    context = {"theme": theme, "form": form, "may": may, "reason": themes.reason(theme)}
    return render(request, "grants/commission/staff_theme.html", context, status=form.status)
