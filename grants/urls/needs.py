"""Addresses of 要望調査 and 内示."""

from django.urls import URLPattern, path

from .. import views

_STAFF = "staff/grants/needs/"

urlpatterns: list[URLPattern] = [
    path("grants/needs/", views.needs_list, name="needs_list"),
    path("grants/needs/<uuid:pk>/", views.needs_answer, name="needs_answer"),
    path("grants/needs/<uuid:pk>/send/", views.needs_send, name="needs_send"),
    path(
        "staff/grants/programmes/<slug:programme>/menus/<int:number>/needs/",
        views.needs_ask,
        name="needs_ask",
    ),
    path(f"{_STAFF}<uuid:pk>/", views.needs_survey, name="needs_survey"),
    path(f"{_STAFF}<uuid:pk>/notices/", views.needs_notices, name="needs_notices"),
    path(f"{_STAFF}<uuid:pk>/remind/", views.needs_remind, name="needs_remind"),
    path(f"{_STAFF}answers/<uuid:pk>/", views.needs_case, name="needs_case"),
    path(f"{_STAFF}answers/<uuid:pk>/agree/", views.needs_agree, name="needs_agree"),
    path(f"{_STAFF}answers/<uuid:pk>/return/", views.needs_return, name="needs_return"),
]
