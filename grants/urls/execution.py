"""Addresses of 執行管理."""

from django.urls import URLPattern, path

from ..execution import views

_YEAR = "staff/grants/programmes/<slug:programme>/execution/"

urlpatterns: list[URLPattern] = [
    path(_YEAR, views.execution, name="execution"),
    path(f"{_YEAR}<uuid:pk>/", views.execution_line, name="execution_line"),
    path("staff/grants/payments/imports/", views.order_imports, name="order_imports"),
    path("staff/grants/payments/imports/<uuid:pk>/", views.order_import, name="order_import"),
]
