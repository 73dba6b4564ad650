"""Every mail of accounts: ours, in Japanese, plain, with its secret sealed in the outbox."""

from datetime import date
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings as project
from django.core import mail
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal.kernel import outbox
from tests.factories.accounts import UserFactory

from .mailbox import messages_to, received
from .steps import ask_code, sign_in

pytestmark = pytest.mark.django_db
FOLDER = Path(project.ROOT) / "templates" / "accounts" / "mail"
NAMES = sorted(path.name.removesuffix(".body.txt") for path in FOLDER.glob("*.body.txt"))
FROM_ALLAUTH = [
    ("account/email/login_code", {"code": "1234-5678"}, True),
    ("account/email/email_confirmation_signup", {"code": "1234-5678"}, True),
    ("account/email/email_confirmation", {"code": "1234-5678"}, True),
    ("account/email/account_already_exists", {}, True),
    ("account/email/unknown_account", {"signup_url": "http://evil.example/"}, True),
    ("account/email/email_changed", {"from_email": "a@e.test", "to_email": "b@e.test"}, False),
    ("mfa/email/totp_activated", {}, False),
    ("mfa/email/totp_deactivated", {}, False),
    ("mfa/email/recovery_codes_generated", {}, False),
]


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0


def test_every_mail_has_subject_and_body() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{n}.{part}.txt" for n in NAMES for part in ("subject", "body")
    }
    ours = {"appointed", "appointment_ended", "second_factor_reset"}
    assert {prefix.rsplit("/", 1)[1] for prefix, _, _ in FROM_ALLAUTH} | ours == set(NAMES)


@pytest.mark.parametrize(("prefix", "values", "secret"), FROM_ALLAUTH, ids=[row[0] for row in FROM_ALLAUTH])
def test_mails_of_allauth_go_through_the_outbox_in_our_words(
    prefix: str, values: dict[str, str], secret: bool
) -> None:
    request = RequestFactory().get("/", headers={"host": "evil.example", "user-agent": "Browser/1"})
    with context.request_context(request):
        get_adapter().send_mail(
            prefix, "riho@example.test", {**values, "ip": "10.0.0.1", "user_agent": "Browser/1"}
        )
    (row,) = messages_to("riho@example.test")
    assert (row.is_secret, row.template) == (secret, f"accounts/mail/{prefix.rsplit('/', 1)[1]}")
    if secret:
        assert row.body == ""
        assert outbox.shown_body(row) == "〔非表示〕"
    message = received("riho@example.test")
    text = f"{message.subject}\n{message.body}"
    assert "協働ひろば にいがた" in text
    assert not any(
        word in text for word in ("evil.example", "10.0.0.1", "Browser/1", "example.com", "&", "<", "{{")
    )
    assert all(value in text for key, value in values.items() if key in {"code", "from_email", "to_email"})
    assert message.content_subtype == "plain"
    assert not getattr(message, "alternatives", [])
    assert message.from_email.startswith("=?utf-8") or "協働ひろば" in message.from_email


def test_the_code_leaves_the_outbox_with_the_mail(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    (row,) = messages_to(user.email)
    assert row.sealed_body
    assert "コード" in row.subject
    assert not any(character.isdigit() for character in row.subject)
    received(user.email)
    row.refresh_from_db()
    assert (row.body, row.sealed_body) == ("", None)


def test_what_people_typed_is_never_markup_in_a_mail() -> None:
    body = render_to_string(
        "accounts/mail/appointment_ended.body.txt",
        {"name": "Ａ", "role": "区担当", "place": "秋葉区", "acting": True, "ends_on": date(2027, 3, 31)},
    )
    assert "区担当(職務代理)" in body
    assert "令和9年3月31日" in body


def test_changing_the_address_mails_the_new_one_a_code_and_the_old_one_a_notice(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    old = user.email
    sign_in(client, user)
    assert client.post("/accounts/email/", {"email": "new@example.test", "action_add": ""}).status_code == 303
    message = received("new@example.test")
    assert message.subject == "メールアドレスの確認コード"
    user.refresh_from_db()
    assert user.email == old
    code = next(line for line in str(message.body).splitlines() if line[:4].isdigit())
    assert client.post("/accounts/confirm-email/", {"code": code}).status_code == 303
    user.refresh_from_db()
    assert user.email == "new@example.test"
    assert messages_to(old)[-1].template == "accounts/mail/email_changed"
    assert len(mail.outbox) == 2


def test_an_address_of_somebody_else_can_be_asked_for_but_not_taken(client) -> None:  # type: ignore[no-untyped-def]
    user, other = UserFactory(), UserFactory()
    sign_in(client, user)
    answer = client.post("/accounts/email/", {"email": other.email, "action_add": ""})
    free = client.post("/accounts/email/", {"email": "free@example.test", "action_add": ""})
    assert (answer.status_code, answer["Location"]) == (free.status_code, free["Location"])
    user.refresh_from_db()
    other.refresh_from_db()
    assert user.email != other.email
