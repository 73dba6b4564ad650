"""Pages of acquired property: the list of a file, one piece, one 財産処分. Both sides read them; each does its own there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import clock, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import queries as applications
from ..enums import GRANTED, ApplicationState
from ..forms import NoteForm, PostButton
from ..models import Application, Asset, Disposal
from ..queries import READERS
from ..rules import MUNICIPAL
from ..views.common import find
from . import queries
from .actions import answering, asking, listing
from .enums import DisposalState
from .forms import AnswerForm, AssetForm, DisposalForm, PaybackForm, YearsForm
from .papers import LIST

BOTH = (*MUNICIPAL, *READERS)
SHOWN = GRANTED | {ApplicationState.REVOKED}


@dataclass(frozen=True, slots=True)
class Act:
    """One form of a page: who may, what it does, what is said then, whether it is made for the row."""

    form: type[Any]
    action: Callable[..., Any]
    permission: str
    said: str
    knows: str = ""


OF_ASSET: dict[str, Act] = {
    "change": Act(AssetForm, listing.change_asset, "grants.change_asset", "台帳の行を直しました。", "asset"),
    "remove": Act(PostButton, listing.remove_asset, "grants.change_asset", "台帳から外しました。"),
    "years": Act(YearsForm, listing.set_years, "grants.set_asset_years", "処分制限期間を定めました。"),
    "write": Act(DisposalForm, asking.write_disposal, "grants.change_asset", "処分の内容を保存しました。"),
}
OF_DISPOSAL: dict[str, Act] = {
    "ask": Act(PostButton, asking.ask_disposal, "grants.ask_disposal", "承認を申請しました。振興局にメールで知らせます。"),
    "withdraw": Act(NoteForm, asking.withdraw_disposal, "grants.ask_disposal", "取り下げました。"),
    "answer": Act(AnswerForm, answering.draft_answer, "grants.answer_disposal", "起案しました。", "disposal"),
    "payback": Act(PaybackForm, answering.order_payback, "grants.answer_disposal", "納入通知を出しました。"),
}  # fmt: skip


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*BOTH)
def assets(request: HttpRequest, pk: UUID) -> HttpResponse:
    """取得財産等管理台帳 of a file; its municipality lists a further piece here."""
    application = _find(request, pk)
    may = permissions.check(request.actor, "grants.list_assets", application)  # type: ignore[attr-defined]
    form = AssetForm(request.POST or None, once=request)
    if request.method == "POST":
        permissions.require(request.actor, "grants.list_assets", application)  # type: ignore[attr-defined]
        if form.acts(listing.add_asset, by=request.actor, application=application):  # type: ignore[attr-defined]
            messages.success(request, "台帳に載せました。")
            return see_other(application.get_assets_url())
    return _list_page(request, application, form, bool(may))


@keeps_form
@require_POST
@staff_required(*BOTH)
def assets_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the list in as a paper."""
    application = _find(request, pk)
    permissions.require(request.actor, "grants.issue_assets", application)  # type: ignore[attr-defined]
    form = PostButton(request.POST, once=request)
    if form.acts(listing.hand_in_list, by=request.actor, application=application):  # type: ignore[attr-defined]
        messages.success(request, "台帳を提出しました。書類を作っています。")
        return see_other(application.get_assets_url())
    return _list_page(request, application, form, False)


@require_safe
@staff_required(*BOTH)
def asset_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One piece: what it is, until when it is bound, what was asked for."""
    return _asset_page(request, _asset(request, pk))


@keeps_form
@require_POST
@staff_required(*BOTH)
def asset_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Correct a line, take it out, set its years, write a 処分."""
    asset = _asset(request, pk)
    done, form = _acted(request, OF_ASSET, act, "asset", asset)
    if done is not None:
        return see_other(done if isinstance(done, Asset | Disposal) else done.get_assets_url())
    return _asset_page(request, asset, act, form)


@require_safe
@staff_required(*BOTH)
def disposal_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 財産処分: the wish, its 納付金 as it would be, the answer."""
    return _disposal_page(request, _disposal(request, pk))


@keeps_form
@require_POST
@staff_required(*BOTH)
def disposal_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Ask, take back, draft the answer, ask for the 納付金."""
    disposal = _disposal(request, pk)
    done, form = _acted(request, OF_DISPOSAL, act, "disposal", disposal)
    if done is None:
        return _disposal_page(request, disposal, act, form)
    drafted = disposal.approvals.filter(state="drafted").first() if act == "answer" else None
    return see_other(drafted or done)


