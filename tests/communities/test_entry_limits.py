"""Visitors register without an account: not without end, and not into one mailbox."""

import pytest

from communities.forms.events import TOO_MANY
from communities.models import Registration
from portal.kernel.models import OutboxMessage
from tests.factories import communities as make

from .test_pages import PARTY, send

pytestmark = pytest.mark.django_db


def register(client, event, email, **more):
    return send(client, f"/events/{event.pk}/register/", {**PARTY, "email": email, "party_size": "1"}, **more)


def test_one_connection_registers_a_crowd_but_not_a_city(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"event_entry": "3/10m/ip,10/h/key"}
    event = make.event()
    assert [register(client, event, f"a{n}@example.jp").status_code for n in range(3)] == [303] * 3
    answer = register(client, event, "last@example.jp")
    assert answer.status_code == 429
    assert TOO_MANY in answer.content.decode()
    assert "last@example.jp" in answer.content.decode()
    assert Registration.objects.filter(event=event).count() == 3


def test_one_mailbox_hears_of_ten_entries_in_an_hour(client):
    answers = [register(client, make.event(), "victim@example.jp").status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]
    assert OutboxMessage.objects.filter(to_address="victim@example.jp").count() == 10


def test_what_is_refused_or_only_looked_at_does_not_count(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"event_entry": "1/10m/ip"}
    event = make.event()
    for _ in range(3):
        assert register(client, event, "no address").status_code == 422
        assert register(client, event, "a@example.jp", preview="1").status_code == 200
    assert register(client, event, "a@example.jp").status_code == 303


@pytest.mark.parametrize("name", ["http://evil.example/ 見てください", "WWW.evil.example"])
def test_a_name_carries_no_address_into_the_mails(client, name):
    event = make.event()
    for party in ({"name": name}, {"party_size": "2", "party_names": name}):
        answer = send(client, f"/events/{event.pk}/register/", {**PARTY, "email": "a@example.jp", **party})
        assert answer.status_code == 422
        assert "アドレスは書けません" in answer.content.decode()
    assert not OutboxMessage.objects.filter(to_address="a@example.jp").exists()
