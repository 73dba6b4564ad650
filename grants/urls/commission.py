"""Addresses of menu ④."""

from django.urls import URLPattern, path

from ..commission import views

_THEME = "grants/themes/<uuid:pk>/"
_CALL = "grants/calls/<uuid:pk>/"
_STAFF = "staff/grants/"
_STAFF_CALL = f"{_STAFF}calls/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("grants/themes/", views.theme_list, name="theme_list"),
    path("grants/themes/new/", views.theme_new, name="theme_new"),
    path(_THEME, views.theme_detail, name="theme_detail"),
    path(f"{_THEME}propose/", views.theme_propose, name="theme_propose"),
    path(f"{_STAFF}themes/", views.staff_theme_list, name="staff_theme_list"),
    path(f"{_STAFF}themes/<uuid:pk>/", views.staff_theme, name="staff_theme"),
    path(f"{_STAFF}themes/<uuid:pk>/call/", views.staff_call_new, name="staff_call_new"),
    path(_CALL, views.call_detail, name="call_detail"),
    path(f"{_CALL}question/", views.call_question, name="call_question"),
    path(f"{_STAFF}reviews/", views.staff_review_list, name="staff_review_list"),
    path(_STAFF_CALL, views.staff_call, name="staff_call"),
    path(f"{_STAFF_CALL}edit/", views.staff_call_edit, name="staff_call_edit"),
    path(f"{_STAFF_CALL}questions/<uuid:question_pk>/", views.staff_question, name="staff_question"),
    path(f"{_STAFF_CALL}move/<slug:step>/", views.staff_call_move, name="staff_call_move"),
]