def _acted(request: HttpRequest, acts: dict[str, Act], act: str, name: str, row: Any) -> tuple[Any, Any]:
    """(what the action gave, None), or (None, the form that was refused)."""
    shape = acts.get(act)
    if shape is None:
        raise Http404
    permissions.require(request.actor, shape.permission, row)  # type: ignore[attr-defined]
    form = _form(request, shape, row, act, request.POST)
    if form.acts(shape.action, by=request.actor, **{name: row}):  # type: ignore[attr-defined]
        messages.success(request, shape.said)
        return form.result, None
    return None, form


def _form(request: HttpRequest, shape: Act, row: Any, act: str, data: Any = None) -> Any:
    more: dict[str, Any] = {shape.knows: row} if shape.knows else {}
    if shape.form is DisposalForm:
        more["disposal"] = row.disposals.filter(state=DisposalState.DRAFT).first()
    return shape.form(data, at=row.get_act_url(act), once=request, **more)


def _forms(
    request: HttpRequest,
    acts: dict[str, Act],
    row: Model,
    names: list[str],
    act: str,
    failed: OnceForm | None,
) -> dict[str, Any]:
    """The forms that stand on the page now: those named that this person may send, and what was refused."""
    found = {
        name: _form(request, acts[name], row, name)
        for name in names
        if name != act and permissions.check(request.actor, acts[name].permission, row)  # type: ignore[attr-defined]
    }
    return dict.fromkeys(acts) | found | ({act: failed} if failed is not None else {})


def _find(request: HttpRequest, pk: UUID) -> Application:
    seen = applications.with_case(applications.visible_to(request.scope)).filter(state__in=sorted(SHOWN))  # type: ignore[attr-defined]
    return find(request, seen, pk)


def _asset(request: HttpRequest, pk: UUID) -> Asset:
    asset = get_object_or_404(queries.with_case(queries.visible_to(request.scope)), pk=pk)  # type: ignore[attr-defined]
    set_authority(request, asset.application.menu.programme.authority)
    return asset


def _disposal(request: HttpRequest, pk: UUID) -> Disposal:
    seen = queries.disposals_with_case(queries.disposals_visible_to(request.scope))  # type: ignore[attr-defined]
    disposal: Disposal = get_object_or_404(seen, pk=pk)
    set_authority(request, disposal.application.menu.programme.authority)
    return disposal


def _list_page(request: HttpRequest, application: Application, form: OnceForm, may: bool) -> HttpResponse:
    lists = may and application.is_granted
    context = {
        "application": application,
        "rows": application.assets.all(),
        "today": clock.today_jst(),
        "documents": documents.of(application).filter(kind=LIST),
        "form": form,
        "listing": form if lists and isinstance(form, AssetForm) else None,
        "may_hand_in": application.is_granted
        and bool(permissions.check(request.actor, "grants.issue_assets", application)),  # type: ignore[attr-defined]
        "hand_in": PostButton(once=request),
    }
    return render(request, "grants/assets/assets.html", context, status=form.status)


def _asset_page(
    request: HttpRequest, asset: Asset, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    wishes = queries.disposals_visible_to(request.scope).filter(asset=asset)  # type: ignore[attr-defined]
    rows = list(wishes)
    open_one = next((row for row in rows if row.state in ("draft", "asked", "deciding")), None)
    offered = ["years"] if asset.is_held else []
    if asset.is_held and asset.application.is_granted and (open_one is None or open_one.state == "draft"):
        offered.append("write")
    if asset.is_held and not rows and asset.application.state in listing.CORRECTING:
        offered += ["change", "remove"]
    context = {
        "asset": asset,
        "application": asset.application,
        "disposals": rows,
        "open_one": open_one,
        "form": failed,
        "forms": _forms(request, OF_ASSET, asset, offered, act, failed),
    }
    return render(request, "grants/assets/asset.html", context, status=failed.status if failed else 200)


OFFERED: dict[str, list[str]] = {
    DisposalState.DRAFT: ["ask", "withdraw"],
    DisposalState.ASKED: ["answer", "withdraw"],
    DisposalState.APPROVED: ["payback"],
}


def _disposal_page(
    request: HttpRequest, disposal: Disposal, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    reclaim = disposal.reclaims.exclude(state="cancelled").first()
    offered = OFFERED.get(disposal.state, [])
    if "payback" in offered and (reclaim or not disposal.payback_yen):
        offered = []
    forms = _forms(request, OF_DISPOSAL, disposal, offered, act, failed)
    context = {
        "disposal": disposal,
        "asset": disposal.asset,
        "application": disposal.application,
        "approval": disposal.approvals.filter(state="drafted").first(),
        "reclaim": reclaim,
        "documents": documents.of(disposal),
        "form": failed,
        "forms": forms,
    }
    return render(request, "grants/assets/disposal.html", context, status=failed.status if failed else 200)
