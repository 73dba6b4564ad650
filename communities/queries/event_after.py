"""Reads of pitches, and of what remains of a meeting."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from portal.kernel import clock

from .. import moderation
from ..enums import EventState, RegistrationState
from ..enums.events import FIGURES_FROM, LIVE_PITCHES, PitchState
from ..models import Event, EventPhoto, EventSurvey, Pitch, SurveyAnswer


def run_order(event: Event) -> list[Pitch]:
    """The accepted pitches in their order, without hidden ones. One query."""
    rows = moderation.shown(Pitch.objects.filter(event=event, state=PitchState.ACCEPTED))
    return list(rows.order_by("place"))


def pitches_shown_on(event: Event) -> list[Pitch]:
    """Those whose titles a public page lists; no query where none are taken."""
    return run_order(event) if event.takes_pitches else []


def pitches_of(event: Event) -> list[Pitch]:
    """All live ones for whoever runs the meeting, with `is_hidden`: the run in its order, then those who wait."""
    rows = Pitch.objects.filter(event=event, state__in=LIVE_PITCHES)
    return list(rows.annotate(is_hidden=moderation.is_hidden_here(Pitch)).order_by("place", "created_at"))


def own_pitch(user_id: Any, event: Event) -> Pitch | None:
    """The live pitch of one person at this meeting."""
    if user_id is None or not event.takes_pitches:
        return None
    return Pitch.objects.filter(event=event, user=user_id, state__in=LIVE_PITCHES).first()


def takes_pitches_now(event: Event) -> bool:
    """Whether one can still ask for a minute."""
    open_states = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED)
    return event.takes_pitches and event.state in open_states and not event.has_begun(clock.now())


def photos_of(event: Event) -> list[EventPhoto]:
    """The photos of a reported meeting in order, without hidden ones. One query, none before its report."""
    if event.state != EventState.REPORTED:
        return []
    return list(moderation.shown(event.photos.select_related("file")).order_by("place"))


def photos_kept_for(event: Event) -> list[EventPhoto]:
    """All of them, for whoever runs the meeting: hidden ones with `is_hidden`. One query."""
    rows = event.photos.select_related("file").annotate(is_hidden=moderation.is_hidden_here(EventPhoto))
    return list(rows.order_by("place"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Answers of a questionnaire, counted. Empty rows stay in."""

    count: int
    average: str
    stars: list[tuple[int, int]]
    choices: list[tuple[str, int]]


def figures_of(survey: EventSurvey | None, *, at_least: int = FIGURES_FROM) -> Figures | None:
    """The figures of a questionnaire; None while fewer than `at_least` have answered. One query."""
    if survey is None:
        return None
    rows = list(survey.answers.order_by().values("stars", "choice").annotate(count=Count("pk")))
    count = sum(row["count"] for row in rows)
    if count < max(at_least, 1):
        return None
    stars = [(star, sum(row["count"] for row in rows if row["stars"] == star)) for star in range(5, 0, -1)]
    chosen = [
        (text, sum(row["count"] for row in rows if row["choice"] == number))
        for number, text in enumerate(survey.choices, 1)
    ]
    average = sum(star * number for star, number in stars) / count
    return Figures(count, f"{average:.1f}", stars, chosen)


def texts_of(survey: EventSurvey) -> list[SurveyAnswer]:
    """What was written freely, without what is hidden, in an order that says nothing about when."""
    return sorted(moderation.shown(survey.answers.exclude(text="")), key=lambda row: (row.text, row.pk))


def attended_count(event: Event) -> int:
    """People of the parties that came, as far as somebody noted it; else of those with a seat."""
    rows = event.registrations.order_by()
    came = rows.filter(state=RegistrationState.ATTENDED).aggregate(people=Sum("party_size"))["people"]
    seated = rows.filter(state=RegistrationState.CONFIRMED)
    return int(came or seated.aggregate(people=Sum("party_size"))["people"] or 0)
