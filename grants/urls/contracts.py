"""Addresses of contracts (menu ④)."""

from django.urls import URLPattern, path

from ..contracts import views

_CONTRACT = "grants/contracts/<uuid:pk>/"
_STAFF = "staff/grants/contracts/"

urlpatterns: list[URLPattern] = [
    path(_CONTRACT, views.contract_detail, name="contract_detail"),
    path(f"{_CONTRACT}meetings/new/", views.joint_meeting_new, name="joint_meeting_new"),
    path(f"{_CONTRACT}files/<uuid:file_pk>/", views.contract_file, name="contract_file"),
    path(f"{_CONTRACT}<slug:act>/", views.contract_act, name="contract_act"),
    path(_STAFF, views.staff_contract_list, name="staff_contract_list"),
    path("staff/grants/proposals/<uuid:pk>/contract/", views.staff_contract_new, name="staff_contract_new"),
    path(f"{_STAFF}<uuid:pk>/", views.staff_contract, name="staff_contract"),
    path(f"{_STAFF}<uuid:pk>/<slug:act>/", views.staff_contract_act, name="staff_contract_act"),
]
