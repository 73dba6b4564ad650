"""Mails of running an event that are not told to every registrant."""

from portal.kernel import outbox
from portal.kernel.addresses import whole

from ..enums.events import PitchState
from ..models import Pitch


def pitch_answered(pitch: Pitch, note: str) -> None:
    """Whether one speaks, or why not; once for each answer. Nobody without an account is written to."""
    if pitch.user is None:
        return
    name = "pitch_accepted" if pitch.state == PitchState.ACCEPTED else "pitch_declined"
    outbox.queue(
        f"communities/mail/{name}", to=pitch.user.email, about=pitch, key=f"pitch:{pitch.pk}:{pitch.state}:{pitch.place}",
        context={
            "pitch": pitch, "event": pitch.event, "note": note,
            "url": whole(f"{pitch.event.get_absolute_url()}pitches/"),
        },
    )  # fmt: skip
