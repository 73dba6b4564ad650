"""The outbox and the jobs, as staff may look at them: only what concerns things they may see, never a secret."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import audit, jobs, outbox, paging, ports
from portal.kernel.enums import JobState
from portal.kernel.http import see_other
from portal.kernel.models import Job, OutboxMessage

PER_PAGE = 30


def about_visible(rows: QuerySet[Any], scope: Scope, *, prefix: str) -> QuerySet[Any]:
    """Of `rows`, those whose subject `scope` may see, by the subject's own rule. No query of its own.

    `prefix` names the two columns: `<prefix>_type` ("app.model") and `<prefix>_id`.
    """
    return _visible(rows, scope, prefix, dict(ports.visible.items()))


def one_about_visible(rows: QuerySet[Any], scope: Scope, pk: UUID, *, prefix: str) -> Any:
    """The row `pk`; 404 unless `scope` may see its subject. Only the rule of that kind of subject is asked. Two queries."""
    label = rows.filter(pk=pk).values_list(f"{prefix}_type", flat=True).first() or ""
    rule = ports.visible.get(label)
    return get_object_or_404(_visible(rows, scope, prefix, {label: rule} if rule else {}), pk=pk)


def _visible(
    rows: QuerySet[Any], scope: Scope, prefix: str, rules: Mapping[str, ports.VisibleTo]
) -> QuerySet[Any]:
    allowed = Q(pk__in=[])
    for label, visible_to in rules.items():
        ids = visible_to(scope).order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
        allowed |= Q(**{f"{prefix}_type": label, f"{prefix}_id__in": ids})
    return rows.filter(allowed)


@staff_required
@require_safe
def outbox_list(request: Any) -> HttpResponse:
    """Mails about what this person may see, newest first."""
    rows = about_visible(OutboxMessage.objects.all(), request.scope, prefix="about")
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=PER_PAGE)
    return render(request, "site/outbox_list.html", {"page": page})


@staff_required
@require_safe
def outbox_detail(request: Any, pk: UUID) -> HttpResponse:
    """One mail; its body is 〔非表示〕 when it carries a secret."""
    message = one_about_visible(OutboxMessage.objects.all(), request.scope, pk, prefix="about")
    return render(
        request, "site/outbox_detail.html", {"message": message, "body": outbox.shown_body(message)}
    )


@staff_required
@require_safe
def job_list(request: Any) -> HttpResponse:
    """Jobs about what this person may see, newest first."""
    rows = about_visible(Job.objects.all(), request.scope, prefix="object")
    page = paging.keyset(request, rows, order=("-created_at", "id"), per_page=PER_PAGE)
    return render(request, "site/job_list.html", {"page": page})


@staff_required(*(role for role in Role if role != Role.AUDITOR))
@require_POST
def job_retry(request: Any, pk: UUID) -> HttpResponse:
    """Let a failed job start again."""
    job = one_about_visible(Job.objects.all(), request.scope, pk, prefix="object")
    if job.state != JobState.FAILED:
        raise Http404
    with transaction.atomic():
        jobs.retry(job)
        audit.record("kernel.job.retried", by=request.actor, target=job, data={"kind": job.kind})
    messages.success(request, "もう一度はじめます。")
    return see_other("site:job_list")
