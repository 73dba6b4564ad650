"""Signing up: what is asked, what is made, and when it counts."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.models import AuditEntry

from .mailbox import code_for, messages_to, received
from .steps import CONFIRM, SIGNUP, sign_up

pytestmark = pytest.mark.django_db
NEW = "riho@example.test"


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0


def test_sign_up_makes_an_account_once_the_code_is_entered(client) -> None:  # type: ignore[no-untyped-def]
    answer = sign_up(client, NEW, name="佐久間 里帆")
    assert (answer.status_code, answer["Location"]) == (303, CONFIRM)
    user = User.objects.get(email=NEW)
    assert not EmailAddress.objects.get(user=user).verified
    assert "_auth_user_id" not in client.session
    answer = client.post(CONFIRM, {"code": code_for(NEW)})
    assert (answer.status_code, answer["Location"]) == (303, "/me/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/me/").status_code == 200


def test_what_is_kept_about_a_grown_up(client) -> None:  # type: ignore[no-untyped-def]
    sign_up(client, NEW, name="髙橋 﨑")
    user = User.objects.get(email=NEW)
    assert (user.name, user.is_adult, user.is_minor) == ("髙橋 﨑", True, False)
    assert user.adult_confirmed_on == clock.today_jst()
    assert user.consented_at is not None
    assert not user.has_usable_password()
    entry = AuditEntry.objects.get(event="accounts.user.registered", target_id=str(user.pk))
    assert (entry.actor_kind, entry.data) == ("visitor", {"age_group": "adult"})


def test_a_teenager_is_a_minor_without_any_date(client) -> None:  # type: ignore[no-untyped-def]
    sign_up(client, NEW, age_group="teen")
    user = User.objects.get(email=NEW)
    assert (user.is_minor, user.adult_confirmed_on) == (True, None)


def test_no_birth_date_is_asked_and_both_ages_are_offered(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get(SIGNUP).content.decode()
    assert "13歳以上18歳未満" in page
    assert "18歳以上" in page
    assert 'type="date"' not in page
    assert 'type="password"' not in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"age_group": None}, "年齢を選んでください"),
        ({"age_group": "child"}, "年齢を選んでください"),
        ({"consent": None}, "同意しないと、アカウントを作れません"),
        ({"name": ""}, "表示名を入力してください"),
        ({"name": "あ" * 41}, "40"),
        ({"name": "里\x07帆"}, "使えない文字"),
        ({"name": "里\u202e帆"}, "使えない文字"),
        ({"email": ""}, "メールアドレスを入力してください"),
        ({"email": "riho"}, "メールアドレスの形"),
        ({"email": "あ@" + "x" * 300 + ".test"}, "254"),
    ],
)
def test_what_does_not_fit_is_refused_with_everything_kept(client, changed, message: str) -> None:  # type: ignore[no-untyped-def]
    answer = (
        sign_up(client, NEW, **({"name": "佐久間 里帆"} | changed))
        if "email" not in changed
        else client.post(SIGNUP, {"name": "佐久間 里帆", "age_group": "adult", "consent": "on", **changed})
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'id="errors"' in page
    if "name" not in changed:
        assert "佐久間 里帆" in page
    assert not User.objects.exists()
    assert not messages_to(NEW)


def test_a_wrong_code_is_refused_and_five_end_the_attempt(client) -> None:  # type: ignore[no-untyped-def]
    sign_up(client, NEW)
    right = code_for(NEW)
    for _ in range(4):
        assert client.post(CONFIRM, {"code": "0000-0000"}).status_code == 422
    assert client.post(CONFIRM, {"code": "0000-0000"}).status_code == 303
    client.post(CONFIRM, {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_code_runs_out(client, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    sign_up(client, NEW)
    code, real = code_for(NEW), time.time
    monkeypatch.setattr(time, "time", lambda: real() + 15 * 60 + 1)
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_the_owner_of_an_address_can_sign_in_after_a_stranger_began_to_sign_up_with_it(client) -> None:  # type: ignore[no-untyped-def]
    sign_up(Client(), NEW, name="なりすまし")
    sign_up(client, NEW, name="本人")
    assert received(NEW).subject == "アカウントはすでにあります"
    owner = Client()
    owner.post("/accounts/login/", {"login": NEW})
    assert owner.post("/accounts/login/code/confirm/", {"code": code_for(NEW)}).status_code == 303
    assert owner.session["_auth_user_id"] == str(User.objects.get(email=NEW).pk)


def test_the_sixth_mail_for_one_address_within_ten_minutes_is_refused(client) -> None:  # type: ignore[no-untyped-def]
    for _ in range(5):
        assert sign_up(Client(), NEW).status_code == 303
    assert sign_up(client, NEW).status_code == 429
    assert len(messages_to(NEW)) == 5


def test_a_limit_met_at_the_first_mail_leaves_no_account_behind(client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "confirm_email": "1/10m/ip"}
    assert sign_up(Client(), NEW).status_code == 303
    assert sign_up(client, "other@example.test").status_code == 429
    assert not User.objects.filter(email="other@example.test").exists()


def test_signed_in_people_have_no_business_on_the_sign_up_page(client) -> None:  # type: ignore[no-untyped-def]
    sign_up(client, NEW)
    client.post(CONFIRM, {"code": code_for(NEW)})
    assert client.get(SIGNUP).status_code == 302


def test_a_stale_token_shows_the_form_again_with_what_was_typed_and_makes_nothing() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = sign_up(strict, NEW, name="佐久間 里帆")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "佐久間 里帆" in page
    assert NEW in page
    assert "もう一度ボタンを押してください" in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert not User.objects.exists()
