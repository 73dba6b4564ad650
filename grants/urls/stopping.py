"""Addresses of 廃止: below the file, for both sides."""

from django.urls import URLPattern, path

from ..stopping import views

_CASE = "grants/applications/<uuid:pk>/stop/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.stop, name="stop"),
    path(f"{_CASE}<slug:act>/", views.stop_act, name="stop_act"),
]
