"""対応記録: find whom it is about, write it down, read what was said before, keep what was promised."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging, ports
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries, workflow
from ..forms.communities import StepForm
from ..forms.contacts import ContactForm, HandOverForm
from ..forms.filters import ListFilter
from ..models.contacts import ContactState
from ..queries.contacts import NOTING
from .requests import posted

MOVED = {"keep": "約束を果たしたことを記録しました。", "drop": "約束を取りやめました。"}
TABS = [("", "自分が書いたもの"), ("area", "受け持つ地域"), ("open", "約束が残っているもの")]
FOUND = 8  # of each kind


@require_safe
@staff_required(*NOTING)
def contact_list(request: HttpRequest) -> HttpResponse:
    """Mine, the office's, open promises; with words: whom to note about."""
    which = request.GET.get("which", "")
    rows = queries.contacts_visible_to(request.scope)
    if which == "open":
        rows = rows.filter(state=ContactState.OPEN)
    elif which != "area":
        which, rows = "", rows.filter(recorded_by=request.user.pk)
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=30)
    tabs = [(label, f"?which={value}" if value else "?", None, value == which) for value, label in TABS]
    return render(request, "communities/contact_list.html", {"page": page, "tabs": tabs, "which": which})


@require_safe
@staff_required(*NOTING)
def contact_find(request: HttpRequest) -> HttpResponse:
    """Communities, events, people and files by name: one tap more and one writes. One query for each kind."""
    words = ListFilter.of(request).words
    groups = []
    for kind, subject in ports.subjects.items() if words else ():
        rows = subject.search(subject.rows(request.scope), words)[:FOUND]
        found = [
            (subject.title(row), reverse("communities:contact_new", args=[kind, row.pk])) for row in rows
        ]
        if found:
            groups.append((subject.label, found))
    return render(request, "communities/contact_find.html", {"words": words, "groups": groups})


@require_http_methods(["GET", "POST"])
@staff_required(*NOTING)
@keeps_form
def contact_new(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Write down a conversation, above what was said before."""
    subject = ports.subjects.get(kind)
    if subject is None:
        raise Http404
    about = get_object_or_404(subject.rows(request.scope), pk=pk)
    form = ContactForm(*posted(request), once=request)
    if form.acts(actions.record_contact, by=request.actor, kind=kind, subject=about):
        messages.success(
            request,
            "記録しました。約束は、期限の順に「今日」に出ます。" if form.result.promise else "記録しました。",
        )
        return see_other("communities:contact_new", kind, pk)
    rows = queries.contacts_about(kind, pk, request.scope)
    context = {
        "form": form, "title": subject.title(about), "label": subject.label, "subject_url": subject.url(about),
        "page": paging.keyset(request, rows, order=("-happened_on", "-created_at", "-id"), per_page=20),
    }  # fmt: skip
    return render(request, "communities/contact_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*NOTING)
@keeps_form
def contact_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One note with its promise: kept, or given up with a reason."""
    contact = get_object_or_404(queries.contacts_visible_to(request.scope), pk=pk)
    steps = workflow.CONTACT.available(contact, request.actor)
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_contact, by=request.actor, contact=contact):
        messages.success(request, MOVED[form.data["step"]])
        return see_other(contact)
    context = {"contact": contact, "form": form, "is_open": contact.state == ContactState.OPEN}
    return render(request, "communities/contact_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*NOTING)
@keeps_form
def contact_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody else keeps the promise."""
    contact = get_object_or_404(queries.contacts_visible_to(request.scope), pk=pk)
    form = HandOverForm(*posted(request), contact=contact, once=request)
    if form.acts(actions.hand_over_promise, by=request.actor, contact=contact):
        messages.success(request, "引き継ぎました。")
        return see_other(contact)
    context = {"contact": contact, "form": form}
    return render(request, "communities/contact_hand_over.html", context, status=form.status)
