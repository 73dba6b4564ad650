"""The second factor: set up with an app, asked at sign-in, and required of everyone with an appointment."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts import second_factor
from portal.accounts.models import User
from portal.kernel.models import AuditEntry
from tests.factories.accounts import UserFactory, officer

from .mailbox import code_for, messages_to
from .steps import ACTIVATE, CODE, REAUTHENTICATE, ask_code, figures, give_app, set_up_app, sign_in

pytestmark = pytest.mark.django_db
DESK = "/staff/accounts/"
AUTHENTICATE = "/accounts/2fa/authenticate/"
CODES = "/accounts/2fa/recovery-codes/"


@pytest.fixture(autouse=True)
def production(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = True


@pytest.fixture
def keeper() -> User:
    return officer("city_officer", "151009")


def test_setting_up_leads_through_the_recovery_codes_to_where_one_was_going(client, keeper) -> None:  # type: ignore[no-untyped-def]
    assert sign_in(client, keeper)["Location"] == "/staff/"
    assert client.get(f"{DESK}?ended=1")["Location"] == ACTIVATE
    set_up_app(client)
    page = client.get(CODES)
    assert page.status_code == 200
    assert page.context["onward"] == f"{DESK}?ended=1"
    assert len(page.context["unused_codes"]) == 10
    assert client.get(DESK).status_code == 200


def test_setting_up_is_recorded_and_told_by_mail(client, keeper, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, keeper)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert AuditEntry.objects.filter(
        event="accounts.user.second_factor_set_up", target_id=str(keeper.pk)
    ).exists()
    assert messages_to(keeper.email)[-1].template == "accounts/mail/totp_activated"


def test_a_wrong_figure_sets_up_nothing(client, keeper) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, keeper)
    client.get(ACTIVATE)
    answer = client.post(ACTIVATE, {"code": "000000"})
    assert answer.status_code == 422
    assert "いまの6けたの数字" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_secret_is_encrypted_at_rest(client, keeper) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, keeper)
    secret = set_up_app(client)
    stored = Authenticator.objects.get(user=keeper, type="totp").data["secret"]
    assert secret not in stored
    seed = Authenticator.objects.get(user=keeper, type="recovery_codes").data["seed"]
    assert len(seed) > 100


def test_the_secret_survives_a_change_of_the_secret_key(client, keeper, settings) -> None:  # type: ignore[no-untyped-def]
    secret = give_app(keeper)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-installation-0123456789abcdef0123456789"
    sign_in(client, keeper)
    assert client.post(AUTHENTICATE, {"code": figures(secret)}).status_code == 303


def test_sign_in_asks_for_the_app_after_the_mailed_code(client, keeper) -> None:  # type: ignore[no-untyped-def]
    secret = give_app(keeper)
    assert sign_in(client, keeper)["Location"] == AUTHENTICATE
    assert "_auth_user_id" not in client.session
    assert client.get(DESK).status_code == 302
    assert client.post(AUTHENTICATE, {"code": "000000"}).status_code == 422
    answer = client.post(AUTHENTICATE, {"code": figures(secret)})
    assert (answer.status_code, answer["Location"]) == (303, "/staff/")
    assert client.get(DESK).status_code == 200
    entry = AuditEntry.objects.filter(event="accounts.user.signed_in").latest("id")
    assert entry.data == {"methods": ["code", "mfa"]}


def test_the_same_figures_do_not_serve_twice(keeper) -> None:  # type: ignore[no-untyped-def]
    secret = give_app(keeper)
    code = figures(secret)
    first, second = Client(), Client()
    sign_in(first, keeper)
    sign_in(second, keeper)
    assert first.post(AUTHENTICATE, {"code": code}).status_code == 303
    assert second.post(AUTHENTICATE, {"code": code}).status_code == 422


def test_a_telephone_half_a_minute_late_still_gets_in(client, keeper) -> None:  # type: ignore[no-untyped-def]
    secret = give_app(keeper)
    sign_in(client, keeper)
    assert client.post(AUTHENTICATE, {"code": figures(secret, step=-1)}).status_code == 303


def test_a_recovery_code_serves_once(keeper) -> None:  # type: ignore[no-untyped-def]
    owner = Client()
    sign_in(owner, keeper)
    set_up_app(owner)
    code = owner.get(CODES).context["unused_codes"][0]
    first, second = Client(), Client()
    sign_in(first, keeper)
    assert first.post(AUTHENTICATE, {"code": code})["Location"] == "/staff/"
    assert first.get(DESK).status_code == 200
    sign_in(second, keeper)
    assert second.post(AUTHENTICATE, {"code": code}).status_code == 422


def test_guessing_figures_meets_the_limit(client, keeper) -> None:  # type: ignore[no-untyped-def]
    secret = give_app(keeper)
    sign_in(client, keeper)
    for _ in range(5):
        assert client.post(AUTHENTICATE, {"code": "000000"}).status_code == 422
    assert client.post(AUTHENTICATE, {"code": figures(secret)}).status_code == 429


@pytest.mark.parametrize("sent", [{}, {"credential": "{"}, {"code": ""}, {"code": "１２３"}])
def test_whatever_is_sent_instead_of_figures_is_refused(client, keeper, sent) -> None:  # type: ignore[no-untyped-def]
    give_app(keeper)
    sign_in(client, keeper)
    assert client.post(AUTHENTICATE, sent).status_code == 422


def test_without_the_app_nothing_of_the_appointment_counts(client, keeper) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, keeper)
    for path in (DESK, f"{DESK}new/", "/admin/login/"):
        answer = client.get(path)
        if path == "/admin/login/":
            assert answer.status_code == 404  # a city officer has no business there, second factor or not
        else:
            assert (answer.status_code, answer["Location"]) == (302, ACTIVATE)
    assert client.get("/me/").status_code == 200


def test_a_session_from_before_is_asked_to_confirm_and_comes_back(client, keeper) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, keeper)
    secret = give_app(keeper)
    assert client.get(DESK)["Location"] == f"{REAUTHENTICATE}?next=%2Fstaff%2Faccounts%2F"
    answer = client.post(REAUTHENTICATE, {"code": figures(secret), "next": DESK})
    assert (answer.status_code, answer["Location"]) == (303, DESK)
    assert client.get(DESK).status_code == 200


def test_after_a_working_day_the_app_is_asked_again(client, keeper, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    secret = give_app(keeper)
    sign_in(client, keeper)
    client.post(AUTHENTICATE, {"code": figures(secret)})
    assert client.get(DESK).status_code == 200
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + second_factor.KEEP_SECONDS + 1)
    assert client.get(DESK)["Location"].startswith(REAUTHENTICATE)


def test_a_person_without_appointment_needs_no_app_and_finds_no_desk(client) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, UserFactory())
    assert client.get("/me/").status_code == 200
    assert client.get(DESK).status_code == 404


def test_another_appointment_finds_404_and_not_the_way_to_an_app(client) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, officer("ward_officer", "151050"))
    assert client.get(DESK).status_code == 404


def test_in_office_taking_the_app_off_closes_the_desk_until_a_new_one_is_set_up(client, keeper) -> None:  # type: ignore[no-untyped-def]
    sign_in(client, keeper)
    set_up_app(client)
    assert client.get(DESK).status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 303
    assert not second_factor.is_set_up(keeper.pk)
    assert client.get(DESK)["Location"] == ACTIVATE
    assert AuditEntry.objects.filter(
        event="accounts.user.second_factor_removed", target_id=str(keeper.pk)
    ).exists()
    set_up_app(client)
    assert client.get(DESK).status_code == 200


def test_a_resident_may_take_it_off_after_confirming(client, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    user = UserFactory()
    secret = give_app(user)
    ask_code(client, user.email)
    client.post(CODE, {"code": code_for(user.email)})
    client.post(AUTHENTICATE, {"code": figures(secret)})
    asked = client.get("/accounts/2fa/totp/deactivate/")
    assert asked["Location"].startswith(REAUTHENTICATE)
    client.post(REAUTHENTICATE, {"code": figures(secret, step=1), "next": "/accounts/2fa/"})
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/2fa/totp/deactivate/").status_code == 303
    assert not Authenticator.objects.filter(user=user).exists()
    assert messages_to(user.email)[-1].template == "accounts/mail/totp_deactivated"


def test_in_the_demo_no_app_is_asked(client, keeper, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_REQUIRED_FOR_APPOINTMENTS = False
    sign_in(client, keeper)
    assert client.get(DESK).status_code == 200
