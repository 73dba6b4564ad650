"""Papers of the counter: the slip 受付票 a party takes home, and the list of names for the door. Never stored."""

from collections.abc import Sequence

import segno

from portal.kernel import clock, pdf
from portal.kernel.addresses import whole

from ..mails import registration_token
from ..models import Event, Registration

SIZES = {"a5": "A5", "a4": "A4"}


def page_address(registration: Registration) -> str:
    """The address of the party's own page, as its code carries it."""
    return whole("communities:registration_detail", registration_token(registration))


def code_of(registration: Registration) -> str:
    """The QR code of the party's own page as a data: URI; read at the door, or by the party's own telephone."""
    return str(segno.make_qr(page_address(registration), error="m").svg_data_uri(border=0))


def slip(registration: Registration, *, size: str, place: tuple[int, int] = (0, 0)) -> bytes:
    """The slip of one party, on A5 or (larger print) on A4. `place` in the queue, when it waits."""
    context = {
        "registration": registration, "event": registration.event, "size": SIZES[size], "qr": code_of(registration),
        "place": place[0], "parties": place[1], "now": clock.now(),
    }  # fmt: skip
    return pdf.render("communities/pdf/slip.html", context, title=f"受付票 {registration.event.title}")


def door_list(event: Event, parties: Sequence[Registration], *, with_phone: bool) -> bytes:
    """The list for the door in the order of numbers. Telephone numbers only for those who answer for them."""
    seated = [party for party in parties if party.state in ("confirmed", "attended", "absent")]
    waiting = [party for party in parties if party.state in ("waiting", "offered")]
    context = {
        "event": event, "seated": seated, "waiting": waiting, "with_phone": with_phone, "now": clock.now(),
        "people": sum(party.party_size for party in seated),
    }  # fmt: skip
    return pdf.render("communities/pdf/door_list.html", context, title=f"当日の名簿 {event.title}")
