"""Addresses of running an event: a new date, pitches, the time after it."""

from django.urls import path

from ..views import (
    event_calendar,
    event_changes,
    event_pitches,
    event_records,
    event_reports,
    event_series,
    event_sketches,
)

_one = "events/<uuid:pk>/"

urlpatterns = [
    path("events/archive/", event_calendar.event_archive, name="event_archive"),
    path("wards/<slug:slug>/calendar/", event_calendar.ward_calendar, name="ward_calendar"),
    path(f"{_one}postpone/", event_changes.event_postpone, name="event_postpone"),
    path(f"{_one}resume/", event_changes.event_resume, name="event_resume"),
    path(f"{_one}series/", event_series.event_repeat, name="event_repeat"),
    path(f"{_one}sketch/", event_sketches.event_sketch, name="event_sketch"),
    path(f"{_one}sketch/edit/", event_sketches.event_sketch_edit, name="event_sketch_edit"),
    path(f"{_one}pitches/", event_pitches.event_pitches, name="event_pitches"),
    path(f"{_one}pitches/run/", event_pitches.event_pitch_run, name="event_pitch_run"),
    path(f"{_one}pitches/screen/", event_pitches.event_pitch_screen, name="event_pitch_screen"),
    path(f"{_one}pitches/sheet.pdf", event_pitches.event_pitch_sheet, name="event_pitch_sheet"),
    path(f"{_one}pitches/<uuid:pitch_pk>/", event_pitches.pitch_detail, name="pitch_detail"),
    path(f"{_one}report/", event_reports.event_report, name="event_report"),
    path(f"{_one}record/", event_records.event_record, name="event_record"),
    path(f"{_one}photos/", event_reports.event_photos, name="event_photos"),
    path(f"{_one}photos/<uuid:photo_pk>/", event_reports.event_photo, name="event_photo"),
    path(
        f"{_one}photos/<uuid:photo_pk>/remove/", event_reports.event_photo_remove, name="event_photo_remove"
    ),
    path(f"{_one}survey/", event_reports.event_survey, name="event_survey"),
    path(f"{_one}thanks/", event_reports.event_thanks, name="event_thanks"),
    path("surveys/<str:token>/", event_reports.survey_answer, name="survey_answer"),
]
