"""Addresses of applications: the public pages of menus, the municipality's file, the prefecture's."""

from django.urls import URLPattern, path

from .. import views
from ..worksheet import views as worksheet

_ONE = "grants/applications/<uuid:pk>/"
_STAFF = "staff/grants/"

urlpatterns: list[URLPattern] = [
    path("grants/", views.home, name="home"),
    path("grants/menus/<slug:programme>/<int:number>/", views.menu_detail, name="menu_detail"),
    path("grants/applications/", views.application_list, name="application_list"),
    path("grants/applications/new/", views.application_new, name="application_new"),
    path(_ONE, views.application_detail, name="application_detail"),
    path(f"{_ONE}edit/<slug:section>/", views.application_edit, name="application_edit"),
    path(f"{_ONE}edit/<slug:section>/autosave/", views.application_autosave, name="application_autosave"),
    path(f"{_ONE}edit/<slug:section>/settle/", views.application_settle, name="application_settle"),
    path(f"{_ONE}worksheet/", worksheet.application_worksheet, name="application_worksheet"),
    path(f"{_ONE}worksheet/file/", worksheet.application_worksheet_file, name="application_worksheet_file"),
    path(f"{_ONE}preview/", views.application_preview, name="application_preview"),
    path(f"{_ONE}submit/", views.application_submit, name="application_submit"),
    path(f"{_ONE}withdraw/", views.application_withdraw, name="application_withdraw"),
    path(f"{_ONE}changes/", views.application_changes, name="application_changes"),
    path(f"{_ONE}remarks/<uuid:remark_pk>/answer/", views.remark_answer, name="remark_answer"),
    path(f"{_ONE}files/<uuid:attachment_pk>/", views.attachment_file, name="attachment_file"),
    path(f"{_ONE}files/<uuid:attachment_pk>/remove/", views.attachment_remove, name="attachment_remove"),
    path(_STAFF, views.staff_queue, name="staff_queue"),
    path(f"{_STAFF}caps/<slug:programme>/", views.staff_cap_list, name="staff_cap_list"),
    path(f"{_STAFF}applications/<uuid:pk>/", views.staff_application_detail, name="staff_application_detail"),
    path(
        f"{_STAFF}applications/<uuid:pk>/take/", views.staff_application_take, name="staff_application_take"
    ),
    path(f"{_STAFF}applications/<uuid:pk>/examine/", views.staff_examine, name="staff_examine"),
    path(
        f"{_STAFF}applications/<uuid:pk>/examine/<slug:act>/",
        views.staff_examine_act,
        name="staff_examine_act",
    ),
    path(
        f"{_STAFF}applications/<uuid:pk>/remarks/<uuid:remark_pk>/remove/",
        views.remark_remove,
        name="remark_remove",
    ),
]
