"""What the pages and the autosaves of a draft share: a second writer is told, both texts are kept, others are seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import reverse

from portal.kernel import clock
from portal.kernel.templatetags.fmt import jtime

from ..forms import PostButton
from ..forms.typed import TypedForm
from ..queries import presence
from ..views.presence import told
from . import actions, queries
from .drafts import CONFLICT, Draft, column, side

SKIPPED = {"csrfmiddlewaretoken", "once", "revision", "tab"}


def opened(request: HttpRequest, draft: Draft, part: str, make: Callable[[Any], TypedForm]) -> TypedForm:
    """The form as sent, as stored, or (`?restore=1`) as it was set aside, upon the newest revision."""
    if request.method == "POST":
        return make(request.POST)
    kept = queries.typed_by(draft, part, _user(request)) if request.GET.get("restore") else None
    if kept is None:
        return make(None)
    sent = QueryDict(mutable=True)
    for name, values in kept.sent.items():
        sent.setlist(name, values)
    form = make(sent)
    form.rebase_on(draft.revision)
    if form.is_valid() and kept.based_on != draft.revision:
        form.add_error(None, ValidationError(CONFLICT, code="conflict"))
    return form


def keep(request: HttpRequest, draft: Draft, part: str, form: TypedForm) -> None:
    """Store what came second, and show it upon what is stored now."""
    sent = {
        name: values for name, values in request.POST.lists() if name in form.fields and name not in SKIPPED
    }
    actions.keep_draft(by=request.actor, draft=draft, part=part, revision=form.based_on(), sent=sent)  # type: ignore[attr-defined]
    draft.refresh_from_db()
    form.show_stored(draft)
    form.rebase_on(draft.revision)


def let_go(request: HttpRequest, draft: Draft, part: str) -> None:
    """It was saved: nothing of one's own waits any more."""
    actions.settle_draft(by=request.actor, draft=draft, part=part)  # type: ignore[attr-defined]


def writing_context(request: HttpRequest, draft: Draft, part: str, form: TypedForm) -> dict[str, Any]:
    """What the page needs beside the form: what is set aside, who else is there. Keeps what came second."""
    if request.method == "POST" and form.conflicts:
        keep(request, draft, part, form)
    kept = None if form.is_bound else queries.typed_by(draft, part, _user(request))
    settle_url = reverse("grants:draft_settle", args=[column(draft), draft.pk, part])
    return {
        "kept": kept,
        "settle_form": PostButton(at=settle_url, once=request) if kept else None,
        **present_context(request, draft, part),
    }


def present_context(request: HttpRequest, draft: Draft, part: str) -> dict[str, Any]:
    """Who else has the draft open. One query."""
    rows = presence.others(draft, side(draft), _user(request))
    return told(rows, part, reverse("grants:draft_presence", args=[column(draft), draft.pk, part]))


def autosaved(
    request: HttpRequest, draft: Draft, part: str, form: TypedForm, action: Callable[..., Any]
) -> JsonResponse:
    """Save while people type: 200 with the new revision, 409 when another saved meanwhile (and the text is kept), 422 for values."""
    if form.saves(action, by=request.actor, **{column(draft): draft}):  # type: ignore[attr-defined]
        text = f"{jtime(clock.now())}に保存しました"
        return JsonResponse({"revision": form.result.revision, "text": text})
    if form.conflicts:
        keep(request, draft, part, form)
    text = " ".join(form.non_field_errors()) or "読み取れない入力があるため、まだ保存していません。"
    return JsonResponse({"text": text, "conflict": form.conflicts}, status=form.status)


def _user(request: HttpRequest) -> UUID:
    found: UUID = request.scope.user_id  # type: ignore[attr-defined]
    return found
