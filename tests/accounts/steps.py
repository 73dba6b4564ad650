"""Steps through the sign-in pages, as a browser would post them."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User

from .mailbox import code_for

LOGIN, SIGNUP = "/accounts/login/", "/accounts/signup/"
CODE, CONFIRM = "/accounts/login/code/confirm/", "/accounts/confirm-email/"
ACTIVATE, REAUTHENTICATE = "/accounts/2fa/totp/activate/", "/accounts/2fa/reauthenticate/"


def ask_code(client: Client, address: str, **extra: Any) -> Any:
    """Post the address on the sign-in page."""
    return client.post(LOGIN, {"login": address, **extra})


def sign_in(client: Client, user: User, **extra: Any) -> Any:
    """The whole way with a mailed code; gives the answer to the code."""
    ask_code(client, user.email)
    return client.post(CODE, {"code": code_for(user.email), **extra})


def sign_up(client: Client, address: str, **changed: Any) -> Any:
    """Post the sign-up form."""
    values = {"email": address, "name": "佐久間 里帆", "age_group": "adult", "consent": "on", **changed}
    return client.post(SIGNUP, {key: value for key, value in values.items() if value is not None})


def figures(secret: str, *, step: int = 0) -> str:
    """What an authenticator app shows now, or `step` steps of 30 seconds from now."""
    counter = int(time.time()) // settings_period() + step
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def settings_period() -> int:
    return getattr(settings, "MFA_TOTP_PERIOD", 30)


def set_up_app(client: Client) -> str:
    """Set up an authenticator app for the signed-in person; gives its secret."""
    page = client.get(ACTIVATE)
    secret: str = page.context["form"].secret
    answer = client.post(ACTIVATE, {"code": figures(secret)})
    assert answer.status_code == 303, answer.content.decode()
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def give_app(user: User) -> str:
    """An app for a person without going through the pages; gives its secret."""
    from allauth.mfa.utils import encrypt

    secret = totp.generate_totp_secret()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    return secret
