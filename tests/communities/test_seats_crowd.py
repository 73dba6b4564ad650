"""Five hundred parties at once for 150 seats, through two web processes and PostgreSQL as they run in production."""

import http.client
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings

from communities.models import EventSeats, Registration
from portal.kernel import once
from portal.kernel.actors import VisitorActor
from portal.kernel.models import AuditEntry, Job, OutboxMessage
from tests.factories import communities as make
from tests.support.processes import wait_until
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")

PARTIES, SEATS = 500, 150
CSRF = "c" * 32
PATIENCE = 400.0  # seconds for everybody, on a busy machine


@pytest.fixture
def crowded(world):
    """The portal as two web processes that let one machine send five hundred forms."""
    running = world.server(workers=2, EVENT_ENTRY_RATE="10000/10m/ip,10/h/key")
    running.start()
    yield running
    running.stop()
    assert "Traceback" not in running.output, running.output[-4000:]


def sends(url: str, event, number: int) -> Callable[[], tuple[int, str]]:
    """One party's form, filled in and ready: one to four people."""
    path = f"/events/{event.pk}/register/"
    key = once.new_key(VisitorActor.of_session(None), f"RegisterForm:{path}")
    values = {
        "csrfmiddlewaretoken": CSRF, "once": key, "name": f"申込 {number}", "kana": "モウシコミ", "consent": "on",
        "email": f"party{number}@example.jp", "party_size": str(1 + number % 4), "phone": "", "needs": "",
    }  # fmt: skip
    headers = {
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def send() -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
        connection.request("POST", path, urlencode(values), headers)
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, body[:3000]

    return send


def watches(event) -> Callable[[], int]:
    """The most seats that were ever seen taken while the crowd came."""
    most = 0

    def look() -> bool:
        nonlocal most
        row = EventSeats.objects.get(event=event)
        most = max(most, row.taken)
        return row.last_position == PARTIES

    def watch() -> int:
        wait_until(look, timeout=PATIENCE, what="everybody has registered")
        return most

    return watch


def replayed(sizes: list[int]) -> list[str]:
    """What each party must have become when they are served one after the other in the order of their positions."""
    left, smallest, states = SEATS, None, []
    for size in sizes:
        fits = size <= left and not (smallest is not None and smallest <= left)
        states.append("confirmed" if fits else "waiting")
        left -= size if fits else 0
        smallest = smallest if fits else min(size, smallest or size)
    return states


def test_five_hundred_parties_at_once_never_take_more_than_the_seats(crowded):
    event = make.event(capacity=SEATS)
    crowd = [sends(crowded.url, event, number) for number in range(PARTIES)]
    *answers, watched = race(*crowd, watches(event), timeout=PATIENCE)
    assert [outcome.error for outcome in answers if not outcome.ok] == []
    assert {outcome.value[0] for outcome in answers} == {303}, next(
        outcome.value for outcome in answers if outcome.value[0] != 303
    )
    assert watched.ok
    assert watched.value <= SEATS
    parties = list(Registration.objects.filter(event=event).order_by("position"))
    assert [party.position for party in parties] == list(range(1, PARTIES + 1))
    assert [party.state for party in parties] == replayed([party.party_size for party in parties])
    row = EventSeats.objects.get(event=event)
    taken = sum(party.party_size for party in parties if party.state == "confirmed")
    assert (row.confirmed_count, row.offered_count, row.taken <= SEATS) == (taken, 0, True)
    assert taken > SEATS - 4  # nobody who fits was left out
    keys = {f"registered:{party.pk}:{party.state}" for party in parties}
    mails = OutboxMessage.objects.filter(about_id__in=[str(party.pk) for party in parties])
    assert {mail.key for mail in mails} == keys
    assert mails.count() == PARTIES
    assert Job.objects.filter(key__in=[f"mail:{mail.pk}" for mail in mails]).count() == PARTIES
    told = AuditEntry.objects.filter(event="communities.registration.registered", data__event=str(event.pk))
    assert told.count() == PARTIES
