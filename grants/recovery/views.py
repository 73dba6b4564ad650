"""The page of a file's 取消し and 返還."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import clock, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import queries as applications
from ..enums import GRANTED, ApplicationState, Place
from ..models import Application
from ..queries import READERS
from ..views.common import find
from ..views.presence import officer_context, with_officers
from . import queries
from .actions import reclaiming, revoking
from .forms import ReclaimForm, RevokeForm

ACTS: dict[str, tuple[type[Any], Any, str]] = {
    "revoke": (RevokeForm, revoking.draft_revocation, "交付決定の取消しを起案しました。"),
    "reclaim": (ReclaimForm, reclaiming.order_reclaim, "納入通知を出しました。市町村にメールで知らせます。"),
}
RUN = "grants.revoke_application"


@require_safe
@staff_required(*READERS)
def recovery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What may be revoked of a file, what is to come back, what came back."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@staff_required(*READERS)
def recovery_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Draft the 取消し, or ask for money back."""
    if act not in ACTS:
        raise Http404
    application, (_, action, said) = _find(request, pk), ACTS[act]
    permissions.require(request.actor, RUN, application)
    form = _form(request, application, act, request.POST)
    if form.acts(action, by=request.actor, application=application):
        messages.success(request, said)
        drafted = application.approvals.filter(state="drafted").first() if act == "revoke" else None
        return see_other(drafted or application.get_recovery_url())
    return _page(request, application, act, form)


def _find(request: HttpRequest, pk: UUID) -> Application:
    seen = with_officers(request, applications.received(request.scope))  # type: ignore[attr-defined]
    application = find(request, applications.with_case(seen), pk)
    if application.state not in GRANTED | {ApplicationState.REVOKED}:
        raise Http404
    return application


def _form(request: HttpRequest, application: Application, act: str, data: Any = None) -> Any:
    more = {"menu": application.menu} if act == "reclaim" else {}
    return ACTS[act][0](data, at=_at(application, act), once=request, **more)


def _at(application: Application, act: str) -> str:
    return reverse("grants:recovery_act", args=[application.pk, act])


def _page(
    request: HttpRequest, application: Application, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    revocation = queries.revocation_of(application)
    rows = list(queries.with_case(application.reclaims.all()))
    waiting = application.approvals.filter(state="drafted").first()
    forms: dict[str, Any] = {name: _form(request, application, name) for name in ACTS}
    forms |= {act: failed} if failed else {}
    due = queries.due_back(application)
    context = {
        "application": application,
        "revocation": revocation,
        "reclaims": rows,
        "overdue": {row.pk for row in rows if row.is_overdue(clock.today_jst())},
        "waiting": waiting,
        "due": due,
        "forms": forms,
        "form": failed,
        "may": permissions.check(request.actor, RUN, application),  # type: ignore[attr-defined]
        "offers_revocation": application.state in GRANTED and not waiting,
        "offers_reclaim": due > 0 and not any(row.is_open for row in rows),
        **officer_context(request, application, Place.REVOKE),
    }
    return render(request, "grants/recovery.html", context, status=failed.status if failed else 200)
