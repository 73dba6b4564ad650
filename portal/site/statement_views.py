"""Pages in which the portal answers for itself: accessibility, personal data, who may see what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.decorators import staff_required

from . import access, statements
from .access_rows import PARTS
from .routes import patterns


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """ウェブアクセシビリティ方針: the aim, what is checked how, what is not yet checked."""
    return render(request, "site/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """個人情報の取り扱い: what is held about people, why, and how long, as the records themselves declare it."""
    return render(request, "site/privacy.html", {"holdings": statements.holdings()})


@staff_required
@require_safe
def access_matrix(request: HttpRequest) -> HttpResponse:
    """Who may open which address: the table that the tests hold against the portal."""
    known = patterns()
    parts = [access.Part(name, access.lines(rows, known)) for name, rows in PARTS]
    context = {"standings": access.STANDINGS, "parts": parts, "answers": list(access.Answer)}
    return render(request, "site/access_matrix.html", context)
