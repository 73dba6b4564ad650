"""Addresses at which an open page of a file says that it is open, of what was set aside of a draft, and of its worksheet."""

from django.urls import URLPattern, path

from ..together.sheet_views import draft_worksheet, draft_worksheet_file
from ..together.views import draft_presence, draft_settle
from ..views.presence import application_presence

_FILE = "grants/drafts/<slug:kind>/<uuid:pk>/"
_DRAFT = f"{_FILE}<slug:part>/"

urlpatterns: list[URLPattern] = [
    path(
        "grants/applications/<uuid:pk>/presence/<slug:place>/",
        application_presence,
        name="application_presence",
    ),
    path(f"{_FILE}worksheet/", draft_worksheet, name="draft_worksheet"),
    path(f"{_FILE}worksheet/file/", draft_worksheet_file, name="draft_worksheet_file"),
    path(f"{_DRAFT}presence/", draft_presence, name="draft_presence"),
    path(f"{_DRAFT}settle/", draft_settle, name="draft_settle"),
]
