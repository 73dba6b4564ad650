"""Addresses of コミプラ."""

from django.urls import path

from ..views import platforms

urlpatterns = [
    path("platforms/", platforms.platform_list, name="platform_list"),
    path("staff/platforms/", platforms.staff_platform_list, name="staff_platform_list"),
    path("staff/platforms/new/", platforms.staff_platform_new, name="staff_platform_new"),
    path("staff/platforms/<uuid:pk>/", platforms.staff_platform_detail, name="staff_platform_detail"),
    path(
        "staff/platforms/<uuid:pk>/stages/<uuid:stage_pk>/confirm/",
        platforms.staff_stage_confirm,
        name="staff_stage_confirm",
    ),
]
