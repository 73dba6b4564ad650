"""Batches: choosing the files, then watching them go through one after the other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.site import set_authority
from portal.kernel import permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other
from portal.kernel.models import Job

from .. import actions, needs
from ..enums import NeedsState
from ..enums.approving import BATCHED, BatchOutcome, BatchWay, Matter
from ..forms.letters import DraftsForm, LettersForm, NoticesForm, SignaturesForm
from ..queries import READERS, letters
from ..rules import PREFECTURAL

ASKED = "受け付けました。一覧の順に1件ずつ進めています。"
VERBS = {
    Matter.DECISION: "決定する", Matter.REJECTION: "不交付と決定する", Matter.SETTLEMENT: "確定する",
}  # fmt: skip
WAYS: dict[BatchWay, tuple[type[Any], Any, str]] = {
    BatchWay.RECORD: (LettersForm, actions.ask_letters, "を記録する"),
    BatchWay.DRAFT: (DraftsForm, actions.ask_drafts, "を起案する"),
}


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(Role.PREFECTURE_OFFICER)
def letters_new(request: HttpRequest) -> HttpResponse:
    """Choose among the files one holds: `?matter=` and `?way=` say what is recorded or drafted for all of them."""
    matter, way = _asked(request)
    files = letters.choosable(request.scope, matter, way)
    if files:
        set_authority(request, files[0].menu.programme.authority)
    shape, action, words = WAYS[way]
    form = shape(request.POST or None, request.FILES or None, rows=files, matter=matter, once=request)
    if form.acts(action, by=request.actor, matter=matter):
        messages.success(request, ASKED)
        return see_other(form.result)
    context = {
        "form": form, "files": files, "heading": f"{matter.label}{words}", "tabs": _tabs(matter, way),
        "recording": way == BatchWay.RECORD, "verb": VERBS[matter] if way == BatchWay.RECORD else "起案する",
    }  # fmt: skip
    return render(request, "grants/letters_new.html", context, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*PREFECTURAL)
def letters_sign(request: HttpRequest) -> HttpResponse:
    """Choose among the 決裁 that wait for one's signature, and sign them together."""
    rows = letters.signable(request.scope)
    if rows:
        set_authority(request, rows[0].menu.programme.authority)
    form = SignaturesForm(request.POST or None, rows=rows, once=request)
    if form.acts(actions.ask_signatures, by=request.actor):
        messages.success(request, ASKED)
        return see_other(form.result)
    return render(request, "grants/letters_sign.html", {"form": form, "rows": rows}, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def needs_notices(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the 内示 of many municipalities of one 要望調査 together."""
    survey = get_object_or_404(needs.surveys_of(request.scope), pk=pk)
    set_authority(request, survey.menu.programme.authority)
    permissions.require(request.actor, "grants.run_programme", survey.menu.programme)
    answers = needs.loaded(survey.answers.filter(state=NeedsState.ANSWERED))
    form = NoticesForm(request.POST or None, rows=list(answers), once=request)
    if form.acts(actions.ask_notices, by=request.actor, survey=survey):
        messages.success(request, ASKED)
        return see_other(form.result)
    return render(request, "grants/needs_notices.html", {"form": form, "survey": survey}, status=form.status)


@require_safe
@staff_required(*READERS)
def letter_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a batch is, file by file."""
    seen = letters.visible_to(request.scope).select_related("menu__programme__authority", "asked_by")
    batch = get_object_or_404(seen, pk=pk)
    set_authority(request, batch.menu.programme.authority)
    items = list(batch.items.select_related("application__municipality", "answer__municipality"))
    context = {
        "batch": batch,
        "items": items,
        "done": sum(item.outcome == BatchOutcome.DONE for item in items),
        "refused": sum(item.outcome == BatchOutcome.REFUSED for item in items),
        "job": Job.objects.filter(key=batch.job_key).first(),
    }
    return render(request, "grants/letter_batch.html", context)


def _asked(request: HttpRequest) -> tuple[Matter, BatchWay]:
    matter, way = request.GET.get("matter", Matter.DECISION), request.GET.get("way", BatchWay.RECORD)
    if matter not in BATCHED or way not in WAYS:
        raise Http404
    return Matter(matter), BatchWay(way)


def _tabs(matter: Matter, way: BatchWay) -> list[tuple[str, str, bool]]:
    """Every matter and way: (words, address, whether it is this one)."""
    at = reverse("grants:letters_new")
    return [
        (f"{one.label}{words}", f"{at}?matter={one.value}&way={kind.value}", (one, kind) == (matter, way))
        for kind, (_, _, words) in WAYS.items()
        for one in BATCHED
    ]
