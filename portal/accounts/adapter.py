"""Where allauth meets the portal: our mails through the outbox, our words, our addresses, our log."""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.areas.site import authority_of, directory
from portal.kernel import audit, outbox
from portal.kernel.actors import UserActor

from . import actions, middleware
from .models import User
from .scope import Scope

STAFF_HOME = "/staff/"
TOO_MANY = "続けて何度も送られたため、いまは受け付けられません。しばらく待ってから、もう一度お試しください。"
_WRONG_CODE = "コードが違うか、期限が切れています。届いたメールのいちばん新しいコードを確かめてください。"
_NOT_SECRET = frozenset({"email_changed", "totp_activated", "totp_deactivated", "recovery_codes_generated"})


def display_name(user: User) -> str:
    """How allauth names a person."""
    return user.name


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and mail in our way."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "email_taken": _WRONG_CODE,  # said after a right code lost a race for the address: reveals nothing new
        "duplicate_email": "いま使っているメールアドレスと同じです。",
        "invalid_login": "メールアドレスを確かめてください。",
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> User:
        """Make the account from the sign-up form."""
        values = form.cleaned_data
        by = request.actor  # type: ignore[attr-defined]
        return actions.sign_up(
            by=by, email=values["email"], name=values["name"], age_group=values["age_group"]
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of our mails in the outbox; whatever opens an account is sealed until sent."""
        name = template_prefix.rsplit("/", 1)[-1]
        values = {key: context[key] for key in ("code", "from_email", "to_email") if key in context}
        values |= {
            "email": email,
            "base_url": settings.BASE_URL,
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "sign_in_url": f"{settings.BASE_URL}{reverse('account_login')}",
            "sign_up_url": f"{settings.BASE_URL}{reverse('account_signup')}",
            "site_name": (authority_of(self.request) if self.request else directory().default).site_name,
        }
        outbox.queue(
            f"accounts/mail/{name}",
            to=email,
            context=values,
            key=f"{name}:{uuid.uuid4()}",
            secret=name not in _NOT_SECRET,
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Somebody signed up with an address that has an account: tell its owner, and only them."""
        self.send_mail("accounts/mail/account_already_exists", email, {})

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session (its key changes) and note how."""
        methods = [record["method"] for record in get_authentication_records(request, user)]
        super().login(request, user)
        middleware.forget(request)
        audit.record("accounts.user.signed_in", by=UserActor(user), target=user, data={"methods": methods})

    def logout(self, request: HttpRequest) -> None:
        super().logout(request)
        middleware.forget(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to their desk, everybody else to their own page."""
        scope = Scope.of(middleware.actor_of(request))
        return STAFF_HOME if scope.is_staff or scope.withheld else reverse("accounts:me")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:me")

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of the host this request came to."""
        request = current.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only; nobody gets forms as JSON."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "コードが違います。アプリに表示されている、いまの6けたの数字を入力してください。",
        "unverified_email": "先に、メールアドレスの確認を済ませてください。",
        "cannot_generate_recovery_codes": "先に、認証アプリを設定してください。",
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken when the key has changed without a fallback."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"hiroba.second-factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
