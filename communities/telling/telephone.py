"""What a party without a mailbox must be told becomes a to-do of the counter: 「電話で知らせる」."""

from ..enums import CallReason
from ..models import PhoneCall, Registration

# They stand at the counter, or called themselves: nobody has to call them back.
KNOWN_ALREADY = frozenset({"registered", "registration_cancelled", "seat_accepted", "reminder"})


def by_phone(name: str, registration: Registration, once: str) -> None:
    """Note that somebody has to call, in place of the mail `name`; the same thing once."""
    if name in KNOWN_ALREADY:
        return
    reason = name if name in CallReason.values else CallReason.OTHER
    PhoneCall.objects.get_or_create(
        key=f"{name}:{registration.pk}:{once}",
        defaults={"registration": registration, "reason": reason, "due_at": registration.offer_ends_at},
    )
