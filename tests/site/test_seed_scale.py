"""Bulk rows for measuring: as many as asked, the same each time, found by search, and marked as such."""

import pytest
from django.core.management import call_command

from communities.models import Community, Event, EventSeats, Membership
from portal.kernel import search
from portal.kernel.models import AuditEntry, SearchEntry
from portal.site.demo.scale import made_id, seed_scale

pytestmark = pytest.mark.django_db


def test_it_brings_the_number_up_to_what_was_asked_and_says_so(capsys) -> None:  # type: ignore[no-untyped-def]
    call_command("seed_scale", "--communities", "30")
    assert Community.objects.count() == Event.objects.count() == EventSeats.objects.count() == 30
    assert Membership.objects.count() == 60
    assert SearchEntry.objects.count() == 60
    assert all("(計測用)" in name for name in Community.objects.values_list("name", flat=True))
    assert "コミュニティを30組足しました" in capsys.readouterr().out
    assert AuditEntry.objects.filter(event="site.demostep.scaled").count() == 1


def test_a_second_call_adds_only_what_is_missing() -> None:
    assert seed_scale(10) == 10
    assert seed_scale(10) == 0
    assert seed_scale(25) == 15
    assert set(Community.objects.values_list("pk", flat=True)) == {made_id("community", n) for n in range(25)}


def test_its_rows_are_found_listed_and_opened(client) -> None:  # type: ignore[no-untyped-def]
    seed_scale(12)
    assert search.find("計測用", audience=["public"]).count == 24
    assert client.get("/communities/").status_code == 200
    assert client.get("/wards/kita/").status_code == 200
    assert client.get(Community.objects.first().get_absolute_url()).status_code == 200
    assert client.get(Event.objects.first().get_absolute_url()).status_code == 200
