"""Lotteries: sealed before, drawn once, told to all, drawn again by anybody."""

import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from communities import actions
from communities.models import EventSeats, Lottery, Registration
from communities.seats import draw
from portal.kernel import clock as time
from portal.kernel import jobs
from portal.kernel.actors import TokenActor
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

SEEDS = st.text("0123456789abcdef", min_size=8, max_size=64)
ENTRIES = st.lists(st.integers(1, 20), max_size=30).map(
    lambda sizes: [draw.Entry(number, people) for number, people in enumerate(sizes, start=1)]
)


@given(SEEDS, ENTRIES, st.one_of(st.none(), st.integers(1, 60)))
def test_a_draw_is_the_same_for_everybody_and_never_takes_more_than_the_seats(seed, entries, capacity):
    result = draw.draw(seed, entries, capacity)
    assert result == draw.draw(seed, reversed(entries), capacity)
    assert sorted((line.number, line.people) for line in result) == sorted(entries)
    assert [line.rank for line in result] == list(range(1, len(entries) + 1))
    assert [line.ticket for line in result] == sorted(line.ticket for line in result)
    left = capacity
    for line in result:
        assert line.has_seats is (left is None or line.people <= left)
        left = left - line.people if line.has_seats and left is not None else left


def test_every_party_wins_about_as_often():
    entries = [draw.Entry(number, 1) for number in range(1, 11)]
    wins = dict.fromkeys(range(1, 11), 0)
    for number in range(4000):
        for line in draw.draw(f"seed{number}", entries, 5):
            wins[line.number] += line.has_seats
    assert all(1850 < count < 2150 for count in wins.values()), wins


def ready(clock, *sizes, capacity=3, **kwargs):
    """A lottery whose entries have ended."""
    clock.set("2026-12-01T10:00:00+09:00")
    event = make.event(entry_method="lottery", capacity=capacity, starts_at=make.moment(10), **kwargs)
    parties = [make.registration(event, party_size=size) for size in sizes]
    clock.set("2026-12-02T10:00:00+09:00")
    actions.close_entries(by=make.ward_officer(), event=event)
    return event, parties


@pytest.mark.django_db
def test_the_seal_is_public_before_and_the_seed_only_after(clock):
    event, _ = ready(clock, 1, 1)
    lottery = Lottery.objects.get(event=event)
    assert (lottery.seed, lottery.drawn_at) == ("", None)
    address = f"/events/{event.pk}/lottery/"
    before = StrictClient().get(address).content.decode()
    assert_html(before)
    assert lottery.seal in before
    assert lottery.nonce not in before
    assert StrictClient().get(f"{address}entries.csv").status_code == 404
    seed = actions.draw_lottery(by=make.ward_officer(), event=event).seed
    assert draw.seal(seed) == lottery.seal == Lottery.objects.get(event=event).seal
    after = StrictClient().get(address).content.decode()
    assert_html(after)
    assert seed in after
    assert "試験 花子" not in after


@pytest.mark.django_db
def test_who_reads_the_whole_database_cannot_foresee_the_draw(clock):
    event, _ = ready(clock, 1, 1)
    stored = everything()
    seed = actions.draw_lottery(by=make.ward_officer(), event=event).seed
    assert seed not in stored
    assert seed in everything()
    lottery = Lottery.objects.get(event=event)
    guesses = (lottery.nonce, f"{event.pk}:{lottery.nonce}", sha256(lottery.nonce.encode()).hexdigest())
    assert all(draw.seal(guess) != lottery.seal for guess in guesses)


def everything() -> str:
    """Every value of every row, as a dump of the database shows them."""
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            said += cursor.fetchone()
    return "\n".join(said)


@pytest.mark.django_db
def test_two_lotteries_have_nothing_in_common(clock):
    first, second = (ready(clock, 1)[0] for _ in range(2))
    rows = [actions.draw_lottery(by=make.ward_officer(), event=event) for event in (first, second)]
    assert len({value for row in rows for value in (row.nonce, row.seed, row.seal)}) == 6


@pytest.mark.django_db
def test_a_changed_key_draws_with_the_old_one_and_never_with_another_seed(clock, settings):
    event, _ = ready(clock, 1, 1)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, thirty-two characters long and more"
    with pytest.raises(Refusal, match="鍵が、このサーバーにありません"):
        actions.draw_lottery(by=make.ward_officer(), event=event)
    row = Lottery.objects.get(event=event)
    assert (row.seed, row.drawn_at, row.entries) == ("", None, [])
    settings.SECRET_KEY_FALLBACKS = ["an even older one", old]
    drawn = actions.draw_lottery(by=make.ward_officer(), event=event)
    assert draw.seal(drawn.seed) == row.seal


