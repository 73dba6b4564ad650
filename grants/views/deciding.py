"""The officer's page of the decision: what may be granted and why, the draft of it or of a refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions, capped, queries
from ..documents import KIND
from ..enums import Place
from ..forms import GrantForm, RefuseForm
from ..models import Application
from ..papers.decisions import LETTERS
from ..queries import READERS, CapState, approving
from ..routing import drafts_elsewhere
from .common import cap_context, find, informal_context
from .presence import officer_context, with_officers


@dataclass(frozen=True, slots=True)
class Draft:
    """One of the two ways to decide."""

    form: type[Any]
    action: Callable[..., Any]
    said: str


DRAFTS: dict[str, Draft] = {
    "grant": Draft(GrantForm, actions.draft_decision, "交付決定を起案しました。"),
    "refuse": Draft(RefuseForm, actions.draft_rejection, "不交付決定を起案しました。"),
}


@require_safe
@staff_required(*READERS)
def staff_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The computed amount, what is left of cap and 科目, and the two drafts."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def staff_decide_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Draft one of the two; refused, the page comes again with everything that was typed."""
    if act not in DRAFTS:
        raise Http404
    application, shape = _find(request, pk), DRAFTS[act]
    form = _form(request, application, act, queries.cap(application), request.POST)
    if form.acts(shape.action, by=request.actor, application=application):
        messages.success(request, shape.said)
        found = approving.current(application)
        return see_other(found.approval if found else application.get_staff_url())
    return _page(request, application, act, form)


def papers_of(application: Application) -> tuple[Document | None, Document | None]:
    """The newest paper of what was submitted, and the newest letter. One query."""
    found = list(documents.of(application).filter(kind__in=[KIND, *LETTERS]).defer("snapshot"))
    paper = next((row for row in found if row.kind == KIND), None)
    return paper, next((row for row in found if row.kind != KIND), None)


def decision_context(application: Application) -> dict[str, Any]:
    """The decision that counts, for the pages of the file; nothing before there is one."""
    if not (application.is_deciding or application.is_judged):
        return {"decision": None, "withdraw_until": None}
    decision = approving.current(application)
    return {
        "decision": decision,
        "withdraw_until": approving.last_day(decision) if decision else None,
    }


def _find(request: HttpRequest, pk: UUID) -> Application:
    application = find(
        request, queries.with_case(with_officers(request, queries.received(request.scope))), pk
    )
    permissions.require(request.actor, "grants.draft_decision", application)
    return application


def _form(
    request: HttpRequest, application: Application, act: str, cap: CapState | None, data: Any = None
) -> Any:
    more: dict[str, Any] = {}
    if act == "grant":
        most = capped.most(application, cap.left_yen if cap else None)
        more = {"application": application, "most_yen": most}
    at = reverse("grants:staff_decide_act", args=[application.pk, act])
    return DRAFTS[act].form(data, at=at, once=request, **more)


def _page(
    request: HttpRequest, application: Application, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    cap = queries.cap(application)
    most = capped.most(application, cap.left_yen if cap else None)
    forms = {name: _form(request, application, name, cap) for name in DRAFTS if name != act}
    forms |= {act: failed} if failed else {}
    answered = queries.checks_of(application)
    context = {
        "application": application,
        "sheet": queries.latest_snapshot(application).data,
        "cap": cap,
        "most": most,
        "rows": _rows(application, cap, most),
        "forms": forms,
        "form": failed,
        "failed": failed,
        "lines": [(row, approving.left_of(row)) for row in forms["grant"].lines],
        "unfit": [row for row in answered.values() if row.verdict == "unfit"],
        "open_checks": sum(row["key"] not in answered for row in application.menu.checklist),
        "is_mine": drafts_elsewhere(application) or application.held_by_id == request.scope.user_id,
        **_around(request, application),
    } | (cap_context(cap, most) if cap else {})
    return render(request, "grants/staff_decide.html", context, status=failed.status if failed else 200)


def _around(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What stands beside the drafts: the decision there is, the 内示, who else drafts here."""
    found = decision_context(application) | informal_context(application)
    return found | officer_context(request, application, Place.DECIDE)


def _rows(application: Application, cap: CapState | None, most: int) -> list[tuple[str, str, str, str]]:
    """The calculation line by line, for `{% formula %}`."""
    shared = application.base_yen * application.menu.share
    rows = [
        ("", "補助対象経費(提出した予算)", f"{application.base_yen:,}", ""),
        ("×", f"補助率 {application.menu.share_label}", f"{int(shared):,}", ""),
    ]
    if cap is not None:
        rows.append(("≦", application.menu.cap_left_label, f"{cap.left_yen:,}", ""))
    rows.append(("≦", "交付申請額", f"{application.grant_yen:,}", ""))
    return [*rows, ("=", "交付できる額(千円未満切捨て)", f"{most:,}円", "grant")]
