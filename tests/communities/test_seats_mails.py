"""The mails of seats: what they say, plain text, once each, their link opens."""

import pytest

from communities import actions, sweeping
from portal.kernel import clock as time
from portal.kernel.actors import TokenActor
from tests.accounts.mailbox import messages_to
from tests.factories import communities as make

from .test_mails import MARKUP, opened, plain

pytestmark = pytest.mark.django_db
ADDRESS = "party@example.jp"


def link(party):
    return TokenActor("registration", f"registration:{party.pk}")


@pytest.fixture
def offered(clock):
    """A party of two that was offered seats at ten o'clock, until ten o'clock of the next day."""
    clock.set("2026-12-01T09:55:00+09:00")
    event = make.event(title=f"夜 {MARKUP}", capacity=2, fee_yen=1500)
    first = make.registration(event, party_size=2)
    party = make.registration(event, party_size=2, name=f"佐久間 {MARKUP}", email=ADDRESS)
    clock.set("2026-12-01T10:00:00+09:00")
    actions.cancel_registration(by=link(first), registration=first)
    party.refresh_from_db()
    return party


def say(subject, *words):
    text = plain(ADDRESS)
    assert text.startswith(subject), text
    for word in words:
        assert word in text, word
    assert "<b>R&B</b>" not in opened(text)


def test_an_offer_names_its_deadline_and_its_page(offered):
    deadline = "2026年(令和8年)12月2日(水) 10時までに"
    say(
        "席が空きました(12月2日(水)10時まで)：夜",
        deadline,
        "2人分の席が空きました",
        f"佐久間 {MARKUP} 様",
        "教えないでください",
    )
    [row] = [row for row in messages_to(ADDRESS) if row.template.endswith("/offered")]
    assert (row.is_secret, row.body) == (True, "")


def test_accepted_and_smaller(offered, clock):
    clock.set("2026-12-01T10:01:00+09:00")
    actions.accept_offer(by=link(offered), registration=offered)
    say("参加が決まりました：夜", "人数　2人", "参加費　1,500円", "当日お待ちしています")
    clock.set("2026-12-01T10:05:00+09:00")
    actions.reduce_party(by=link(offered), registration=offered, party_size=1)
    say("人数を1人に変えました：夜", "人数　1人")


def test_declined(offered, clock):
    clock.set("2026-12-01T10:01:00+09:00")
    actions.decline_offer(by=link(offered), registration=offered)
    say("ご案内を辞退されました：夜", "キャンセル待ちの申込みも、取り消しました")


def test_run_out(offered, clock):
    make.registration(offered.event, party_size=2)
    clock.set(offered.offer_ends_at.isoformat())
    assert time.now() == offered.offer_ends_at
    sweeping.sweep_offers()
    say("ご案内の期限が過ぎました：夜", "最後の順番で、お待ちいただいています")
