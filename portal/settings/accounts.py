"""Sign-in: mailed codes, no passwords; a second factor for everyone who holds an appointment.

A code has 8 figures and lives for 15 minutes and 5 tries; one address gets 5 codes in 10 minutes. Trying all day long
against one address meets a code once in about 70 years.
"""

from environs import Env

_env = Env()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
MFA_REQUIRED_FOR_APPOINTMENTS = True
ENTRANCE_SECONDS = 0.4  # sign-in and sign-up answer no sooner, whether the address is known or not

ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "portal.accounts.adapter.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_REAUTHENTICATION_REQUIRED = True

_CODE = {"numeric": True, "length": 8, "dashed": True}
_CODE_SECONDS, _CODE_TRIES = 15 * 60, 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = _CODE
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = _CODE_TRIES
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = _CODE
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = _CODE_TRIES

ACCOUNT_FORMS = {
    "login": "portal.accounts.sign_in_forms.SignInForm",
    "signup": "portal.accounts.sign_in_forms.SignUpForm",
    "add_email": "portal.accounts.sign_in_forms.ChangeEmailForm",
    "confirm_login_code": "portal.accounts.sign_in_forms.SignInCodeForm",
    "confirm_email_verification_code": "portal.accounts.sign_in_forms.EmailCodeForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "signup": "20/m/ip",
    "request_login_code": "20/m/ip,5/10m/key",
    "confirm_email": "20/m/ip,5/10m/key",
    "login_failed": "10/m/ip,5/5m/key",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    # Ours: entries to events need no account. A script must not take all seats, nor fill a stranger's mailbox.
    "event_entry": "60/10m/ip,10/h/key",
    "report": "20/h/ip",  # reports of visitors and of people alike
}
ALLAUTH_TRUSTED_PROXY_COUNT = _env.int("TRUSTED_PROXIES", 0)  # how many proxies of ours stand in front

MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "協働ひろば"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds: clocks of telephones run apart
MFA_FORMS = {
    "authenticate": "portal.accounts.sign_in_forms.SecondFactorForm",
    "reauthenticate": "portal.accounts.sign_in_forms.ConfirmSecondFactorForm",
    "activate_totp": "portal.accounts.sign_in_forms.SetUpSecondFactorForm",
}
