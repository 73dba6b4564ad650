"""Signing in with a mailed code: the way in, and everything that is no way in."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.models import User
from portal.kernel.models import AuditEntry, OutboxMessage
from tests.factories.accounts import UserFactory, officer

from .mailbox import code_for, messages_to
from .steps import CODE, LOGIN, ask_code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_mailed_code_signs_in_and_is_recorded(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    asked = ask_code(client, user.email)
    assert (asked.status_code, asked["Location"]) == (303, CODE)
    answer = client.post(CODE, {"code": code_for(user.email)})
    assert (answer.status_code, answer["Location"]) == (303, "/me/")
    assert client.session["_auth_user_id"] == str(user.pk)
    entry = AuditEntry.objects.filter(event="accounts.user.signed_in").latest("id")
    assert (entry.actor_ref, entry.target_id, entry.data) == (
        f"user:{user.pk}",
        str(user.pk),
        {"methods": ["code"]},
    )


@pytest.mark.parametrize("typed", ["{plain}", "{wide}", " {code} ", "{code}"])
def test_the_code_may_be_typed_in_any_width_with_or_without_the_dash(client, typed: str) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    code = code_for(user.email)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    client.post(CODE, {"code": typed.format(plain=code.replace("-", ""), wide=wide, code=code)})
    assert signed_in(client)


def test_an_address_in_capitals_and_full_width_is_the_same_person(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, "".join(chr(ord(c) + 0xFEE0) for c in user.email.upper()))
    client.post(CODE, {"code": code_for(user.email)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_staff_go_to_their_desk(client) -> None:  # type: ignore[no-untyped-def]
    assert sign_in(client, officer("ward_officer", "151050"))["Location"] == "/staff/"


def test_the_session_key_changes_at_sign_in(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    before = client.session.session_key
    client.post(CODE, {"code": code_for(user.email)})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_wrong_code_is_refused_and_five_end_the_attempt(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    right = code_for(user.email)
    for _ in range(4):
        answer = client.post(CODE, {"code": "0000-0000"})
        assert answer.status_code == 422
        assert "コードが違うか、期限が切れています" in answer.content.decode()
    assert client.post(CODE, {"code": "0000-0000"})["Location"] in {LOGIN, "/accounts/login/code/"}
    assert client.post(CODE, {"code": right}).status_code == 303
    assert not signed_in(client)


def test_a_code_runs_out_after_fifteen_minutes(client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    code, real = code_for(user.email), time.time
    monkeypatch.setattr(time, "time", lambda: real() + 15 * 60 + 1)
    assert client.post(CODE, {"code": code})["Location"] in {LOGIN, "/accounts/login/code/"}
    assert not signed_in(client)


def test_a_code_serves_only_the_session_that_asked(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    other = Client()
    other.post(CODE, {"code": code_for(user.email)})
    assert not signed_in(other)


def test_a_code_serves_once(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email)
    code = code_for(user.email)
    client.post(CODE, {"code": code})
    client.post("/accounts/logout/")
    client.post(CODE, {"code": code})
    assert not signed_in(client)


def test_an_account_that_is_closed_gets_no_code(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert ask_code(client, user.email)["Location"] == CODE
    assert [row.template for row in messages_to(user.email)] == ["accounts/mail/unknown_account"]


def test_a_first_code_confirms_the_address_of_an_account_made_for_somebody(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory(verified=False)
    sign_in(client, user)
    assert signed_in(client)
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/staff/accounts/?ended=1", "/staff/accounts/?ended=1"),
        ("https://evil.example/", "/me/"),
        ("//evil.example/", "/me/"),
        ("/\\evil.example", "/me/"),
        ("javascript:alert(1)", "/me/"),
        ("http://localhost:1/", "/me/"),
    ],
)
def test_next_stays_on_this_site(client, target: str, leads_to: str) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    ask_code(client, user.email, next=target)
    answer = client.post(CODE, {"code": code_for(user.email), "next": target})
    assert answer["Location"] == leads_to


def test_the_way_back_goes_through_both_pages(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    page = client.get("/me/")
    assert page["Location"] == "/accounts/login/?next=%2Fme%2F"
    assert 'name="next" value="/me/"' in client.get(page["Location"]).content.decode()
    asked = ask_code(client, user.email, next="/me/name/")
    assert asked["Location"] == f"{CODE}?next=%2Fme%2Fname%2F"
    assert 'name="next" value="/me/name/"' in client.get(asked["Location"]).content.decode()


@pytest.mark.parametrize(
    "typed", ["", "nobody", "a@b", "x" * 400 + "@example.test", "a\x00@example.test", "\ud800@e.test"]
)
def test_what_is_no_address_is_refused_with_422(client, typed: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.post(LOGIN, {"login": typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    assert answer.status_code == 422
    assert not OutboxMessage.objects.exists()


# --- limits ---------------------------------------------------------------------------------------------------------


def test_the_sixth_code_for_one_address_within_ten_minutes_is_refused(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    for _ in range(5):
        assert ask_code(Client(), user.email).status_code == 303
    answer = ask_code(client, user.email)
    assert answer.status_code == 429
    assert "続けて何度も送られたため" in answer.content.decode()
    assert len(messages_to(user.email)) == 5


def test_an_unknown_address_meets_the_same_limit(client) -> None:  # type: ignore[no-untyped-def]
    for _ in range(5):
        assert ask_code(Client(), "nobody@example.test").status_code == 303
    assert ask_code(client, "nobody@example.test").status_code == 429


def test_one_place_asking_for_many_people_meets_our_429_page(client) -> None:  # type: ignore[no-untyped-def]
    for number in range(30):
        ask_code(Client(), f"person-{number}@example.test")
    answer = ask_code(client, "one-more@example.test")
    assert answer.status_code == 429
    assert "協働ひろば" in answer.content.decode()
    assert "Too Many Requests" not in answer.content.decode()


def test_limits_look_at_the_client_and_not_at_a_header_it_writes(client) -> None:  # type: ignore[no-untyped-def]
    for number in range(20):
        ask_code(Client(headers={"X-Forwarded-For": f"10.0.0.{number}"}), f"person-{number}@example.test")
    answer = ask_code(Client(headers={"X-Forwarded-For": "10.9.9.9"}), "one-more@example.test")
    assert answer.status_code == 429


def test_limits_look_at_the_address_our_own_proxy_writes(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        ask_code(Client(headers={"X-Forwarded-For": "10.0.0.1"}), f"person-{number}@example.test")
    assert ask_code(Client(headers={"X-Forwarded-For": "10.0.0.1"}), "a@example.test").status_code == 429
    assert ask_code(Client(headers={"X-Forwarded-For": "10.0.0.2"}), "b@example.test").status_code == 303


# --- staying and leaving --------------------------------------------------------------------------------------------


def test_signing_out_needs_a_post_and_empties_the_session(client) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, UserFactory())
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/accounts/logout/").status_code == 303
    assert not signed_in(client)


def test_ending_other_sessions_keeps_this_one(client) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    other = Client()
    sign_in(client, user)
    sign_in(other, user)
    key = client.get("/me/sessions/").context["form"]["once"].value()
    assert client.post("/me/sessions/", {"once": key})["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert AuditEntry.objects.filter(
        event="accounts.user.signed_out_everywhere", target_id=str(user.pk)
    ).exists()


def test_a_session_lasts_two_weeks(client) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, UserFactory())
    assert timedelta(seconds=client.session.get_expiry_age()) == timedelta(days=14)
