"""Addresses of an event's counter."""

from django.urls import path

from ..views import asks, checkin, counter

_counter = "events/<uuid:pk>/counter/"

urlpatterns = [
    path(_counter, counter.event_counter, name="event_counter"),
    path(f"{_counter}readers/", counter.counter_readers, name="counter_readers"),
    path(f"{_counter}new/", counter.counter_new, name="counter_new"),
    path(f"{_counter}list/", counter.counter_list, name="counter_list"),
    path(f"{_counter}check-in/", checkin.counter_check_in, name="counter_check_in"),
    path(f"{_counter}check-in/figures/", checkin.counter_figures, name="counter_figures"),
    path(f"{_counter}asks/", asks.event_asks, name="event_asks"),
    path(f"{_counter}questions/", asks.event_questions, name="event_questions"),
    path(f"{_counter}questions/new/", asks.event_question_new, name="event_question_new"),
    path(f"{_counter}questions/<uuid:question_pk>/", asks.event_question_edit, name="event_question_edit"),
    path(f"{_counter}answers/", asks.event_answers, name="event_answers"),
    path(f"{_counter}<uuid:registration_pk>/", checkin.counter_party, name="counter_party"),
    path(f"{_counter}<uuid:registration_pk>/slip/", counter.counter_slip, name="counter_slip"),
]
