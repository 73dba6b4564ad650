"""The register, for the officers of its prefecture only: nobody else reads a birth date or a guardian."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.kernel import http, paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import Supporter
from ...views.common import own_authority
from .. import queries
from ..actions import register
from ..enums import SupporterState
from ..forms import PaperForm, RefuseForm, TermsForm

KEEPERS = (Role.PREFECTURE_OFFICER,)
ACTS: dict[str, tuple[type[Any], Callable[..., Any], str]] = {
    "register": (PostButton, register.register_supporter, "登録しました。学生にメールで知らせます。"),
    "paper": (PaperForm, register.keep_consent_paper, "保護者の同意書を保管しました。"),
    "ask": (PostButton, register.ask_guardian, "保護者に、同意のためのリンクを送りました。"),
    "refuse": (RefuseForm, register.refuse_supporter, "登録しないことを、学生に知らせます。"),
    "leave": (PostButton, register.leave_register, "登録を終えました。"),
}


@require_safe
@staff_required(*KEEPERS)
def supporter_list(request: HttpRequest) -> HttpResponse:
    """The register of one's authority, by name; `?state=` narrows it."""
    rows = queries.register_of(request.scope)
    state = request.GET.get("state", "")
    if state in SupporterState.values:
        rows = rows.filter(state=state)
    page = paging.keyset(request, rows, order=("kana", "id"), per_page=40)
    states = [("", "すべて"), *SupporterState.choices]
    return render(request, "grants/supporters/list.html", {"page": page, "states": states, "state": state})


@require_safe
@staff_required(*KEEPERS)
def supporter_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry with what is wanted of it."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*KEEPERS)
def supporter_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    supporter, (_, action, said) = _find(request, pk), ACTS[act]
    form = _form(request, supporter, act, request.POST)
    if form.acts(action, by=request.actor, supporter=supporter):
        messages.success(request, said)
        return see_other(supporter)
    return _page(request, supporter, {act: form})


@require_safe
@staff_required(*KEEPERS)
def supporter_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The guardian's consent on paper."""
    supporter = _find(request, pk)
    if supporter.consent_paper is None:
        raise Http404
    return http.attachment(supporter.consent_paper)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*KEEPERS)
def supporter_terms(request: HttpRequest) -> HttpResponse:
    """What counts for the supporters of one's authority."""
    authority = own_authority(request, *KEEPERS)
    verdict = permissions.check(request.actor, "grants.keep_supporters", authority)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    form = TermsForm(request.POST or None, terms=queries.terms_of(authority), once=request)
    if form.acts(register.settle_terms, by=request.actor, authority=authority):
        messages.success(request, "学生サポーターの決まりを保存しました。")
        return see_other("grants:supporter_list")
    return render(request, "grants/supporters/terms.html", {"form": form}, status=form.status)


def _find(request: HttpRequest, pk: UUID) -> Supporter:
    supporter = get_object_or_404(queries.register_of(request.scope), pk=pk)
    set_authority(request, supporter.authority)
    return supporter


def _form(request: HttpRequest, supporter: Supporter, act: str, data: Any = None) -> Any:
    shape = ACTS[act][0]
    files = (request.FILES or None,) if shape is PaperForm else ()
    return shape(data, *files, at=supporter.get_act_url(act), once=request)


def _offered(supporter: Supporter) -> list[str]:
    """The steps that can be taken now."""
    if not supporter.is_live:
        return []
    if not supporter.is_requested:
        return ["leave"]
    if not supporter.lacks_consent:
        return ["register", "refuse"]
    return ["paper", *(["ask"] if supporter.guardian_email else []), "refuse"]


def _page(
    request: HttpRequest, supporter: Supporter, failed: dict[str, OnceForm] | None = None
) -> HttpResponse:
    forms = {name: _form(request, supporter, name) for name in _offered(supporter)} | (failed or {})
    refused = next(iter((failed or {}).values()), None)
    seen = queries.placements_visible_to(request.scope).filter(supporter=supporter)  # type: ignore[attr-defined]
    placements = queries.with_placement(seen).order_by("-created_at", "-id")
    context = {
        "supporter": supporter, "forms": forms, "form": refused, "offices": supporter.offices.all(),
        "placements": placements[:60], "free": queries.unbooked(supporter.offers.all())[:60],
    }  # fmt: skip
    return render(
        request, "grants/supporters/detail.html", context, status=refused.status if refused else 200
    )
