"""Addresses of 回覧板, calendars, feeds, open data and saved searches."""

from django.urls import path

from ..views import circulars

urlpatterns = [
    path("staff/circulars/", circulars.staff_circular_list, name="staff_circular_list"),
    path("staff/circulars/<uuid:pk>/", circulars.staff_circular_detail, name="staff_circular_detail"),
]
