"""Pages of the kernel itself: the progress of one's own jobs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import Job


@require_safe
@never_cache
def job_detail(request: Any, pk: UUID) -> HttpResponse:
    """How far a job is, for the one who asked for it; others get 404. htmx gets the fragment alone."""
    job = get_object_or_404(Job, pk=pk, owner_ref=request.actor.ref)
    template = "kernel/_job.html" if request.htmx else "kernel/job_detail.html"
    return render(request, template, {"job": job})
