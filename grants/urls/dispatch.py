"""Addresses of menu ①: the public list, the municipality's pages, the advisor's, the prefecture's."""

from django.urls import URLPattern, path

from .. import views

_OWN = "grants/dispatches/"
_ME = "grants/advisor/"
_STAFF = "staff/grants/dispatches/"
_REGISTER = "staff/grants/advisors/"

urlpatterns: list[URLPattern] = [
    path("grants/advisors/", views.advisors, name="advisors"),
    path(_OWN, views.dispatch_list, name="dispatch_list"),
    path(f"{_OWN}new/", views.dispatch_new, name="dispatch_new"),
    path(f"{_OWN}<uuid:pk>/", views.dispatch_detail, name="dispatch_detail"),
    path(f"{_OWN}<uuid:pk>/edit/", views.dispatch_edit, name="dispatch_edit"),
    path(f"{_OWN}<uuid:pk>/edit/autosave/", views.dispatch_autosave, name="dispatch_autosave"),
    path(f"{_OWN}<uuid:pk>/submit/", views.dispatch_submit, name="dispatch_submit"),
    path(f"{_OWN}<uuid:pk>/withdraw/", views.dispatch_withdraw, name="dispatch_withdraw"),
    path(f"{_OWN}<uuid:pk>/preview/", views.dispatch_preview, name="dispatch_preview"),
    path(f"{_OWN}<uuid:pk>/visits/new/", views.visit_new, name="visit_new"),
    path("grants/visits/<uuid:pk>/", views.visit_detail, name="visit_detail"),
    path("grants/visits/<uuid:pk>/<slug:act>/", views.visit_act, name="visit_act"),
    path(_ME, views.advisor_home, name="advisor_home"),
    path(f"{_ME}visits/", views.advisor_visits, name="advisor_visits"),
    path(f"{_ME}calendar/", views.advisor_calendar, name="advisor_calendar"),
    path(f"{_ME}calendar/<uuid:pk>/remove/", views.advisor_offer_remove, name="advisor_offer_remove"),
    path(f"{_ME}dispatches/<uuid:pk>/", views.advisor_case, name="advisor_case"),
    path(f"{_ME}dispatches/<uuid:pk>/<slug:act>/", views.advisor_answer, name="advisor_answer"),
    path(_STAFF, views.staff_dispatches, name="staff_dispatches"),
    path(f"{_STAFF}<uuid:pk>/", views.staff_dispatch, name="staff_dispatch"),
    path(f"{_STAFF}<uuid:pk>/<slug:act>/", views.staff_dispatch_act, name="staff_dispatch_act"),
    path(_REGISTER, views.advisor_list, name="advisor_list"),
    path(f"{_REGISTER}new/", views.advisor_new, name="advisor_new"),
    path(f"{_REGISTER}<uuid:pk>/", views.advisor_detail, name="advisor_detail"),
    path(f"{_REGISTER}<uuid:pk>/edit/", views.advisor_edit, name="advisor_edit"),
]
