"""Addresses of 間接補助."""

from django.urls import URLPattern, path

from ..subgrants import views

urlpatterns: list[URLPattern] = [
    path("grants/applications/<uuid:pk>/subgrants/", views.subgrants, name="subgrants"),
    path("grants/subgrants/<uuid:pk>/", views.subgrant_detail, name="subgrant_detail"),
    path("grants/subgrants/<uuid:pk>/<slug:act>/", views.subgrant_act, name="subgrant_act"),
]
