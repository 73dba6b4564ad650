"""Addresses of decisions and of 決裁."""

from django.urls import URLPattern, path

from .. import views

_CASE = "staff/grants/applications/<uuid:pk>/decide/"
_ALL = "staff/grants/approvals/"
_ONE = f"{_ALL}<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path(_CASE, views.staff_decide, name="staff_decide"),
    path(f"{_CASE}<slug:act>/", views.staff_decide_act, name="staff_decide_act"),
    path(_ALL, views.approval_list, name="approval_list"),
    path(f"{_ALL}deputies/", views.deputy_list, name="deputy_list"),
    path(f"{_ALL}deputies/<uuid:pk>/end/", views.deputy_end, name="deputy_end"),
    path("staff/grants/letters/new/", views.letters_new, name="letters_new"),
    path("staff/grants/letters/sign/", views.letters_sign, name="letters_sign"),
    path("staff/grants/letters/<uuid:pk>/", views.letter_batch, name="letter_batch"),
    path(_ONE, views.approval_detail, name="approval_detail"),
    path(f"{_ONE}paper/", views.approval_paper, name="approval_paper"),
    path(f"{_ONE}<slug:act>/", views.approval_act, name="approval_act"),
]
