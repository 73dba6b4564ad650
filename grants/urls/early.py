"""Addresses of 事前着手届: below the file, for both sides."""

from django.urls import URLPattern, path

from ..early import views

_CASE = "grants/applications/<uuid:pk>/early-start/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.early_start, name="early_start"),
    path(f"{_CASE}<slug:act>/", views.early_start_act, name="early_start_act"),
]
