"""Every mail of communities: subject, body, plain text, once per key, its link opens, no secret shown to staff."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project

from communities import actions, mails
from communities.models import Community, Membership
from portal.kernel import jobs, outbox
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.accounts.mailbox import messages_to, received
from tests.factories import communities as make
from tests.support.strict import StrictClient

from .parts import gathered

pytestmark = pytest.mark.django_db

FOLDER = Path(project.ROOT) / "templates" / "communities" / "mail"
NAMES = {
    "registered", "registration_cancelled", "join_requested", "join_accepted", "join_declined", "event_cancelled",
    "event_postponed", "event_resumed", "event_moved", "event_online",
}  # fmt: skip
MARKUP = '<b>R&B</b> "{{ 1 }}" {% now %}'
LINK = re.compile(r"https?://\S+")
FOOT = "このメールは、協働ひろばから自動でお送りしています。"


def one(name: str, address: str) -> OutboxMessage:
    (row,) = [row for row in messages_to(address) if row.template == f"communities/mail/{name}"]
    return row


def plain(address: str) -> str:
    """Subject and body of the newest mail as it was sent, which must be plain text with its foot."""
    message = received(address)
    assert message.content_subtype == "plain"
    assert not getattr(message, "alternatives", [])
    assert "\n" not in message.subject
    assert FOOT in str(message.body)
    assert not re.search(r"&(amp|lt|gt|quot|#x27);|\n{4,}", str(message.body))
    return f"{message.subject}\n{message.body}"


def opened(text: str, who: StrictClient | None = None) -> str:
    """The page behind the one link of the mail."""
    (link,) = LINK.findall(text)
    assert link.startswith(project.BASE_URL)
    answer = (who or StrictClient()).get(urlsplit(link).path)
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(actor) -> StrictClient:
    client = StrictClient()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(where: Community, **kwargs) -> Membership:
    return actions.join_community(by=make.person(**kwargs), community=where, message=f"一行目\n{MARKUP}")


@pytest.fixture
def where() -> Community:
    return make.community(name=f"会 {MARKUP}", join_policy="approval")


def test_every_mail_has_subject_and_body_and_a_test():
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{name}.{part}.txt" for name in NAMES | set(gathered("MAILS")) for part in ("subject", "body")
    }


@pytest.mark.parametrize(
    ("method", "capacity", "state", "subject", "words"),
    [
        ("first_come", 10, "confirmed", "申込みを受け付けました", "当日お待ちしています"),
        ("first_come", 1, "waiting", "キャンセル待ちを受け付けました", "席が空くと、受付の順に"),
        ("lottery", 10, "entered", "抽選の申込みを受け付けました", "抽選の結果は、申込みの締切のあとに"),
    ],
)
def test_a_party_is_told_what_became_of_its_registration(where, method, capacity, state, subject, words):
    event = make.event(where, title=f"夜 {MARKUP}", capacity=capacity, entry_method=method, fee_yen=1500)
    if state == "waiting":
        make.registration(event)
    party = make.registration(event, name=f"佐久間 {MARKUP}", email="party@example.jp", needs="車いすの席")
    row = one("registered", "party@example.jp")
    assert (party.state, row.is_secret, row.body) == (state, True, "")
    assert outbox.shown_body(row) == "〔非表示〕"
    assert mails.registration_token(party) not in row.subject
    text = plain("party@example.jp")
    assert text.startswith(f"{subject}：夜 {MARKUP}\n")
    for word in (
        f"佐久間 {MARKUP} 様",
        words,
        "人数　1人",
        "参加費　1,500円",
        "試験会館",
        "教えないでください",
    ):
        assert word in text, word
    assert "車いすの席" not in text
    assert "<b>R&B</b>" not in opened(text)
    row.refresh_from_db()
    assert (row.body, row.sealed_body) == ("", None)


def test_giving_seats_back_is_confirmed_and_the_page_still_opens(where):
    event = make.event(where)
    party = make.registration(event, email="party@example.jp", party_size=2)
    actions.cancel_registration(by=make.ward_officer(), registration=party)
    assert one("registration_cancelled", "party@example.jp").is_secret
    text = plain("party@example.jp")
    assert text.startswith(f"申込みを取り消しました：{event.title}\n")
    assert "申込み2人分を取り消しました" in text
    assert "この申込みは、取り消されています" in opened(text)


def test_every_organiser_is_told_once_who_asks_to_come_in(where):
    first, second = make.organiser(where), make.organiser(where)
    make.member(where)
    OutboxMessage.objects.all().delete()
    membership = asked(where, name=f"渡辺 {MARKUP}")
    assert set(OutboxMessage.objects.values_list("to_address", flat=True)) == {
        first.user.email, second.user.email,
    }  # fmt: skip
    mails.join_requested(membership)
    assert OutboxMessage.objects.count() == 2
    text = plain(first.user.email)
    assert text.startswith(f"参加の申込みがありました：会 {MARKUP}\n")
    for word in (f"渡辺 {MARKUP}さんから", f"ひとこと\n一行目\n{MARKUP}\n", "3日以内"):
        assert word in text, word
    assert membership.user.email not in text
    assert "<b>R&B</b>" not in opened(text, signed_in(make.fresh(first)))


def test_who_is_let_in_is_welcomed_and_who_is_not_reads_why(where):
    welcome, refused = asked(where), asked(where)
    actions.accept_member(by=make.ward_officer(), membership=welcome)
    actions.decline_member(by=make.ward_officer(), membership=refused, note=f"定員です。\n{MARKUP}")
    text = plain(welcome.user.email)
    assert text.startswith(f"参加が決まりました：会 {MARKUP}\n")
    assert "決めるまで、名前は載りません" in text
    assert "参加" in opened(text)
    text = plain(refused.user.email)
    assert text.startswith(f"参加の申込みについて：会 {MARKUP}\n")
    assert f"理由\n定員です。\n{MARKUP}\n" in text
    assert LINK.findall(text) == []


def test_a_cancelled_event_is_told_once_to_everybody_who_would_come(where):
    event = make.event(where, title=f"夜 {MARKUP}", contact="区の窓口", capacity=2)
    people = [make.registration(event, email=f"p{n}@example.jp", name=f"人{n}") for n in range(3)]
    gone = make.registration(event, email="gone@example.jp")
    actions.cancel_registration(by=make.ward_officer(), registration=gone)
    actions.cancel_event(by=make.ward_officer(), event=event, note=f"荒天のため。\n{MARKUP}")
    job = Job.objects.get(key=f"event-cancelled:{event.pk}")
    assert jobs.run(job.pk)
    mails.tell_cancellation(_Running(event))
    for number, party in enumerate(people):
        assert one("event_cancelled", party.email).key == f"event-cancelled:{party.pk}"
        text = plain(party.email)
        assert text.startswith(f"【中止】夜 {MARKUP}\n人{number} 様")
        assert f"理由\n荒天のため。\n{MARKUP}\n" in text
        assert "問い合わせ　区の窓口" in text
    assert not [row for row in messages_to("gone@example.jp") if row.template.endswith("event_cancelled")]


class _Running:
    """A job that was started a second time."""

    def __init__(self, obj) -> None:
        self.obj, self.seen = obj, []

    def progress(self, done: int, total: int) -> None:
        self.seen.append((done, total))


def test_the_same_key_is_one_mail(where):
    party = make.registration(make.event(where), email="party@example.jp")
    membership = asked(where)
    actions.accept_member(by=make.ward_officer(), membership=membership)
    before = list(OutboxMessage.objects.order_by("key").values_list("key", "message_id"))
    assert len(before) == len({key for key, _ in before}) >= 2
    mails.registered(party)
    mails.join_accepted(membership)
    assert list(OutboxMessage.objects.order_by("key").values_list("key", "message_id")) == before


def test_a_refused_registration_sends_nothing(where):
    event = make.event(where)
    make.registration(event, email="party@example.jp")
    count = OutboxMessage.objects.count()
    with pytest.raises(Refusal, match="もう申し込まれています"):
        make.registration(event, email="PARTY@example.jp")
    assert OutboxMessage.objects.count() == count


def test_staff_read_neither_the_link_nor_the_body_of_a_secret_mail(where):
    party = make.registration(make.event(where), email="party@example.jp", name="秘密 花子")
    officer, row = signed_in(make.city_officer()), one("registered", "party@example.jp")
    listed, opened_row = (officer.get(path) for path in ("/staff/outbox/", f"/staff/outbox/{row.pk}/"))
    assert row.subject in listed.content.decode()
    assert "〔非表示〕" in opened_row.content.decode()
    for page in (listed, opened_row):
        for secret in (mails.registration_token(party), "秘密 花子"):
            assert secret not in page.content.decode()
    rows = OutboxMessage.objects.filter(to_address="party@example.jp").values_list("body", "subject", "key")
    assert mails.registration_token(party) not in str(list(rows))
