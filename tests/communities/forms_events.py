"""Pages, forms and costs of running events, for the tables of tests."""

from datetime import timedelta
from typing import Any

from communities import notices
from portal.kernel import clock
from tests.factories import communities as make

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
        make.actions.hold_event(by=make.ward_officer(), event=made.event)
    return [made.event.pk]


def photo(made: Cast) -> list[Any]:
    by, (pk,) = make.ward_officer(), held(made)
    row = make.actions.add_event_photo(by=by, event=made.event, file=make.image(by), alt="輪", consented=True)
    return [pk, row.pk]


def survey(made: Cast) -> list[Any]:
    make.actions.set_survey(by=make.ward_officer(), event=made.event)
    return [notices.survey_token(made.party)]


FORMS = {
    "event_pitches": ("resident", pitch_night, {"name": KEPT, "title": "題"}, KEPT),
    "event_pitch_run": ("organiser", pitch_night, {"name": KEPT, "title": "題"}, KEPT),
    "pitch_detail": ("organiser", pitch, {"step": "decline", "note": KEPT}, KEPT),
    "event_report": ("organiser", held, {"result": KEPT, "adults_count": "3"}, KEPT),
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
FILES = {"event_photo": "picture", "event_pitch_sheet": "paper"}
MAILS = {"pitch_accepted", "pitch_declined", "event_thanks"}
