"""Addresses of running an event: a new date, pitches, the time after it."""

from django.urls import path

from ..views import event_changes

_one = "events/<uuid:pk>/"

urlpatterns = [
    path(f"{_one}postpone/", event_changes.event_postpone, name="event_postpone"),
    path(f"{_one}resume/", event_changes.event_resume, name="event_resume"),
]
