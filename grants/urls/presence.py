"""Addresses at which an open page of a file says that it is open, and of what was set aside of a draft."""

from django.urls import URLPattern, path

from ..together.views import draft_presence, draft_settle
from ..views.presence import application_presence

_DRAFT = "grants/drafts/<slug:kind>/<uuid:pk>/<slug:part>/"

urlpatterns: list[URLPattern] = [
    path(
        "grants/applications/<uuid:pk>/presence/<slug:place>/",
        application_presence,
        name="application_presence",
    ),
    path(f"{_DRAFT}presence/", draft_presence, name="draft_presence"),
    path(f"{_DRAFT}settle/", draft_settle, name="draft_settle"),
]
