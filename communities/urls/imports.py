"""Addresses of bringing tables in."""

from django.urls import path

from ..views import imports

_one = "staff/imports/<uuid:pk>/"

urlpatterns = [
    path("staff/communities/import/", imports.staff_community_import, name="staff_community_import"),
    path("staff/events/import/", imports.staff_event_import, name="staff_event_import"),
    path(
        "staff/imports/<slug:kind>/template.<slug:ending>",
        imports.staff_import_template,
        name="staff_import_template",
    ),
    path(_one, imports.staff_import_detail, name="staff_import_detail"),
    path(f"{_one}columns/", imports.staff_import_columns, name="staff_import_columns"),
    path(f"{_one}headings/", imports.staff_import_headings, name="staff_import_headings"),
    path(f"{_one}twins/", imports.staff_import_twins, name="staff_import_twins"),
    path(f"{_one}undo/", imports.staff_import_undo, name="staff_import_undo"),
    path(f"{_one}faults.csv", imports.staff_import_faults, name="staff_import_faults"),
]
