"""Pitches: ask for a slot, answer, put the run in order.

p = ask_pitch(by=resident, event=e, name="佐久間 里帆", title="商店街で朝ごはん")
answer_pitch(by=organiser, pitch=p, step="accept")      move_pitch(by=organiser, pitch=p, step="up")
"""

from django.db import transaction
from django.db.models import F, Max

from portal.accounts.models import User
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.names import clean_name
from portal.kernel.refusals import Refusal

from .. import workflow
from ..enums import EventState
from ..enums.events import LIVE_PITCHES, PITCHES_AT_MOST
from ..mails import events as event_mails
from ..models import Event, Pitch
from ..saving import insert, locked, user_of

OPEN = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED)
NOT_OPEN = "この催しでは、いまピッチを募っていません。"
FULL = f"ピッチは、{PITCHES_AT_MOST}人までです。"


@transaction.atomic
def ask_pitch(*, by: Actor, event: Event, name: str, title: str, note: str = "") -> Pitch:
    """Ask for a minute, once a person and meeting. Raises Refusal when none are taken, full, or asked already."""
    permissions.require(by, "communities.ask_pitch", event)
    _open(event)
    return _store(by, event, user_of(by), name, title, note)


@transaction.atomic
def enter_pitch(*, by: Actor, event: Event, name: str, title: str) -> Pitch:
    """Take somebody down who asked in person: accepted at once, last in the run."""
    permissions.require(by, "communities.run_event", event)
    _open(event, running=True)
    pitch = _store(by, event, None, name, title, "")
    return _accept(by, pitch)


@transaction.atomic
def answer_pitch(*, by: Actor, pitch: Pitch, step: str, note: str = "") -> Pitch:
    """`accept` (last in the run), `decline` (with a reason) or `withdraw`. Whoever asked is told what was decided."""
    locked(pitch.event)
    if step == "accept":
        pitch = _accept(by, pitch)
    else:
        old = Pitch.objects.values_list("place", flat=True).get(pk=pitch.pk)
        workflow.PITCH.apply(pitch, step, by=by, note=note, place=None)
        if old is not None:
            Pitch.objects.filter(event=pitch.event_id, place__gt=old).update(place=F("place") - 1)
    if step != "withdraw":
        event_mails.pitch_answered(pitch, note)
    return pitch


@transaction.atomic
def move_pitch(*, by: Actor, pitch: Pitch, step: str) -> Pitch:
    """One place `up` or `down` in the run; at its end it stays. Raises Refusal when it has no place."""
    locked(pitch.event)
    permissions.require(by, "communities.run_event", pitch)
    locked(pitch)
    if pitch.place is None:
        raise Refusal("受け入れたピッチだけが、順番を持ちます。", code="moved")
    other = Pitch.objects.filter(
        event=pitch.event_id, place=pitch.place + (-1 if step == "up" else 1)
    ).first()
    if other is not None and other.place is not None:
        pitch.place, other.place = other.place, pitch.place
        Pitch.objects.bulk_update([pitch, other], ["place"])
        audit.record("communities.pitch.moved", by=by, target=pitch, data={"place": pitch.place})
    return pitch


def _store(by: Actor, event: Event, user: User | None, name: str, title: str, note: str) -> Pitch:
    if Pitch.objects.filter(event=event, state__in=LIVE_PITCHES).count() >= PITCHES_AT_MOST:
        raise Refusal(FULL, code="full")
    pitch = insert(Pitch(event=event, user=user, name=clean_name(name), title=clean_name(title), note=note))
    audit.record("communities.pitch.asked", by=by, target=pitch, data={"event": event.pk})
    return pitch


def _accept(by: Actor, pitch: Pitch) -> Pitch:
    last = Pitch.objects.filter(event=pitch.event_id).aggregate(last=Max("place"))["last"] or 0
    return workflow.PITCH.apply(pitch, "accept", by=by, place=last + 1)


def _open(event: Event, *, running: bool = False) -> None:
    """Under the lock of the event; `running`: also while it goes on."""
    locked(event)
    late = clock.now() >= event.ends_at if running else event.has_begun(clock.now())
    if not event.takes_pitches or event.state not in OPEN or late:
        raise Refusal(NOT_OPEN, code="closed")
