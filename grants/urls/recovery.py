"""Addresses of 取消し and 返還."""

from django.urls import URLPattern, path

from ..recovery import views

_CASE = "staff/grants/applications/<uuid:pk>/recovery/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.recovery, name="recovery"),
    path(f"{_CASE}<slug:act>/", views.recovery_act, name="recovery_act"),
    path("grants/reclaims/<uuid:pk>/", views.reclaim_detail, name="reclaim_detail"),
    path("grants/reclaims/<uuid:pk>/cancel/", views.reclaim_cancel, name="reclaim_cancel"),
]
