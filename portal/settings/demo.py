"""The demo: one machine, plain HTTP on loopback, invented people. Everything else is production."""

from .base import *  # noqa: F403
from .base import ACCOUNT_RATE_LIMITS  # type: ignore[attr-defined]

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MFA_REQUIRED_FOR_APPOINTMENTS = False
# All of a demo's visitors share one connection.
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "event_entry": "5000/10m/ip,100/h/key"}
