"""Addresses of what is offered: the guide, and the officers' pages of each year."""

from django.urls import URLPattern, path

from .. import views

_ALL = "staff/grants/programmes/"
_ONE = f"{_ALL}<slug:programme>/"
_MENU = f"{_ONE}menus/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("grants/guide/", views.guide, name="guide"),
    path(_ALL, views.programme_list, name="programme_list"),
    path(_ONE, views.programme_detail, name="programme_detail"),
    path(f"{_ONE}copy/", views.programme_copy, name="programme_copy"),
    path(f"{_ONE}changes/", views.programme_changes, name="programme_changes"),
    path(f"{_ONE}edit/", views.programme_edit, name="programme_edit"),
    path(f"{_ONE}budget/", views.programme_budget, name="programme_budget"),
    path(f"{_ONE}budget/passed/", views.programme_pass_budget, name="programme_pass_budget"),
    path(f"{_ONE}budget/<uuid:pk>/remove/", views.programme_budget_remove, name="programme_budget_remove"),
    path(f"{_MENU}terms/", views.programme_terms, name="programme_terms"),
    path(f"{_MENU}papers/", views.programme_papers, name="programme_papers"),
    path(f"{_MENU}parts/<slug:part>/", views.programme_part, name="programme_part"),
    path(f"{_MENU}approval/", views.programme_chain, name="programme_chain"),
    path(f"{_MENU}calls/new/", views.programme_call_new, name="programme_call_new"),
    path(f"{_MENU}calls/<uuid:pk>/", views.programme_call_edit, name="programme_call_edit"),
    path(f"{_ONE}<slug:step>/", views.programme_move, name="programme_move"),
]
