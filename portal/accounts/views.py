"""One's own page: who I am here, what I take part in, how I sign in."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.kernel import ports
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import see_other

from . import actions, second_factor
from .decorators import signed_in
from .forms import NameForm


@require_safe
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """わたしのページ."""
    scope = request.scope  # type: ignore[attr-defined]
    panels = [panel for source in ports.panels for panel in source(request.user, scope)]
    context = {
        "panels": sorted(panels, key=lambda panel: panel.order),
        "second_factor_on": second_factor.is_set_up(scope.user_id),
    }
    return render(request, "accounts/me.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def me_name(request: HttpRequest) -> HttpResponse:
    """表示名を変える."""
    form = NameForm(request.POST or None, initial={"name": request.user.name}, once=request)  # type: ignore[union-attr]
    if form.acts(actions.rename, by=request.actor, user=request.user):  # type: ignore[attr-defined]
        messages.success(request, "表示名を変えました。")
        return see_other("accounts:me")
    return render(request, "accounts/me_name.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def me_adult(request: HttpRequest) -> HttpResponse:
    """18歳になったことを確認する."""
    form = ButtonForm(request.POST or None, once=request)
    if form.acts(actions.confirm_adult, by=request.actor, user=request.user):  # type: ignore[attr-defined]
        messages.success(request, "18歳以上として登録しました。")
        return see_other("accounts:me")
    return render(request, "accounts/me_adult.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def me_sessions(request: HttpRequest) -> HttpResponse:
    """ほかの端末からもログアウトする."""
    form = ButtonForm(request.POST or None, once=request)
    if form.acts(actions.end_other_sessions, by=request.actor, user=request.user):  # type: ignore[attr-defined]
        update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
        messages.success(request, "ほかの端末をすべてログアウトしました。この端末はそのまま使えます。")
        return see_other("accounts:me")
    return render(request, "accounts/me_sessions.html", {"form": form}, status=form.status)
