"""Addresses of menu ④."""

from django.urls import URLPattern, path

from ..commission import views

_THEME = "grants/themes/<uuid:pk>/"
_CALL = "grants/calls/<uuid:pk>/"
_PROPOSAL = "grants/proposals/<uuid:pk>/"
_REVIEW = "grants/reviews/<uuid:pk>/"
_STAFF = "staff/grants/"
_STAFF_CALL = f"{_STAFF}calls/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("grants/themes/", views.theme_list, name="theme_list"),
    path("grants/themes/new/", views.theme_new, name="theme_new"),
    path(_THEME, views.theme_detail, name="theme_detail"),
    path(f"{_THEME}autosave/", views.theme_autosave, name="theme_autosave"),
    path(f"{_THEME}propose/", views.theme_propose, name="theme_propose"),
    path(f"{_THEME}give-up/", views.theme_give_up, name="theme_give_up"),
    path(f"{_STAFF}themes/", views.staff_theme_list, name="staff_theme_list"),
    path(f"{_STAFF}themes/<uuid:pk>/", views.staff_theme, name="staff_theme"),
    path(f"{_STAFF}themes/<uuid:pk>/call/", views.staff_call_new, name="staff_call_new"),
    path(_CALL, views.call_detail, name="call_detail"),
    path(f"{_CALL}question/", views.call_question, name="call_question"),
    path(f"{_CALL}result.pdf", views.call_paper, name="call_paper"),
    path(f"{_CALL}propose/", views.proposal_new, name="proposal_new"),
    path("grants/proposals/", views.proposal_list, name="proposal_list"),
    path(_PROPOSAL, views.proposal_detail, name="proposal_detail"),
    path(f"{_PROPOSAL}edit/<slug:section>/", views.proposal_edit, name="proposal_edit"),
    path(f"{_PROPOSAL}edit/<slug:section>/autosave/", views.proposal_autosave, name="proposal_autosave"),
    path(f"{_PROPOSAL}preview/", views.proposal_preview, name="proposal_preview"),
    path(f"{_PROPOSAL}withdraw/", views.proposal_withdraw, name="proposal_withdraw"),
    path(f"{_PROPOSAL}take-up/", views.proposal_take_up, name="proposal_take_up"),
    path(f"{_PROPOSAL}files/<uuid:file_pk>/", views.proposal_file, name="proposal_file"),
    path(f"{_PROPOSAL}files/<uuid:file_pk>/remove/", views.proposal_file_remove, name="proposal_file_remove"),
    path(f"{_STAFF}proposals/<uuid:pk>/", views.staff_proposal, name="staff_proposal"),
    path(f"{_STAFF}proposals/<uuid:pk>/judge/", views.staff_proposal_judge, name="staff_proposal_judge"),
    path(f"{_STAFF}proposals/<uuid:pk>/opinion/", views.staff_opinion, name="staff_opinion"),
    path("grants/reviews/", views.review_list, name="review_list"),
    path(_REVIEW, views.review_call, name="review_call"),
    path(f"{_REVIEW}<uuid:proposal_pk>/", views.review_score, name="review_score"),
    path(f"{_REVIEW}<uuid:proposal_pk>/declare/", views.review_declare, name="review_declare"),
    path(f"{_REVIEW}<uuid:proposal_pk>/<slug:step>/", views.review_sheet, name="review_sheet"),
    path(f"{_STAFF_CALL}panel/", views.staff_panel, name="staff_panel"),
    path(f"{_STAFF_CALL}panel/seats/", views.staff_seat_new, name="staff_seat_new"),
    path(f"{_STAFF_CALL}panel/seats/<uuid:seat_pk>/leave/", views.staff_seat_leave, name="staff_seat_leave"),
    path(f"{_STAFF_CALL}panel/open/", views.staff_panel_open, name="staff_panel_open"),
    path(
        f"{_STAFF_CALL}panel/interests/<uuid:interest_pk>/",
        views.staff_interest_rule,
        name="staff_interest_rule",
    ),
    path(f"{_STAFF_CALL}ranking/", views.staff_ranking, name="staff_ranking"),
    path(f"{_STAFF_CALL}ranking/tie/", views.staff_tie, name="staff_tie"),
    path(f"{_STAFF_CALL}ranking/announce/", views.staff_announce, name="staff_announce"),
    path(f"{_STAFF}reviews/", views.staff_review_list, name="staff_review_list"),
    path(_STAFF_CALL, views.staff_call, name="staff_call"),
    path(f"{_STAFF_CALL}edit/", views.staff_call_edit, name="staff_call_edit"),
    path(f"{_STAFF_CALL}questions/<uuid:question_pk>/", views.staff_question, name="staff_question"),
    path(f"{_STAFF_CALL}move/<slug:step>/", views.staff_call_move, name="staff_call_move"),
]
