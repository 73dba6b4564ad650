"""Addresses of plain Japanese."""

from django.urls import path

from ..views import easy

urlpatterns = [
    path("communities/<slug:slug>/manage/easy/", easy.community_easy, name="community_easy"),
    path("events/<uuid:pk>/easy/", easy.event_easy, name="event_easy"),
]
