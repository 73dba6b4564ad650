"""Pages of the retention: the list of ended files, and one of them with its term, its holds and its 廃棄."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ..forms import NoteForm, PostButton
from ..models import Discard, Hold
from ..queries import READERS
from . import actions, queries
from .enums import DiscardState
from .forms import HoldForm, LongerForm, ReleaseForm, ShowForm
from .kinds import KINDS, kind_of

KEEP, APPROVE = "grants.keep_file", "grants.approve_discard"
ACTS: dict[str, tuple[type[Any], Callable[..., Any], str, str]] = {
    "hold": (HoldForm, actions.hold_file, KEEP, "廃棄を保留にしました。"),
    "release": (ReleaseForm, actions.release_hold, KEEP, "保留を解きました。"),
    "extend": (LongerForm, actions.extend_term, KEEP, "保存期間を延ばしました。"),
    "propose": (PostButton, actions.propose_discard, KEEP, "廃棄を申し出ました。課長か決裁者が承認します。"),
    "approve": (PostButton, actions.approve_discard, APPROVE, "承認して廃棄しました。"),
    "decline": (NoteForm, actions.decline_discard, APPROVE, "廃棄しないことにしました。"),
}


@require_safe
@staff_required(*READERS)
def retention(request: HttpRequest) -> HttpResponse:
    """Ended files by the day on which their term is over; first those that may be thrown away."""
    wanted = ShowForm(request.GET)
    kind, show = wanted.chosen_kind(), wanted.chosen()
    rows = queries.narrowed(queries.ended(request.scope, kind), show)  # type: ignore[attr-defined]
    page = paging.keyset(request, rows, order=("kept_until", "id"), per_page=60)
    context = {"page": page, "filter": wanted, "show": show, "kind": kind, "today": clock.today_jst()}
    return render(request, "grants/retention/retention.html", context)


@require_safe
@staff_required(*READERS)
def retention_detail(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """One ended file: until when it is kept, what holds it, its 廃棄."""
    return _page(request, _find(request, kind, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def retention_act(request: HttpRequest, kind: str, pk: UUID, act: str) -> HttpResponse:
    """Hold, release, extend, propose; approve or decline by another person."""
    if act not in ACTS:
        raise Http404
    case = _find(request, kind, pk)
    _, action, permission, said = ACTS[act]
    about = _about(case, permission)
    permissions.require(request.actor, permission, *about.values())  # type: ignore[attr-defined]
    form = _form(request, case, act, request.POST)
    if form.acts(action, by=request.actor, **about):  # type: ignore[attr-defined]
        messages.success(request, said)
        return see_other(case.get_retention_url())
    return _page(request, case, act, form)


def _about(case: Any, permission: str) -> dict[str, Any]:
    """What an act is about: the file, or its newest 廃棄. Raises Http404 when there is none."""
    if permission == KEEP:
        return {"case": case}
    discard = _discard(case)
    if discard is None:
        raise Http404
    return {"discard": discard}


def _discard(case: Any) -> Discard | None:
    row: Discard | None = case.discards.select_related("proposed_by", "approved_by").last()
    if row is not None:
        setattr(row, kind_of(case).key, case)
    return row


def _form(request: HttpRequest, case: Any, act: str, data: Any = None) -> Any:
    more = {"holds": case.holds.filter(ended_at__isnull=True)} if act == "release" else {}
    return ACTS[act][0](data, at=case.get_retention_act_url(act), once=request, **more)


def _find(request: HttpRequest, kind: str, pk: UUID) -> Any:
    if kind not in KINDS:
        raise Http404
    case: Any = get_object_or_404(queries.ended(request.scope, kind), pk=pk)  # type: ignore[attr-defined]
    set_authority(request, case.menu.programme.authority)
    return case


def _offered(request: HttpRequest, case: Any, proposed: Discard | None, holds: list[Hold]) -> list[str]:
    """What this person may do with the file now."""
    found: list[str] = []
    if case.erased_at is None and permissions.check(request.actor, KEEP, case):  # type: ignore[attr-defined]
        found = ["hold", "extend", *(["release"] if any(row.ended_at is None for row in holds) else [])]
        found += [] if proposed else ["propose"]
    if proposed and permissions.check(request.actor, APPROVE, proposed):  # type: ignore[attr-defined]
        found += ["approve", "decline"]
    return found


def _page(request: HttpRequest, case: Any, act: str = "", failed: OnceForm | None = None) -> HttpResponse:
    discard, holds = _discard(case), list(case.holds.select_related("set_by", "ended_by"))
    proposed = discard if discard and discard.state == DiscardState.PROPOSED else None
    offered = _offered(request, case, proposed, holds)
    forms = {name: _form(request, case, name) if name in offered else None for name in ACTS}
    free = case.kept_until < clock.today_jst() and not case.holding
    context = {
        "case": case,
        "discard": discard,
        "proposed": proposed,
        "holds": holds,
        "extensions": case.termextensions.select_related("extended_by"),
        "forms": forms | ({act: failed} if failed is not None else {}),
        "form": failed,
        "free": free,
    }
    return render(request, "grants/retention/detail.html", context, status=failed.status if failed else 200)
