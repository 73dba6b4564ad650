"""Five hundred parties at once for 150 seats, through two web processes and PostgreSQL as they run in production."""

import http.client
from collections.abc import Callable
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connections

from communities.forms.extras import EntryForm
from communities.models import EventSeats, Registration
from portal.kernel import once
from portal.kernel.actors import VisitorActor
from portal.kernel.models import AuditEntry, Job, OutboxMessage
from tests.factories import communities as make
from tests.support.threads import Outcome, race

pytestmark = pytest.mark.usefixtures("world")

PARTIES, SEATS = 500, 150
CSRF = "c" * 32
PATIENCE = 300.0  # seconds for everybody, on a busy machine


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
    key = once.new_key(VisitorActor.of_session(None), f"{EntryForm.__name__}:{path}")
    values = {
        "csrfmiddlewaretoken": CSRF, "once": key, "name": f"申込 {number}", "kana": "モウシコミ", "consent": "on",
        "email": f"party{number}@example.jp", "party_size": str(1 + number % 4), "phone": "", "needs": "",
    }  # fmt: skip
    headers = {
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def send() -> tuple[int, str]:
        """Once more when the server hung up before it had read the form, as a browser does: the key makes that safe."""
        try:
            return post()
        except ConnectionError:
            return post()

    def post() -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
        connection.request("POST", path, urlencode(values), headers)
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, body[:3000]

    return send


def watched(event, crowd: list[Callable[[], tuple[int, str]]]) -> tuple[list[Outcome], int]:
    """Let the whole crowd go: what each was answered, and the most seats that were ever seen taken meanwhile."""
    most, over = 0, Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.1):
            most = max(most, EventSeats.objects.get(event=event).taken)
        connections.close_all()

    watcher = Thread(target=watch)
    watcher.start()
    try:
        return race(*crowd, timeout=PATIENCE), most
    finally:
        over.set()
        watcher.join()


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
    answers, most = watched(event, crowd)
    assert [outcome.error for outcome in answers if not outcome.ok] == []
    assert {outcome.value[0] for outcome in answers} == {303}, next(
        outcome.value for outcome in answers if outcome.value[0] != 303
    )
    assert most <= SEATS
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
