"""The outbox: one key, one row, one Message-ID; secrets sealed until sent, then wiped."""

from pathlib import Path

import pytest
from django.core import mail
from django.template import engines
from django.test import override_settings

from portal.kernel import jobs, outbox, ports
from portal.kernel.enums import MailState
from portal.kernel.models import Job, OutboxMessage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail of the test's own, without a second template engine."""
    folder = tmp_path / "probe" / "mail"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("{{ name }}さんへ\n")
    (folder / "hello.body.txt").write_text("こんにちは、{{ name }}さん。番号は{{ code }}です。\n")
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [tmp_path, *engine.dirs])


def queue(**changes: object) -> OutboxMessage:
    arguments = {
        "to": "a@example.jp",
        "context": {"name": "<b>里帆</b>", "code": "123456"},
        "key": "k",
        **changes,
    }
    return outbox.queue("probe/mail/hello", **arguments)  # type: ignore[arg-type]


def send(message: OutboxMessage) -> None:
    assert jobs.run(Job.objects.get(key=f"mail:{message.pk}").pk)


def test_same_key_is_one_mail() -> None:
    first, second = queue(), queue()
    assert first.pk == second.pk
    send(first)
    assert not jobs.run(Job.objects.get().pk)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == first.message_id


def test_subject_stays_one_line_whatever_people_wrote() -> None:
    message = queue(context={"name": "里帆\r\nBcc: x@example.jp", "code": "1"})
    assert "\n" not in message.subject
    assert "\r" not in message.subject
    send(message)
    assert mail.outbox[0].recipients() == ["a@example.jp"]


def test_text_is_plain_and_not_escaped() -> None:
    message = queue()
    send(message)
    assert "<b>里帆</b>さん" in mail.outbox[0].body
    assert mail.outbox[0].content_subtype == "plain"


def test_our_own_words_have_the_comma_of_who_writes_and_peoples_words_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ports, "speakers", {"accounts": lambda about: "，"})
    message = queue(context={"name": "里帆、と友", "code": "1、2"}, about=UserFactory())
    assert message.body == "こんにちは，里帆、と友さん。番号は1、2です。\n"
    assert queue(key="of nobody", context={"name": "里帆", "code": "1"}).body.startswith("こんにちは、")


def test_secret_is_sealed_hidden_and_wiped_after_sending() -> None:
    message = queue(secret=True)
    row = OutboxMessage.objects.get(pk=message.pk)
    assert row.body == ""
    assert b"123456" not in bytes(row.sealed_body)
    assert outbox.shown_body(row) == "〔非表示〕"
    send(row)
    row.refresh_from_db()
    assert (row.sealed_body, row.state) == (None, MailState.SENT)
    assert "123456" in mail.outbox[0].body


def test_secret_survives_a_change_of_key(settings) -> None:  # type: ignore[no-untyped-def]
    message = queue(secret=True)
    with override_settings(SECRET_KEY="x" * 50, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        send(message)
    assert "123456" in mail.outbox[0].body
