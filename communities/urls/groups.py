"""Addresses of working groups."""

from django.urls import path

from ..views import groups

_one = "communities/groups/<uuid:pk>/"

urlpatterns = [
    path(_one, groups.group_detail, name="group_detail"),
    path(f"{_one}edit/", groups.group_edit, name="group_edit"),
    path(f"{_one}problems/new/", groups.problem_new, name="problem_new"),
    path(f"{_one}problems/<uuid:problem_pk>/edit/", groups.problem_edit, name="problem_edit"),
    path(f"{_one}problems/<uuid:problem_pk>/measures/new/", groups.measure_new, name="measure_new"),
    path(f"{_one}measures/<uuid:measure_pk>/edit/", groups.measure_edit, name="measure_edit"),
    path(f"{_one}measures/<uuid:measure_pk>/state/", groups.measure_step, name="measure_step"),
    path("communities/<slug:slug>/manage/groups/new/", groups.group_new, name="group_new"),
    path("staff/groups/new/", groups.staff_group_new, name="staff_group_new"),
]
