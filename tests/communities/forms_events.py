"""Pages, forms and costs of running events, for the tables of tests."""

from datetime import timedelta
from typing import Any

from django.db import connection

from communities.models import (
    Event,
    EventNotice,
    EventPhoto,
    EventReport,
    EventSeries,
    EventSurvey,
    Pitch,
    SurveyAnswer,
    SurveyReply,
    VenueSketch,
)
from communities.telling import notices
from portal.kernel import clock
from tests.factories import communities as make
from tests.support.files import chosen

from .cast import Cast

KEPT = "のこるはずの言葉"


def soon(days: int) -> str:
    """A moment to come, as a datetime-local field sends it."""
    return f"{clock.today_jst() + timedelta(days=days)}T18:30"


def event(made: Cast) -> list[Any]:
    return [made.event.pk]


def postponed(made: Cast) -> list[Any]:
    if made.event.state != "postponed":
        make.actions.postpone_event(by=make.ward_officer(), event=made.event, note="雨")
    return [made.event.pk]


def pitch_night(made: Cast) -> list[Any]:
    make.actions.edit_event(by=make.ward_officer(), event=made.event, takes_pitches=True)
    return [made.event.pk]


def pitch(made: Cast) -> list[Any]:
    (pk,) = pitch_night(made)
    return [pk, make.actions.ask_pitch(by=make.person(), event=made.event, name="話す人", title="題").pk]


def held(made: Cast) -> list[Any]:
    if made.event.state not in ("held", "reported"):
        made.event.refresh_from_db()
        make.held(made.event)
    return [made.event.pk]


def reported(made: Cast) -> list[Any]:
    by, (pk,) = make.ward_officer(), held(made)
    make.actions.report_event(by=by, event=made.event, result="話した", adults_count=3)
    return [pk]


def photo(made: Cast) -> list[Any]:
    by, (pk,) = make.ward_officer(), held(made)
    row = make.actions.add_event_photo(by=by, event=made.event, file=make.image(by), alt="輪", consented=True)
    return [pk, row.pk]


def new_photo(made: Cast) -> dict[str, Any]:
    """A picture that was chosen before, with its words."""
    by = made.people["organiser"]
    return {"file-staged": chosen(make.image(by), by), "alt": KEPT, "consented": "on"}


def new_sketch(made: Cast) -> dict[str, Any]:
    """A drawing that was chosen before, with the way in words."""
    by = made.people["organiser"]
    return {"file-staged": chosen(make.image(by), by), "alt": KEPT}


def survey(made: Cast) -> list[Any]:
    make.actions.set_survey(by=make.ward_officer(), event=made.event)
    return [notices.survey_token(made.party)]


FORMS = {
    "event_pitches": ("resident", pitch_night, {"name": KEPT, "title": "題"}, KEPT),
    "event_pitch_run": ("organiser", pitch_night, {"name": KEPT, "title": "題"}, KEPT),
    "pitch_detail": ("organiser", pitch, {"step": "decline", "note": KEPT}, KEPT),
    "event_report": ("organiser", held, {"result": KEPT, "adults_count": "3"}, KEPT),
    "event_sketch_edit": ("organiser", event, new_sketch, KEPT),
    "event_photos": ("organiser", held, new_photo, KEPT),
    "event_record": ("organiser", reported, {"title": KEPT, "held_on": "2026-01-02", "summary": "話した"}, KEPT),
    "event_photo_remove": ("organiser", photo, {}, ""),
    "event_survey": ("organiser", event, {"question": KEPT, "choices": "a\nb"}, KEPT),
    "event_thanks": ("organiser", held, {}, ""),
    "survey_answer": ("anonymous", survey, {"stars": "4", "text": KEPT}, KEPT),
    "event_postpone": ("organiser", event, {"note": KEPT}, KEPT),
    "event_repeat": ("organiser", event, {"kind": "weekly", "count": "3", "without": "2099-04-01"}, "2099-04-01"),
    "event_resume": ("organiser", postponed, {"starts_at": soon(20), "ends_at": soon(21)}, soon(20)),
}  # fmt: skip
READS: dict[str, Any] = {
    "event_archive": (("anonymous", "member"), lambda made: "/events/archive/"),
    "event_pitch_screen": (
        ("organiser", "ward"),
        lambda made: f"/events/{pitch_night(made)[0]}/pitches/screen/",
    ),
    "ward_calendar": (("anonymous", "member"), lambda made: "/wards/akiha/calendar/"),
}
COSTS: dict[str, Any] = {
    "event archive list": ("anonymous", lambda made: "/events/archive/", 3),
    "ward calendar": ("anonymous", lambda made: "/wards/akiha/calendar/", 4),
}
FILES = {"event_photo": "picture", "event_sketch": "picture", "event_pitch_sheet": "paper"}
MAILS = dict.fromkeys(
    ("pitch_accepted", "pitch_declined", "event_thanks"), "test_events_pitches, test_events_after"
)
NAMED = {("pitch", "user"): "ピッチの申込み", ("eventreport", "reported_by"): "報告した催し"}
OWNED = {
    "event.notices": "part of its event",
    "eventsurvey.replies": "part of their questionnaire",
    "eventsurvey.answers": "part of their questionnaire",
}


