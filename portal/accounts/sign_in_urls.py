"""Exactly the addresses of allauth that the portal uses, under /accounts/. Everything else of it answers 404.

No passwords (change, set, reset), no confirmation links, no social accounts, no security keys yet.
"""

from allauth.account import views as account
from allauth.account.internal.decorators import login_not_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from django.urls import path

from . import sign_in
from .sign_in import page

urlpatterns = [
    path("login/", page(account.login, entrance=True), name="account_login"),
    path("login/code/", page(account.login, entrance=True), name="account_request_login_code"),
    path("login/code/confirm/", page(account.confirm_login_code), name="account_confirm_login_code"),
    path("signup/", page(account.signup, entrance=True), name="account_signup"),
    path(
        "confirm-email/",
        page(login_not_required(sign_in.confirm_email_code)),
        name="account_email_verification_sent",
    ),
    path("logout/", page(account.logout), name="account_logout"),
    path("inactive/", page(account.account_inactive), name="account_inactive"),
    path("email/", page(account.email), name="account_email"),
    path("2fa/", page(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", page(sign_in.second_factor_code), name="mfa_authenticate"),
    path("2fa/reauthenticate/", page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", page(sign_in.set_up_second_factor), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", page(sign_in.take_off_second_factor), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", page(sign_in.recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        page(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        page(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
