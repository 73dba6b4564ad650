"""Addresses of what a community says about itself, of its rest, and of the city's part."""

from django.urls import path

from ..views import facts

_one = "communities/<slug:slug>/"

urlpatterns = [
    path(f"{_one}charter/", facts.community_charter, name="community_charter"),
    path(f"{_one}manage/facts/", facts.community_facts, name="community_facts"),
    path(f"{_one}manage/rest/", facts.community_rest, name="community_rest"),
    path(f"{_one}manage/dissolve/", facts.community_dissolve, name="community_dissolve"),
    path("staff/communities/<uuid:pk>/city-role/", facts.staff_city_role, name="staff_city_role"),
]
