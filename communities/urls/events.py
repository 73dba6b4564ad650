"""Addresses of events and registrations."""

from django.urls import path

from ..views import events, organising, staff_events

_one = "communities/<slug:slug>/"
_manage = f"{_one}manage/"

urlpatterns = [
    path(f"{_manage}events/new/", organising.organiser_event_new, name="organiser_event_new"),
    path(f"{_manage}events/<uuid:pk>/", organising.organiser_event, name="organiser_event"),
    path(f"{_manage}events/<uuid:pk>/edit/", organising.organiser_event_edit, name="organiser_event_edit"),
    path("events/", events.event_list, name="event_list"),
    path("events/<uuid:pk>/", events.event_detail, name="event_detail"),
    path("events/<uuid:pk>/register/", events.event_register, name="event_register"),
    path("staff/events/", staff_events.staff_event_list, name="staff_event_list"),
    path("staff/events/new/", staff_events.staff_event_new, name="staff_event_new"),
    path("staff/events/<uuid:pk>/", staff_events.staff_event_detail, name="staff_event_detail"),
    path("staff/events/<uuid:pk>/edit/", staff_events.staff_event_edit, name="staff_event_edit"),
]
