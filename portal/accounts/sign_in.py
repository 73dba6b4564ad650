"""allauth's pages in our house: each in one transaction, with our status codes, and telling nobody who has an account.

The pages of sign-in and sign-up take at least `settings.ENTRANCE_SECONDS`, so the time of an answer says nothing either.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portal.kernel import audit
from portal.kernel.actors import UserActor
from portal.kernel.forms import STALE_CSRF

from . import middleware, second_factor
from .adapter import TOO_MANY

View = Callable[..., HttpResponse]


class SecondFactorView(mfa.AuthenticateView):
    """The second step of a sign-in: one form for the app and the recovery codes, whatever is sent."""

    def _build_forms(self) -> Any:
        sent = self.request.POST if self.request.method == "POST" else None
        self.auth_form, self.webauthn_form = (
            self.get_form_class()(user=self.stage.login.user, data=sent),
            None,
        )
        return self.auth_form


class SetUpSecondFactorView(totp.ActivateTOTPView):
    """Setting up an app proves it: the session counts as confirmed, and the codes for emergencies come next."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = self.request.user
        app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        record_authentication(self.request, user, "mfa", id=app.pk, type=app.type, reauthenticated=True)
        middleware.forget(self.request)
        audit.record("accounts.user.second_factor_set_up", by=UserActor(user), target=user)
        return response


class TakeOffSecondFactorView(totp.DeactivateTOTPView):
    """Taking the app off, to change the telephone: from now on appointments wait until a new one is set up."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.withdraw(self.request)
        middleware.forget(self.request)
        audit.record(
            "accounts.user.second_factor_removed", by=UserActor(self.request.user), target=self.request.user
        )
        return response


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The codes for emergencies, and the way on to where the person was going."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        onward = self.request.session.pop(second_factor.AFTER_SET_UP, "") or reverse("accounts:me")
        return {**super().get_context_data(**kwargs), "onward": onward}


class ConfirmEmailCodeView(account.ConfirmEmailVerificationCodeView):
    """Confirming a new address is noted; confirming the first one is part of signing up."""

    def _verify_form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        response: HttpResponse = super()._verify_form_valid(form)
        if user.is_authenticated:
            audit.record("accounts.user.email_changed", by=UserActor(user), target=user)
        return response


def page(view: View, *, entrance: bool = False) -> View:
    """One of allauth's views: in one transaction, 422 for values that do not fit, 429 for too many tries, 303 when done.

    Two people signing up with one address at once: the later one is carried out again and sees the account of the
    first. A stale CSRF token shows the page again, filled, with 403; nothing is carried out.
    """

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        started = time.monotonic()
        if getattr(request, "csrf_failed", False):
            return _shown_again(request, view, *args, **kwargs)
        request.actor  # type: ignore[attr-defined]  # noqa: B018 - a visitor's session begins outside what may be undone
        try:
            response = _in_one_transaction(request, view, *args, **kwargs)
        except IntegrityError:
            response = _in_one_transaction(request, view, *args, **kwargs)
        if entrance and request.method == "POST":
            time.sleep(max(0.0, settings.ENTRANCE_SECONDS - (time.monotonic() - started)))
        return response

    inner.keeps_form = True  # type: ignore[attr-defined]
    return inner


def _in_one_transaction(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    with transaction.atomic():
        response = _answered(request, view(request, *args, **kwargs))
        if response.status_code == 429:
            transaction.set_rollback(True)  # what was refused halfway leaves nothing behind
        return response


def _answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if hasattr(response, "render"):
        response.render()
    form = (getattr(response, "context_data", None) or {}).get("form")
    if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
        # By its words: on the way from one form of allauth to another the code of a problem gets lost.
        words = {word for problems in form.errors.values() for word in problems}
        response.status_code = 429 if TOO_MANY in words else 422
    elif request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    return response


def _shown_again(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    request.POST  # noqa: B018 - read what was sent while it still is a POST; the forms keep it
    request.method = "GET"
    messages.error(request, STALE_CSRF)
    response = view(request, *args, **kwargs)
    if hasattr(response, "render"):
        response.render()
    return response


second_factor_code = SecondFactorView.as_view()
confirm_email_code = ConfirmEmailCodeView.as_view()
set_up_second_factor = SetUpSecondFactorView.as_view()
take_off_second_factor = TakeOffSecondFactorView.as_view()
recovery_codes = RecoveryCodesView.as_view()
