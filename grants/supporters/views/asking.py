"""What a side asks supporters for: the list, the requests of one file, one request with those who were matched."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.queries.notes import reason_of
from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import PlacementDay, SupportRequest
from ...queries import READERS
from ...rules import MUNICIPAL
from .. import queries
from ..actions import placing
from ..enums import DayState
from ..files import KINDS, is_alive
from ..forms import AskForm, ProposeForm, WithdrawForm

SIDES = (*MUNICIPAL, *READERS)
RUN, ASK = "grants.run_support", "grants.ask_supporters"
ACTS: dict[str, tuple[type[Any], Callable[..., Any], str, str]] = {
    "close": (PostButton, placing.close_request, RUN, "募集を終えました。"),
    "withdraw": (WithdrawForm, placing.withdraw_request, ASK, "募集を取り下げました。関係する人にメールで知らせます。"),
}  # fmt: skip


@require_safe
@staff_required(*SIDES)
def support_list(request: HttpRequest) -> HttpResponse:
    """What is asked for in one's area, newest first."""
    rows = queries.with_request(queries.requests_visible_to(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=40)
    return render(request, "grants/supporters/support_list.html", {"page": page})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*SIDES)
def support_case(request: HttpRequest, kind: str, file_pk: UUID) -> HttpResponse:
    """The requests of one file, and a new one."""
    if kind not in KINDS:
        raise Http404
    file = get_object_or_404(KINDS[kind].visible_to(request.scope), pk=file_pk)
    set_authority(request, file.menu.programme.authority)
    may = _verdict(request, ASK, file, strict=request.method == "POST")
    form = AskForm(request.POST or None, once=request) if may else None
    if form is not None and form.acts(placing.ask_supporters, by=request.actor, file=file):
        messages.success(request, "学生サポーターを募りました。振興局にメールで知らせます。")
        return see_other(form.result)
    rows = queries.of_file(queries.with_request(queries.requests_visible_to(request.scope)), kind, file)
    context = {
        "file": file, "back": _address(request, file), "form": form, "requests": rows[:40],
        "can_ask": may and file.menu.students and is_alive(kind, file),
    }  # fmt: skip
    return render(
        request, "grants/supporters/support_case.html", context, status=form.status if form else 200
    )


@require_safe
@staff_required(*SIDES)
def support_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request: what is wanted, who comes on which days; the officer sees whom one can ask."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*SIDES)
def support_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    wanted, (_, action, permission, said) = _find(request, pk), ACTS[act]
    _verdict(request, permission, wanted, strict=True)
    form = _form(request, wanted, act, request.POST)
    if form.acts(action, by=request.actor, request=wanted):
        messages.success(request, said)
        return see_other(wanted)
    return _page(request, wanted, failed={act: form})


@keeps_form
@require_POST
@staff_required(*SIDES)
def support_propose(request: HttpRequest, pk: UUID, supporter_pk: UUID) -> HttpResponse:
    """Ask one student."""
    wanted = _find(request, pk)
    _verdict(request, RUN, wanted, strict=True)
    candidate = next((one for one in queries.candidates(wanted) if one[0].pk == supporter_pk), None)
    if candidate is None:
        messages.error(request, "この学生には、その期間に空いている日がもうありません。")
        return see_other(wanted)
    form = _propose(request, wanted, candidate, request.POST)
    if form.acts(placing.propose_supporter, by=request.actor, request=wanted):
        messages.success(request, f"{candidate[0].name}さんに打診しました。")
        return see_other(wanted)
    return _page(request, wanted, failed_proposal=form)


def _verdict(request: HttpRequest, permission: str, obj: Any, *, strict: bool) -> bool:
    """Whether it is allowed; where it has to be, the refusal says why."""
    verdict = permissions.check(request.actor, permission, obj)
    if strict and not verdict:
        raise PermissionDenied(verdict.reason)
    return verdict.allowed


def _address(request: HttpRequest, file: Any) -> str:
    """The file's page for the side that asks."""
    url: str = file.get_absolute_url() if request.scope.has(*MUNICIPAL) else file.get_staff_url()
    return url


def _find(request: HttpRequest, pk: UUID) -> SupportRequest:
    rows = queries.with_request(queries.requests_visible_to(request.scope))
    wanted = get_object_or_404(rows, pk=pk)
    set_authority(request, wanted.menu.programme.authority)
    return wanted


def _form(request: HttpRequest, wanted: SupportRequest, act: str, data: Any = None) -> Any:
    return ACTS[act][0](data, at=wanted.get_act_url(act), once=request)


def _propose(request: HttpRequest, wanted: SupportRequest, candidate: Any, data: Any = None) -> ProposeForm:
    at = wanted.get_propose_url(candidate[0])
    return ProposeForm(data, wanted=wanted, candidate=candidate, at=at, once=request)


def _proposals(request: HttpRequest, wanted: SupportRequest, failed: ProposeForm | None) -> list[ProposeForm]:
    """One form for each student who can be asked, where the officer may ask and somebody is still wanted."""
    if not wanted.is_open or wanted.placed >= wanted.people:  # type: ignore[attr-defined]
        return [failed] if failed else []
    if not permissions.check(request.actor, RUN, wanted):
        return []
    rows = [_propose(request, wanted, one) for one in queries.candidates(wanted)]
    return [failed if failed and failed.supporter.pk == row.supporter.pk else row for row in rows]


def _page(
    request: HttpRequest,
    wanted: SupportRequest,
    failed: dict[str, OnceForm] | None = None,
    failed_proposal: ProposeForm | None = None,
) -> HttpResponse:
    forms = {
        name: _form(request, wanted, name)
        for name, (_, _, permission, _) in ACTS.items()
        if wanted.is_open and permissions.check(request.actor, permission, wanted)
    } | (failed or {})
    refused = failed_proposal or next(iter((failed or {}).values()), None)
    days = PlacementDay.objects.exclude(state=DayState.DROPPED)
    placements = (
        queries.placements_visible_to(request.scope).filter(request=wanted).order_by("created_at", "id")
    )
    context = {
        "wanted": wanted, "forms": forms, "form": refused, "back": _address(request, wanted.file),
        "placements": placements.select_related("supporter").prefetch_related(Prefetch("days", queryset=days)),
        "proposals": _proposals(request, wanted, failed_proposal), "reason": reason_of(wanted, "withdraw"),
        "runs": permissions.check(request.actor, RUN, wanted).allowed,
    }  # fmt: skip
    return render(
        request, "grants/supporters/support_detail.html", context, status=refused.status if refused else 200
    )
