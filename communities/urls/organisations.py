"""Addresses of organisations, for staff."""

from django.urls import path

from ..views import organisations as views

_all = "staff/organisations/"

urlpatterns = [
    path(_all, views.staff_organisation_list, name="staff_organisation_list"),
    path(f"{_all}<uuid:pk>/", views.staff_organisation_detail, name="staff_organisation_detail"),
    path(
        f"{_all}<uuid:pk>/merge/<uuid:other_pk>/",
        views.staff_organisation_merge,
        name="staff_organisation_merge",
    ),
    path(
        f"{_all}merges/<uuid:pk>/undo/", views.staff_organisation_unmerge, name="staff_organisation_unmerge"
    ),
]
