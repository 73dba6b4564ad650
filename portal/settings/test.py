"""Tests: production, with fast hashing of nothing and the clock under the tests' control."""

from .base import *  # noqa: F403
from .base import ACCOUNT_RATE_LIMITS, STORAGES, env  # type: ignore[attr-defined]

DEMO = env.bool("DEMO", True)
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MFA_REQUIRED_FOR_APPOINTMENTS = False
CLOCK_FILE = env.path("CLOCK_FILE", None)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = env.str("TEST_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# A crowd that registers at once comes from one machine in a test.
ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS | {
    "event_entry": env.str("EVENT_ENTRY_RATE", ACCOUNT_RATE_LIMITS["event_entry"])
}