@pytest.mark.django_db
def test_parties_get_seats_in_the_order_of_the_draw_and_are_told_once(
    clock, django_capture_on_commit_callbacks
):
    event, parties = ready(clock, 2, 2, 1, 3)
    lottery = actions.draw_lottery(by=make.ward_officer(), event=event)
    states = dict(Registration.objects.filter(event=event).values_list("position", "state"))
    for line in lottery.result:
        assert states[line.number] == ("confirmed" if line.has_seats else "waiting")
    row = EventSeats.objects.get(event=event)
    assert row.confirmed_count == sum(line.people for line in lottery.result if line.has_seats) <= 3
    waiting = Registration.objects.filter(event=event, state="waiting").order_by("turn")
    assert [party.position for party in waiting] == [
        line.number for line in lottery.result if not line.has_seats
    ]
    job = Job.objects.get(kind="communities.tell_lottery")
    for _ in range(2):
        Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
        jobs.run(job.pk)
    told = OutboxMessage.objects.filter(template="communities/mail/lottery_drawn")
    assert sorted(mail.about_id for mail in told) == sorted(str(party.pk) for party in parties)
    assert {mail.subject.split("：")[0] for mail in told} == {
        "抽選の結果(参加できます)",
        "抽選の結果(キャンセル待ち)",
    }


@pytest.mark.django_db
def test_what_is_given_back_goes_to_the_next_of_the_draw(clock):
    event, parties = ready(clock, 1, 1, 1, capacity=1)
    lottery = actions.draw_lottery(by=make.ward_officer(), event=event)
    first, second, _ = (parties[line.number - 1] for line in lottery.result)
    actions.cancel_registration(by=TokenActor("registration", f"registration:{first.pk}"), registration=first)
    second.refresh_from_db()
    assert second.state == "offered"


@pytest.mark.django_db
def test_what_is_refused(clock):
    officer = make.ward_officer()
    with pytest.raises(Refusal, match="抽選ではありません"):
        actions.draw_lottery(by=officer, event=make.event())
    still_open = make.event(entry_method="lottery")
    with pytest.raises(Refusal, match="受付を終えてから"):
        actions.draw_lottery(by=officer, event=still_open)
    make.registration(still_open)
    with pytest.raises(Refusal) as refused:
        actions.edit_event(by=officer, event=still_open, entry_method="first_come")
    assert refused.value.field == "entry_method"
    event, _ = ready(clock, 1)
    with pytest.raises(PermissionDenied):
        actions.draw_lottery(by=make.person(), event=event)
    actions.draw_lottery(by=make.ward_officer(), event=event)
    with pytest.raises(Refusal, match="もう終わっています"):
        actions.draw_lottery(by=make.ward_officer(), event=event)
    actions.reopen_entries(by=make.ward_officer(), event=event)
    assert make.registration(event).state == "confirmed"


@pytest.mark.django_db
def test_anybody_draws_again_with_what_is_published(clock, tmp_path):
    event, _ = ready(clock, 2, 1, 1, 2)
    lottery = actions.draw_lottery(by=make.ward_officer(), event=event)
    address = f"/events/{event.pk}/lottery/"
    for name in ("entries.csv", "draw.py"):
        answer = StrictClient().get(f"{address}{name}")
        assert "attachment" in answer.headers["Content-Disposition"]
        Path(tmp_path / name).write_bytes(answer.content)
    command = [sys.executable, "-I", "draw.py", "entries.csv", lottery.seed, "3", lottery.seal]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    expected = [
        f"{line.rank}\t{line.number}番\t{line.people}人\t{'当選' if line.has_seats else 'キャンセル待ち'}"
        for line in lottery.result
    ]
    assert done.stdout.splitlines() == expected
    forged = subprocess.run([*command[:-1], "0" * 64], cwd=tmp_path, capture_output=True, text=True)
    assert (forged.returncode, forged.stderr) == (1, "種と封が合いません。\n")


@pytest.mark.django_db
def test_the_command_draws_again_and_tells_a_changed_result(clock):
    event, _ = ready(clock, 2, 1, 1)
    with pytest.raises(CommandError, match="まだ行われていない"):
        call_command("rerun_lottery", str(event.pk))
    lottery = actions.draw_lottery(by=make.ward_officer(), event=event)
    said = StringIO()
    call_command("rerun_lottery", str(event.pk), stdout=said)
    assert f"一致しました。応募3組、種 {lottery.seed}" in said.getvalue()
    Lottery.objects.filter(event=event).update(seed="別の種")
    with pytest.raises(CommandError, match="種と封が合いません"):
        call_command("rerun_lottery", str(event.pk), stdout=said)


@pytest.mark.django_db
def test_an_officer_draws_by_a_button(clock):
    event, _ = ready(clock, 1, 1, capacity=1)
    officer = make.ward_officer()
    client = StrictClient()
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/staff/events/{event.pk}/").content.decode()
    assert f"/events/{event.pk}/draw/" in page
    page = client.get(f"/events/{event.pk}/draw/")
    answer = client.post(f"/events/{event.pk}/draw/", {"once": page.context["form"].initial["once"]})
    assert (answer.status_code, answer.url) == (303, f"/events/{event.pk}/lottery/")
    assert time.now() - Lottery.objects.get(event=event).drawn_at == timedelta()
