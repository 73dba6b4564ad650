"""Addresses of seats: a party's own pages, and what whoever keeps the list does for a party."""

from django.urls import path

from ..views import keeping, lotteries, registrations

_lottery = "events/<uuid:pk>/lottery/"
_party = "events/<uuid:pk>/parties/<uuid:registration_pk>/"

urlpatterns = [
    path("registrations/<str:token>/", registrations.registration_detail, name="registration_detail"),
    path("registrations/<str:token>/party/", registrations.registration_party, name="registration_party"),
    path(_lottery, lotteries.event_lottery, name="event_lottery"),
    path(f"{_lottery}entries.csv", lotteries.lottery_entries, name="lottery_entries"),
    path(f"{_lottery}draw.py", lotteries.lottery_program, name="lottery_program"),
    path("events/<uuid:pk>/draw/", lotteries.event_draw, name="event_draw"),
    path(f"{_party}seat/", keeping.party_seat, name="party_seat"),
    path(f"{_party}cancel/", keeping.party_cancel, name="party_cancel"),
]
