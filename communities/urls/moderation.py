"""Addresses of reports, of what is hidden, and of the staff who decide."""

from django.urls import path

from ..views import moderation, staff_moderation

urlpatterns = [
    path("reports/<slug:kind>/<uuid:pk>/", moderation.report_new, name="report_new"),
    path("me/hidings/<uuid:pk>/", moderation.hiding_mine, name="hiding_mine"),
    path("communities/<slug:slug>/manage/posting/", moderation.posting_rule, name="posting_rule"),
    path("staff/reports/", staff_moderation.staff_report_list, name="staff_report_list"),
    path("staff/reports/<uuid:pk>/", staff_moderation.staff_report_detail, name="staff_report_detail"),
    path("staff/hidings/", staff_moderation.staff_hiding_list, name="staff_hiding_list"),
    path("staff/hidings/<uuid:pk>/", staff_moderation.staff_hiding_detail, name="staff_hiding_detail"),
    path("staff/hide/<slug:kind>/<uuid:pk>/", staff_moderation.staff_hide, name="staff_hide"),
]
