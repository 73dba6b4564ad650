"""The municipality's side of themes: its list, writing one, proposing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from ...contracts import queries as contracts
from ...enums import Place
from ...forms import PostButton
from ...forms.typed import TypedForm
from ...models import CommissionTheme
from ...rules import MUNICIPAL
from ...together import writing
from ..actions import themes as actions
from ..forms.themes import NewThemeForm, ThemeEditForm
from ..queries import themes


@require_safe
@staff_required(*MUNICIPAL)
def theme_list(request: HttpRequest) -> HttpResponse:
    """The themes of one's municipality, newest first."""
    page = paging.keyset(request, themes.own(request.scope), order=("-created_at", "id"), per_page=20)
    return render(request, "grants/commission/theme_list.html", {"page": page})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def theme_new(request: HttpRequest) -> HttpResponse:
    """Write a new theme."""
    form = NewThemeForm(request.POST or None, scope=request.scope, once=request)
    if form.acts(actions.start_theme, by=request.actor):
        messages.success(request, "下書きを保存しました。決裁者が提案すると、県に届きます。")
        return see_other(form.result)
    return render(request, "grants/commission/theme_new.html", {"form": form}, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*MUNICIPAL)
def theme_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the theme while it is a draft; read it, and what became of it, afterwards."""
    theme = find_own(request, pk)
    form = writing.opened(
        request,
        theme,
        Place.THEME,
        lambda data: ThemeEditForm(data, theme=theme, scope=request.scope, once=request),
    )
    if request.method == "POST" and form.acts(actions.save_theme, by=request.actor, theme=theme):
        writing.let_go(request, theme, Place.THEME)
        messages.success(request, "保存しました。")
        return see_other(theme)
    return _page(request, theme, form)


@require_POST
@staff_required(*MUNICIPAL)
def theme_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Save the draft while people type (`writing.autosaved`)."""
    theme = find_own(request, pk)
    form = ThemeEditForm(request.POST, theme=theme, scope=request.scope, once=request)
    return writing.autosaved(request, theme, Place.THEME, form, actions.save_theme)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def theme_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose the theme as it is stored, by the chief."""
    theme = find_own(request, pk)
    permissions.require(request.actor, "grants.propose_theme", theme)
    button = PostButton(request.POST, once=request)
    if button.acts(actions.propose_theme, by=request.actor, theme=theme):
        messages.success(request, "テーマを県に提案しました。")
        return see_other(theme)
    return _page(request, theme, ThemeEditForm(theme=theme, scope=request.scope, once=request), button)


@keeps_form
@require_POST
@staff_required(*MUNICIPAL)
def theme_give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the draft up; or take the proposal back, by the chief."""
    theme = find_own(request, pk)
    button = PostButton(request.POST, once=request)
    if button.acts(actions.give_up_theme, by=request.actor, theme=theme):
        messages.success(request, f"テーマは「{button.result.get_state_display()}」になりました。")
        return see_other(theme)
    return _page(request, theme, ThemeEditForm(theme=theme, scope=request.scope, once=request), button)


def find_own(request: HttpRequest, pk: UUID) -> CommissionTheme:
    """A theme of a municipality one works for, else 404."""
    theme = get_object_or_404(themes.own(request.scope), pk=pk)
    set_authority(request, theme.menu.programme.authority)
    return theme


def _page(
    request: HttpRequest, theme: CommissionTheme, form: TypedForm, button: PostButton | None = None
) -> HttpResponse:
    written = writing.writing_context(request, theme, Place.THEME, form) if theme.is_draft else {}
    context = {
        **written,
        "theme": theme,
        "form": form,
        "refused": button,
        "reason": themes.reason(theme),
        "contracts": contracts.of_theme(theme, request.scope),
        "give_up": PostButton(at=theme.get_give_up_url(), once=request),
        "propose": button or PostButton(at=theme.get_propose_url(), once=request),
        "may_propose": permissions.check(request.actor, "grants.propose_theme", theme),
    }
    return render(request, "grants/commission/theme_detail.html", context, status=(button or form).status)
