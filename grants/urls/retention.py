"""Addresses of the retention of grant files."""

from django.urls import URLPattern, path

from ..retention import views

_LIST = "staff/grants/retention/"

urlpatterns: list[URLPattern] = [
    path(_LIST, views.retention, name="retention"),
    path(f"{_LIST}<slug:kind>/<uuid:pk>/", views.retention_detail, name="retention_detail"),
    path(f"{_LIST}<slug:kind>/<uuid:pk>/<slug:act>/", views.retention_act, name="retention_act"),
]
