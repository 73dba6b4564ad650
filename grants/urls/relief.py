"""Addresses around a missed deadline."""

from django.urls import URLPattern, path

from ..relief import views

_CALL = "staff/grants/subsidy-calls/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(_CALL, views.call_relief, name="call_relief"),
    path(f"{_CALL}extend/", views.call_extend, name="call_extend"),
    path(f"{_CALL}admit/", views.call_admit, name="call_admit"),
    path("staff/grants/admissions/<uuid:pk>/paper/", views.admission_paper, name="admission_paper"),
    path("staff/grants/admissions/<uuid:pk>/type/", views.admission_type, name="admission_type"),
    path("staff/grants/admissions/<uuid:pk>/<slug:act>/", views.admission_act, name="admission_act"),
    path("grants/applications/<uuid:pk>/late/", views.application_late, name="application_late"),
]
