"""Addresses of コミプラ."""

from django.urls import path

from ..views import platform_pages, platforms

urlpatterns = [
    path("platforms/", platforms.platform_list, name="platform_list"),
    path("platforms/<slug:slug>/", platform_pages.platform_detail, name="platform_detail"),
    path("staff/platforms/<uuid:pk>/edit/", platform_pages.staff_platform_edit, name="staff_platform_edit"),
    path(
        "staff/platforms/<uuid:pk>/parts/new/",
        platform_pages.staff_platform_part_new,
        name="staff_platform_part_new",
    ),
    path(
        "staff/platforms/<uuid:pk>/parts/<uuid:part_pk>/remove/",
        platform_pages.staff_platform_part_remove,
        name="staff_platform_part_remove",
    ),
    path("staff/platforms/", platforms.staff_platform_list, name="staff_platform_list"),
    path("staff/platforms/new/", platforms.staff_platform_new, name="staff_platform_new"),
    path("staff/platforms/<uuid:pk>/", platforms.staff_platform_detail, name="staff_platform_detail"),
    path(
        "staff/platforms/<uuid:pk>/stages/<uuid:stage_pk>/confirm/",
        platforms.staff_stage_confirm,
        name="staff_stage_confirm",
    ),
]
