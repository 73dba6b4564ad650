"""Addresses of seats: a party's own pages, and what whoever keeps the list does for a party."""

from django.urls import path

from ..views import keeping, registrations

_party = "events/<uuid:pk>/parties/<uuid:registration_pk>/"

urlpatterns = [
    path("registrations/<str:token>/", registrations.registration_detail, name="registration_detail"),
    path("registrations/<str:token>/party/", registrations.registration_party, name="registration_party"),
    path(f"{_party}seat/", keeping.party_seat, name="party_seat"),
    path(f"{_party}cancel/", keeping.party_cancel, name="party_cancel"),
]
