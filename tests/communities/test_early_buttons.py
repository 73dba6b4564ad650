"""What cannot be true yet is no button: 「開催した」 before the start, the door days before, 欠席 before the start."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.pages import form_values
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
DAY = "2026-12-05"


def client_of(who) -> StrictClient:  # type: ignore[no-untyped-def]
    made = StrictClient()
    made.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.fixture
def event(clock):  # type: ignore[no-untyped-def]
    """A meeting on 5 December at 13:30, seventeen days away."""
    clock.set("2026-11-18T10:00:00+09:00")
    starts_at = make.moment(17).replace(hour=4, minute=30, second=0, microsecond=0)  # 13:30 in Japan
    return make.event(starts_at=starts_at)


def at(clock, words: str) -> None:  # type: ignore[no-untyped-def]
    clock.set(f"{DAY}T{words}:00+09:00")


def shown(client: StrictClient, address: str) -> str:
    page = client.get(address)
    assert_html(page.content)
    return page.content.decode()


def test_held_is_a_button_from_the_start_on(event, clock) -> None:  # type: ignore[no-untyped-def]
    organiser, officer = make.organiser(event.host_community), make.ward_officer()
    pages = {
        f"{event.host_community.get_absolute_url()}manage/events/{event.pk}/": client_of(organiser),
        f"/staff/events/{event.pk}/": client_of(officer),
    }
    button = 'value="hold"'
    for when, is_there in (("13:29", False), ("13:30", True)):
        at(clock, when)
        for address, client in pages.items():
            assert (button in shown(client, address)) is is_there, (when, address)


def test_held_early_is_refused_and_nothing_changes(event, clock) -> None:  # type: ignore[no-untyped-def]
    officer = make.ward_officer()
    client, address = client_of(officer), f"/staff/events/{event.pk}/"
    values = form_values(client.get(address).content)
    answer = client.post(address, {**values, "step": "hold"})
    assert (answer.status_code, "まだ始まっていません" in answer.content.decode()) == (409, True)
    assert_html(answer.content)
    event.refresh_from_db()
    assert event.state == "published"
    with pytest.raises(PermissionDenied):
        actions.hold_event(by=make.person(), event=event)
    at(clock, "13:30")
    assert actions.hold_event(by=officer, event=event).state == "held"


def test_a_cancelled_meeting_says_that_and_not_that_it_is_early(event) -> None:  # type: ignore[no-untyped-def]
    officer = make.ward_officer()
    actions.cancel_event(by=officer, event=event, note="大雪のため")
    with pytest.raises(Refusal) as refused:
        actions.hold_event(by=officer, event=event)
    assert "まだ始まっていません" not in refused.value.message


def test_the_door_says_from_when_it_is_open(event, clock) -> None:  # type: ignore[no-untyped-def]
    party, client = make.registration(event), client_of(make.ward_officer())
    page, door = f"/events/{event.pk}/counter/{party.pk}/", f"/events/{event.pk}/counter/check-in/"
    counter = f"/events/{event.pk}/counter/"
    come, absent, start = 'value="come"', 'value="absent"', f'href="{door}"'
    opens = "2026年(令和8年)12月5日(土) 10時30分から"
    for when in ("00:00", "10:29"):
        at(clock, when)
        for address in (page, door, counter):
            assert opens in shown(client, address), address
        assert come not in shown(client, page)
        assert 'name="code"' not in shown(client, door)
        assert start not in shown(client, counter)
    at(clock, "10:30")
    said = shown(client, page)
    assert (come in said, absent in said, "欠席は、始まってから記録できます" in said) == (True, False, True)
    assert 'name="code"' in shown(client, door)
    assert start in shown(client, counter)
    at(clock, "13:30")
    said = shown(client, page)
    assert (come in said, absent in said, "欠席は、始まってから" in said) == (True, True, False)


def test_an_office_opens_its_doors_when_it_likes(event, clock, settings) -> None:  # type: ignore[no-untyped-def]
    party, client = make.registration(event), client_of(make.ward_officer())
    page = f"/events/{event.pk}/counter/{party.pk}/"
    at(clock, "12:29")
    values = form_values(client.get(page).content)  # a page that stayed open
    settings.COUNTER_OPENS_HOURS = 1
    assert "12時30分から" in shown(client, page)
    refused = client.post(page, {**values, "step": "come"})
    assert (refused.status_code, "始まる1時間前から" in refused.content.decode()) == (409, True)
    at(clock, "12:30")
    assert 'value="come"' in shown(client, page)
    assert event.door_opens_at == event.starts_at - timedelta(hours=1)
