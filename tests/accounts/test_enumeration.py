"""Nobody learns from our pages who has an account: not at sign-in, not at sign-up, not from how long it takes."""

import re
import time
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.support.factories import email

from .mailbox import messages_to, received
from .steps import CODE, CONFIRM, ask_code, sign_up

pytestmark = pytest.mark.django_db
NOBODY = "nobody@example.test"


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0


def seen(answer: Any, address: str) -> tuple[object, ...]:
    """What the other side can see of an answer: status, headers, cookies' names, page without tokens."""
    body = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", answer.content.decode())
    headers = {
        name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Expires"}
    }
    words = [str(message) for message in get_messages(answer.wsgi_request)]
    return answer.status_code, headers, sorted(answer.cookies), body.replace(address, "ADDRESS"), words


def steps_of_sign_in(address: str) -> list[tuple[object, ...]]:
    client = Client()
    answers = [ask_code(client, address), client.get(CODE)]
    answers += [client.post(CODE, {"code": "0000-0000"}) for _ in range(5)]
    answers += [client.get(CODE), client.get("/accounts/login/")]
    return [seen(answer, address) for answer in answers]


def steps_of_sign_up(address: str) -> list[tuple[object, ...]]:
    client = Client()
    answers = [sign_up(client, address), client.get(CONFIRM), client.get("/accounts/signup/")]
    answers += [client.post(CONFIRM, {"code": "0000-0000"}) for _ in range(5)]
    answers += [client.get(CONFIRM), client.get("/accounts/signup/")]
    return [seen(answer, address) for answer in answers]


def test_sign_in_looks_the_same_for_known_and_unknown_addresses() -> None:
    known = steps_of_sign_in(UserFactory().email)
    unknown = steps_of_sign_in(NOBODY)
    assert known == unknown


def test_sign_up_looks_the_same_for_known_and_unknown_addresses() -> None:
    known = steps_of_sign_up(UserFactory().email)
    unknown = steps_of_sign_up(NOBODY)
    assert known == unknown


def test_sign_up_with_a_known_address_makes_nothing_and_tells_only_the_owner() -> None:
    user = UserFactory()
    people = User.objects.count()
    sign_up(Client(), user.email, name="なりすまし")
    assert User.objects.count() == people
    user.refresh_from_db()
    assert user.name != "なりすまし"
    message = received(user.email)
    assert message.subject == "アカウントはすでにあります"
    assert "/accounts/login/" in str(message.body)


def test_sign_in_with_an_unknown_address_tells_only_its_owner() -> None:
    ask_code(Client(), NOBODY)
    message = received(NOBODY)
    assert message.subject == "アカウントが見つかりませんでした"
    assert "/accounts/signup/" in str(message.body)


def test_no_code_opens_an_account_that_is_not_there(client) -> None:  # type: ignore[no-untyped-def]
    ask_code(client, NOBODY)
    for code in ["", "-", "0", "0000-0000"]:
        client.post(CODE, {"code": code})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("known", [True, False])
def test_sign_in_and_sign_up_answer_no_sooner_than_the_floor(settings, known: bool) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0.3
    address = UserFactory().email if known else NOBODY
    for step in (ask_code, sign_up):
        started = time.monotonic()
        step(Client(), address)
        assert time.monotonic() - started >= 0.3
    assert len(messages_to(address)) == 2


def test_the_floor_is_above_what_either_way_needs() -> None:
    from portal.settings import accounts

    for known in (True, False):
        needed = []
        for _ in range(4):  # the quickest of four: other work on the machine says nothing about ours
            address = UserFactory().email if known else email("nobody")
            started = time.monotonic()
            sign_up(Client(), address)
            needed.append(time.monotonic() - started)
        assert min(needed) < accounts.ENTRANCE_SECONDS


@pytest.mark.parametrize(
    "path",
    [
        "password/change/",
        "password/set/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-set-password/",
        "password/reset/key/done/",
        "confirm-email/abc:def/",
        "reauthenticate/",
        "3rdparty/",
        "social/connections/",
        "2fa/webauthn/",
        "2fa/trust/",
        "signup/passkey/",
        "phone/change/",
        "sessions/",
    ],
)
def test_pages_of_allauth_that_we_do_not_use_are_not_there(client, path: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {}).status_code == 404
