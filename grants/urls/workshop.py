"""Addresses of menu ②: two lists, and one page for both sides."""

from django.urls import URLPattern, path

from ..workshop import views

_ONE = "grants/workshops/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("grants/workshops/", views.workshop_list, name="workshop_list"),
    path("grants/workshops/new/", views.workshop_new, name="workshop_new"),
    path(_ONE, views.workshop_detail, name="workshop_detail"),
    path(f"{_ONE}edit/", views.workshop_edit, name="workshop_edit"),
    path(f"{_ONE}autosave/", views.workshop_autosave, name="workshop_autosave"),
    path(f"{_ONE}preview/", views.workshop_preview, name="workshop_preview"),
    path(f"{_ONE}report/", views.workshop_report, name="workshop_report"),
    path(f"{_ONE}lecturers/<uuid:lecturer_pk>/pay/", views.workshop_pay, name="workshop_pay"),
    path(f"{_ONE}<slug:act>/", views.workshop_act, name="workshop_act"),
    path("grants/lectures/", views.lecture_list, name="lecture_list"),
    path("grants/lectures/<uuid:pk>/", views.lecture_detail, name="lecture_detail"),
    path("grants/lectures/<uuid:pk>/confirm/", views.lecture_confirm, name="lecture_confirm"),
    path("staff/grants/workshops/", views.staff_workshop_list, name="staff_workshop_list"),
]