def _event(**values: Any) -> None:
    Event.objects.filter(pk=make.event().pk).update(**values)


def _series(**values: Any) -> EventSeries:
    base = {"kind": "weekly", "first_on": clock.today_jst(), "count": 3, "rrule": "FREQ=WEEKLY"}
    return EventSeries.objects.create(**{**base, **values})


def _same_number() -> None:
    series = _series()
    for _ in range(2):
        _event(series=series, series_number=2)


def _notice(**values: Any) -> None:
    base = {"event": make.event(), "number": 1, "kind": "moved", "old_starts_at": clock.now()}
    EventNotice.objects.create(**{**base, **values})


def _pitch(**values: Any) -> Pitch:
    return Pitch.objects.create(**{"name": "甲", "title": "題", **values})


def _same_place() -> None:
    where = make.event()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _ in range(2):
        _pitch(event=where, state="accepted", place=1)


def _asked_twice() -> None:
    where, who = make.event(), make.person().user
    for _ in range(2):
        _pitch(event=where, user=who)


def _report(**values: Any) -> None:
    base = {"event": make.event(), "result": "会った", "adults_count": 1, "reported_at": clock.now()}
    EventReport.objects.create(**{**base, **values})


def _photo(where: Event, **values: Any) -> None:
    base = {"file": make.image(make.person()), "alt": "輪", "place": 1}
    EventPhoto.objects.create(event=where, **{**base, **values})


def _sketch(**values: Any) -> None:
    VenueSketch.objects.create(event=make.event(), file=make.image(make.person()), **values)


def _two_photos() -> None:
    where = make.event()
    for _ in range(2):
        _photo(where)


def _survey(**values: Any) -> EventSurvey:
    return EventSurvey.objects.create(event=make.event(), **values)


def _reply_twice() -> None:
    made = _survey()
    party = make.registration(made.event)
    for _ in range(2):
        SurveyReply.objects.create(survey=made, registration=party)


BROKEN = {
    "event_postponed_knows_when": lambda: _event(state="postponed"),
    "event_online_address_where_online": lambda: _event(online_url="https://meet.example.jp/"),
    "event_listed_until_after_end": lambda: _event(listed_until=clock.now()),
    "event_publish_from_before_start": lambda: _event(publish_from=make.moment(90)),
    "event_series_numbered": lambda: _event(series_number=1),
    "event_series_number": _same_number,
    "eventseries_count": lambda: _series(count=1),
    "eventseries_every": lambda: _series(every=9),
    "eventnotice_number": lambda: [_notice(event=where) for where in [make.event()] * 2],
    "eventnotice_new_times_together": lambda: _notice(new_starts_at=clock.now()),
    "pitch_one_live_per_user": _asked_twice,
    "pitch_place": _same_place,
    "pitch_place_iff_accepted": lambda: _pitch(event=make.event(), place=1),
    "eventreport_result_not_empty": lambda: _report(result=""),
    "eventreport_counts_possible": lambda: _report(adults_count=100_001),
    "eventphoto_place": _two_photos,
    "eventphoto_alt_not_empty": lambda: _photo(make.event(), alt=""),
    "venuesketch_alt_not_empty": lambda: _sketch(alt=""),
    "eventsurvey_question_with_choices": lambda: _survey(question="何で知りましたか"),
    "surveyreply_once": _reply_twice,
    "surveyanswer_stars": lambda: SurveyAnswer.objects.create(survey=_survey(), stars=6),
    "surveyanswer_choice": lambda: SurveyAnswer.objects.create(survey=_survey(), stars=5, choice=9),
}
