"""Addresses of 取消し and 返還."""

from django.urls import URLPattern, path

from ..recovery import reclaim_views, views

_CASE = "staff/grants/applications/<uuid:pk>/recovery/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.recovery, name="recovery"),
    path(f"{_CASE}<slug:act>/", views.recovery_act, name="recovery_act"),
    path("grants/reclaims/<uuid:pk>/", reclaim_views.reclaim_detail, name="reclaim_detail"),
    path(
        "grants/reclaims/<uuid:pk>/instalments/",
        reclaim_views.reclaim_instalments,
        name="reclaim_instalments",
    ),
    path("grants/reclaims/<uuid:pk>/cancel/", reclaim_views.reclaim_cancel, name="reclaim_cancel"),
]
