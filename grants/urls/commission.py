"""Addresses of menu ④."""

from django.urls import URLPattern, path

from ..commission import views

_THEME = "grants/themes/<uuid:pk>/"
_STAFF = "staff/grants/"

urlpatterns: list[URLPattern] = [
    path("grants/themes/", views.theme_list, name="theme_list"),
    path("grants/themes/new/", views.theme_new, name="theme_new"),
    path(_THEME, views.theme_detail, name="theme_detail"),
    path(f"{_THEME}propose/", views.theme_propose, name="theme_propose"),
    path(f"{_STAFF}themes/", views.staff_theme_list, name="staff_theme_list"),
    path(f"{_STAFF}themes/<uuid:pk>/", views.staff_theme, name="staff_theme"),
]
