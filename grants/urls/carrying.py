"""Addresses of carry-overs: below the file, for both sides."""

from django.urls import URLPattern, path

from ..carrying import views

_CASE = "grants/applications/<uuid:pk>/carry-over/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.carry_over, name="carry_over"),
    path(f"{_CASE}<slug:act>/", views.carry_over_act, name="carry_over_act"),
]
