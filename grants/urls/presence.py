"""Address at which an open page of a file says that it is open."""

from django.urls import URLPattern, path

from ..views.presence import application_presence

urlpatterns: list[URLPattern] = [
    path(
        "grants/applications/<uuid:pk>/presence/<slug:place>/",
        application_presence,
        name="application_presence",
    ),
]
