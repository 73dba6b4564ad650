"""Addresses of the files after their decision: the municipality's below the application, the prefecture's below staff."""

from django.urls import URLPattern, path

from ..settlement import views

_RESULT = "grants/applications/<uuid:pk>/result/"
_CHANGE = "grants/applications/<uuid:pk>/change/"
_STAFF_CHANGE = "staff/grants/applications/<uuid:pk>/change/"
_STAFF = "staff/grants/applications/<uuid:pk>/result/"

urlpatterns: list[URLPattern] = [
    path(_RESULT, views.result, name="result"),
    path(f"{_RESULT}edit/", views.result_edit, name="result_edit"),
    path(f"{_RESULT}edit/autosave/", views.result_autosave, name="result_autosave"),
    path(f"{_RESULT}edit/settle/", views.result_settle, name="result_settle"),
    path(f"{_RESULT}attach/", views.result_attach, name="result_attach"),
    path(f"{_RESULT}submit/", views.result_submit, name="result_submit"),
    path(f"{_RESULT}invoice/", views.result_invoice, name="result_invoice"),
    path(f"{_RESULT}files/<uuid:file_pk>/", views.result_file, name="result_file"),
    path(f"{_RESULT}files/<uuid:file_pk>/remove/", views.result_file_remove, name="result_file_remove"),
    path("grants/applications/<uuid:pk>/status/", views.status, name="status"),
    path(_CHANGE, views.change, name="change"),
    path(f"{_CHANGE}edit/", views.change_edit, name="change_edit"),
    path(f"{_CHANGE}edit/autosave/", views.change_autosave, name="change_autosave"),
    path(f"{_CHANGE}edit/settle/", views.change_settle, name="change_settle"),
    path(f"{_CHANGE}submit/", views.change_submit, name="change_submit"),
    path(f"{_CHANGE}take-back/", views.change_take_back, name="change_take_back"),
    path(_STAFF_CHANGE, views.staff_change, name="staff_change"),
    path(f"{_STAFF_CHANGE}<slug:act>/", views.staff_change_act, name="staff_change_act"),
    path(_STAFF, views.staff_result, name="staff_result"),
    path(f"{_STAFF}<slug:act>/", views.staff_result_act, name="staff_result_act"),
]
