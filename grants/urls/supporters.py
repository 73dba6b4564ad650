"""Addresses of the student supporters: the student's, the guardian's, both sides' of a file, the officers' register."""

from django.urls import URLPattern, path

from ..supporters import views

_ME = "grants/supporter/"
_ASK = "grants/support/"
_PLACED = "grants/placements/<uuid:pk>/"
_REGISTER = "staff/grants/supporters/"

urlpatterns: list[URLPattern] = [
    path(_ME, views.supporter_home, name="supporter_home"),
    path(f"{_ME}entry/", views.supporter_entry, name="supporter_entry"),
    path(f"{_ME}leave/", views.supporter_leave, name="supporter_leave"),
    path(f"{_ME}days/", views.supporter_days, name="supporter_days"),
    path(f"{_ME}days/<uuid:pk>/remove/", views.supporter_offer_remove, name="supporter_offer_remove"),
    path(f"{_ME}consent/<str:token>/", views.supporter_consent, name="supporter_consent"),
    path(_PLACED, views.placement_detail, name="placement_detail"),
    path(f"{_PLACED}<slug:act>/", views.placement_act, name="placement_act"),
    path(f"{_PLACED}days/<uuid:day_pk>/<slug:act>/", views.placement_day, name="placement_day"),
    path(_ASK, views.support_list, name="support_list"),
    path(f"{_ASK}at/<slug:kind>/<uuid:file_pk>/", views.support_case, name="support_case"),
    path(f"{_ASK}<uuid:pk>/", views.support_detail, name="support_detail"),
    path(f"{_ASK}<uuid:pk>/<slug:act>/", views.support_act, name="support_act"),
    path(f"{_ASK}<uuid:pk>/students/<uuid:supporter_pk>/", views.support_propose, name="support_propose"),
    path(_REGISTER, views.supporter_list, name="supporter_list"),
    path(f"{_REGISTER}terms/", views.supporter_terms, name="supporter_terms"),
    path(f"{_REGISTER}<uuid:pk>/", views.supporter_detail, name="supporter_detail"),
    path(f"{_REGISTER}<uuid:pk>/paper/file/", views.supporter_paper, name="supporter_paper"),
    path(f"{_REGISTER}<uuid:pk>/<slug:act>/", views.supporter_act, name="supporter_act"),
]
