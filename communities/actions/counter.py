"""代理受付: parties typed in by staff or organisers for people who came, called or wrote; and telling them by telephone.

p = receive_registration(by=officer, event=e, channel="phone", name="佐久間 ハル", kana="サクマ ハル", phone="0250-22-0000",
                         party_size=3, party_names=["佐久間 湊"], consent=True)
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import LIVE_REGISTRATIONS, Channel
from ..models import Event, PhoneCall, ProxyEntry, Registration
from ..saving import change, insert, locked, user_of
from .checkin import see_in
from .registrations import register_for_event

NO_CONTACT = (
    "電話番号かメールアドレスのどちらかを入力してください。席のご案内や中止を知らせるために使います。"
)


@transaction.atomic
def receive_registration(
    *, by: Actor, event: Event, channel: str, name: str, kana: str, email: str = "", phone: str = "", party_size: int = 1,
    party_names: Sequence[str] = (), needs: str = "", consent: bool, another: bool = False, **more: Any,
) -> Registration:  # fmt: skip
    """Register a household for others: the same seats, the same queue. A mail address is not needed, a telephone then is.

    At the door the party takes free seats after the deadline too, and is seen in at once. `another` says that somebody
    of the same name is another person. Raises PermissionDenied, ValidationError, Refusal as `register_for_event`.
    """
    at_door = channel == Channel.DOOR
    if not (email or phone or at_door):
        raise ValidationError({"phone": NO_CONTACT})
    party = register_for_event(
        by=by, event=event, name=name, kana=kana, email=email, phone=phone, party_size=party_size,
        party_names=party_names, needs=needs, consent=consent, proxied=True, at_door=at_door, **more,
    )  # fmt: skip
    if not another:
        _refuse_namesake(party)
    insert(ProxyEntry(registration=party, channel=channel, received_at=clock.now(), received_by=user_of(by)))
    audit.record("communities.registration.received", by=by, target=party, data={"channel": channel})
    return see_in(by=by, registration=party) if at_door else party


@transaction.atomic
def note_call(*, by: Actor, event: Event, call: UUID) -> PhoneCall:
    """Note that the party was told by telephone. Noting it again changes nothing.

    Raises PermissionDenied; Refusal for a call that is none of this event's.
    """
    permissions.require(by, "communities.receive_registration", event)
    row = PhoneCall.objects.filter(pk=call, registration__event=event).select_related("registration").first()
    if row is None:
        raise Refusal("この知らせることは、もうありません。", code="gone")
    locked(row)
    if row.called_at is None:
        change(row, {"called_at": clock.now(), "called_by": user_of(by)})
        audit.record("communities.phonecall.called", by=by, target=row, data={"reason": row.reason})
    return row


def _refuse_namesake(party: Registration) -> None:
    """Two counters may take the same call; under the lock of the seats the later one sees the earlier."""
    same = Registration.objects.filter(
        event=party.event_id, name=party.name, kana=party.kana, state__in=LIVE_REGISTRATIONS
    )
    if other := same.exclude(pk=party.pk).first():
        raise Refusal(
            f"同じ氏名の申込みが、もうあります(受付番号{other.position})。別の方のときは、下の欄に印を付けてください。",
            field="another",
            code="namesake",
        )
