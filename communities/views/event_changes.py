"""Putting a meeting off, and naming its new date."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..forms.event_details import PostponeForm, ResumeForm
from ..kept import keeper_of
from .event_links import home_of, run_event
from .requests import posted


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_postpone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put it off, with the reason and the new date when it is known."""
    event = run_event(request, pk)
    form = PostponeForm(*posted(request), once=request)
    if form.acts(actions.postpone_event, by=request.actor, event=event):
        messages.success(request, "催しを延期にしました。申し込んだ方全員にメールでお知らせします。")
        return see_other(home_of(request, event))
    context = {"event": event, "form": form, "back_url": home_of(request, event), "kept": keeper_of(event)}
    return render(request, "communities/event_postpone.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def event_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish it again with its new date."""
    event = run_event(request, pk)
    notice = queries.last_notice(event)
    initial = {"starts_at": notice.new_starts_at, "ends_at": notice.new_ends_at} if notice else {}
    form = ResumeForm(*posted(request), initial=initial, once=request)
    if form.acts(actions.resume_event, by=request.actor, event=event):
        messages.success(
            request, "新しい日で公開しました。まだ知らせていない方には、メールでお知らせします。"
        )
        return see_other(home_of(request, event))
    context = {
        "event": event, "form": form, "notice": notice, "back_url": home_of(request, event), "kept": keeper_of(event),
    }  # fmt: skip
    return render(request, "communities/event_resume.html", context, status=form.status)
