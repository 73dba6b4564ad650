"""Addresses of advance payments: below the file, for both sides."""

from django.urls import URLPattern, path

from ..advances import views

_CASE = "grants/applications/<uuid:pk>/advances/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.advances, name="advances"),
    path(f"{_CASE}<uuid:advance_pk>/<slug:act>/", views.advance_act, name="advance_act"),
]
