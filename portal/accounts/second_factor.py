"""The second factor of people who hold an appointment: asked before any of it counts, and again after a working day."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

KEEP_SECONDS = 20 * 60 * 60  # people may need most of a day for one form; the next day asks again
AFTER_SET_UP = "second_factor_next"  # session key: where to go on after setting it up


def is_given(request: HttpRequest) -> bool:
    """Whether this session was opened or confirmed with an authenticator app or a recovery code, not too long ago."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    since = time.time() - KEEP_SECONDS
    return any(record.get("method") == "mfa" and record.get("at", 0) > since for record in records)


def withdraw(request: HttpRequest) -> None:
    """The authenticator is gone: what this session showed of it counts no more."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        one for one in records if one.get("method") != "mfa"
    ]


def is_set_up(user_id: object) -> bool:
    """Whether the person has an authenticator app. One query."""
    return Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists()


def address(request: HttpRequest) -> str:
    """Where to send a person whose appointments wait for the second factor; they come back to where they were going."""
    going = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("accounts:me")
    if is_set_up(request.user.pk):
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': going})}"
    request.session[AFTER_SET_UP] = going
    return reverse("mfa_activate_totp")
