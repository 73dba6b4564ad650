"""Addresses of running an event: a new date, pitches, the time after it."""

from django.urls import path

from ..views import event_calendar, event_changes, event_series

_one = "events/<uuid:pk>/"

urlpatterns = [
    path("events/archive/", event_calendar.event_archive, name="event_archive"),
    path("wards/<slug:slug>/calendar/", event_calendar.ward_calendar, name="ward_calendar"),
    path(f"{_one}postpone/", event_changes.event_postpone, name="event_postpone"),
    path(f"{_one}resume/", event_changes.event_resume, name="event_resume"),
    path(f"{_one}series/", event_series.event_repeat, name="event_repeat"),
]
