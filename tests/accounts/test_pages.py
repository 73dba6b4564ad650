"""Every page of accounts is in our layout, valid, in Japanese, and costs what it costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from portal.accounts import sign_in_urls
from portal.accounts.models import User
from portal.kernel import ports
from tests.factories.accounts import UserFactory, appointment, officer
from tests.support.html import assert_html

from .mailbox import messages_to
from .steps import give_app, set_up_app, sign_in, sign_up

pytestmark = pytest.mark.django_db
ENGLISH = (
    "Sign In",
    "Sign Up",
    "Email",
    "Two-Factor",
    "Authenticator",
    "Confirm",
    "Password",
    "recovery code",
)


@pytest.fixture(autouse=True)
def quick(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ENTRANCE_SECONDS = 0


def as_visitor(client: Client) -> None:
    pass


def as_resident(client: Client) -> None:
    client.force_login(UserFactory(name="髙橋 里帆"))


def as_minor(client: Client) -> None:
    client.force_login(UserFactory(age_group="teen"))


def as_protected(client: Client) -> None:
    sign_in(client, UserFactory())
    set_up_app(client)


def as_keeper(client: Client) -> None:
    client.force_login(officer("city_officer", "151009"))


def as_admin(client: Client) -> None:
    client.force_login(officer("system_admin"))


def amid_sign_in(client: Client) -> None:
    client.post("/accounts/login/", {"login": UserFactory().email})


def amid_sign_up(client: Client) -> None:
    sign_up(client, "riho@example.test")


def amid_second_factor(client: Client) -> None:
    user = UserFactory()
    give_app(user)
    sign_in(client, user)


def to_confirm(client: Client) -> None:
    user = UserFactory()
    give_app(user)
    client.force_login(user)


PAGES: list[tuple[str, Callable[[Client], None]]] = [
    ("account_login", as_visitor),
    ("account_request_login_code", as_visitor),
    ("account_signup", as_visitor),
    ("account_inactive", as_visitor),
    ("account_confirm_login_code", amid_sign_in),
    ("account_email_verification_sent", amid_sign_up),
    ("mfa_authenticate", amid_second_factor),
    ("mfa_reauthenticate", to_confirm),
    ("account_logout", as_resident),
    ("account_email", as_resident),
    ("mfa_index", as_resident),
    ("mfa_index", as_protected),
    ("mfa_activate_totp", as_resident),
    ("mfa_deactivate_totp", as_protected),
    ("mfa_view_recovery_codes", as_protected),
    ("mfa_generate_recovery_codes", as_protected),
    ("accounts:me", as_resident),
    ("accounts:me", as_minor),
    ("accounts:me", as_keeper),
    ("accounts:me_name", as_resident),
    ("accounts:me_adult", as_minor),
    ("accounts:me_adult", as_resident),
    ("accounts:me_sessions", as_resident),
    ("accounts:appointment_list", as_keeper),
    ("accounts:appointment_list", as_admin),
    ("accounts:appointment_new", as_keeper),
    ("accounts:appointment_new", as_admin),
]


def shown(client: Client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200, answer.get("Location")
    page = answer.content.decode()
    assert_html(page)
    assert 'lang="ja"' in page
    assert 'id="main"' in page
    main = page[page.index("<main") :]
    assert not any(word in main for word in ENGLISH)
    assert 'style="' not in page
    if name.startswith(("account_", "mfa_")):
        assert "no-store" in answer["Cache-Control"]
    return page


@pytest.mark.parametrize(("name", "standing"), PAGES, ids=[f"{name}-{how.__name__}" for name, how in PAGES])
def test_page_is_ours_and_valid(client, name: str, standing: Callable[[Client], None]) -> None:  # type: ignore[no-untyped-def]
    standing(client)
    page = shown(client, name)
    assert page.count("<h1") == 1


def test_every_page_of_allauth_that_we_serve_is_looked_at() -> None:
    served = {pattern.name for pattern in sign_in_urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert served - {name for name, _ in PAGES} == {"mfa_download_recovery_codes"}


def test_the_recovery_codes_can_be_kept_as_text(client) -> None:  # type: ignore[no-untyped-def]
    as_protected(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    answer = client.get(reverse("mfa_download_recovery_codes"))
    assert answer["Content-Type"].startswith("text/plain")
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert text.startswith("協働ひろば 回復コード")
    assert all(code in text for code in codes)


def test_new_recovery_codes_replace_the_old(client) -> None:  # type: ignore[no-untyped-def]
    as_protected(client)
    before = set(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"])
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 303
    after = set(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"])
    assert len(after) == 10
    assert not before & after


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/accounts/login/", {"login": "riho"}),
        ("/accounts/signup/", {"name": "", "email": "x"}),
    ],
)
def test_a_refused_page_is_valid_too_and_says_so_in_its_title(
    client, path: str, data: dict[str, Any]
) -> None:  # type: ignore[no-untyped-def]
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert_html(answer.content)
    assert "<title>エラー:" in answer.content.decode()


def test_a_page_amid_sign_in_is_left_by_signing_out(client) -> None:  # type: ignore[no-untyped-def]
    amid_sign_in(client)
    assert client.post("/accounts/logout/", {"next": "/accounts/login/"})["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/").status_code == 200


# --- what pages cost ------------------------------------------------------------------------------------------------


def test_sign_in_page_costs_one_query(client, assert_queries) -> None:  # type: ignore[no-untyped-def]
    with assert_queries(1):  # the government whose name it carries
        client.get("/accounts/login/")


@pytest.fixture
def alone(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Without what other apps add: their panels and standings (one query together) are theirs to count."""
    monkeypatch.setattr(ports, "standings", ports.Port("standings"))
    monkeypatch.setattr(ports, "panels", ports.Port("panels"))


@pytest.mark.parametrize("rows", [1, 10])
def test_list_of_appointments_costs_the_same_with_one_and_ten_rows(  # type: ignore[no-untyped-def]
    rows: int, client, assert_queries, alone
) -> None:
    keeper: User = officer("city_officer", "151009")
    for _ in range(rows - 1):
        appointment(UserFactory(), "ward_officer", "151050")
    client.force_login(keeper)
    with assert_queries(6):  # session, user, posts, governments, rows, count
        page = client.get("/staff/accounts/")
    assert page.content.decode().count('data-label="氏名"') == rows


def test_own_page_costs_little(client, assert_queries, alone) -> None:  # type: ignore[no-untyped-def]
    as_resident(client)
    with assert_queries(5):  # session, user, posts, second factor, governments
        client.get("/me/")


def test_nothing_was_mailed_by_looking_at_pages(client) -> None:  # type: ignore[no-untyped-def]
    client.get("/accounts/login/")
    client.get("/accounts/signup/?email=riho@example.test")
    assert not messages_to("riho@example.test")
