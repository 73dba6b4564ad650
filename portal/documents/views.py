"""Pages of documents: verification for everybody, files for those who see the case, the staff's register."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import signed_in, staff_required
from portal.areas.site import set_authority
from portal.kernel import http, paging
from portal.kernel.forms import keeps_form

from . import actions, papers, queries, workflow
from .filters import DocumentFilter
from .forms import CompareForm, LookupForm, VoidForm


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a paper is valid, replaced or void; no personal data. A posted file is compared and forgotten."""
    document = get_object_or_404(queries.for_verification(), token=token)
    set_authority(request, document.authority)
    form = CompareForm(request.POST, request.FILES) if request.method == "POST" else CompareForm()
    compared = form.is_bound and form.is_valid()
    context = {
        "document": document,
        "form": form,
        "compared": compared,
        "same": compared and form.digest() == document.sha256,
    }
    status = 422 if form.is_bound and not compared else 200
    return http.private(render(request, "documents/document_verify.html", context, status=status))


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """From a typed 確認番号 to its verification page, for people who cannot use the QR code."""
    form = LookupForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        if document := queries.by_check_number(form.cleaned_data["number"]):
            return http.private(redirect("documents:verify", token=document.token))
        form.add_error("number", "この確認番号の文書は見つかりません。番号を、文書と見くらべてください。")
    status = 422 if form.is_bound else 200
    return http.private(render(request, "documents/document_lookup.html", {"form": form}, status=status))


@require_safe
@signed_in
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself, or 「準備中」 while it is made. Strangers get 404."""
    document = get_object_or_404(queries.one_visible_to(request.scope, pk).select_related("file"))
    if document.file is not None:
        return http.attachment(document.file, filename=papers.file_name(document))
    context = {"document": document, "job": queries.job_of(document)}
    return http.private(render(request, "documents/document_waiting.html", context))


@require_safe
@staff_required()
def document_list(request: HttpRequest) -> HttpResponse:
    """The staff's register: documents about cases they see, newest first."""
    found = DocumentFilter(request.GET, queries.for_list(queries.visible_to(request.scope)))
    page = paging.keyset(request, found.qs, order=("-created_at", "-id"), per_page=50)
    status = 200 if found.form.is_valid() or not found.form.is_bound else 422
    return render(
        request,
        "documents/document_list.html",
        {"filter": found, "form": found.form, "page": page},
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required()
@keeps_form
def document_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One document: its number, chain and 履歴; whoever may, declares it void here."""
    document = get_object_or_404(queries.for_page(queries.one_visible_to(request.scope, pk)))
    form = VoidForm(request.POST or None, once=request)
    if form.acts(actions.void, by=request.actor, document=document):
        messages.success(request, "文書を無効にしました。番号は欠番として残ります。")
        return http.see_other(document)
    context = {
        "document": document,
        "form": form,
        "job": queries.job_of(document),
        "reason": queries.reason_of(document),
        "may_void": any(
            step is workflow.VOID for step in workflow.DOCUMENT.available(document, request.actor)
        ),
    }
    return render(request, "documents/document_detail.html", context, status=form.status)
