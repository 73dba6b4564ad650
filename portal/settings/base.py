"""Settings of production. Everything that differs between installations comes from the environment (12-factor).

`demo.py` and `test.py` only override. A required variable that is missing stops the start with one clear line.
"""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env, EnvError

from . import mail

ROOT = Path(__file__).resolve().parent.parent.parent
env = Env()


def required(reader, name):  # type: ignore[no-untyped-def]
    """Read a required variable, or leave with one line that names it."""
    try:
        return reader(name)
    except (EnvError, ValueError) as problem:
        sys.exit(f"{name} が設定されていません、または正しくありません: {problem}")


def optional(reader, name, default):  # type: ignore[no-untyped-def]
    """Read a variable that may be missing or empty; a wrong value leaves with one line that names it."""
    return required(reader, name) if env.str(name, "") else default


# --- process -------------------------------------------------------------------------------------------------------
# web | worker (worker and beat) | owner (migrations, past any pooler)
PROCESS = optional(env.str, "PROCESS", "web")
DEMO = optional(env.bool, "DEMO", False)
DEBUG = False
SECRET_KEY = required(env.str, "SECRET_KEY")
SECRET_KEY_FALLBACKS = optional(env.list, "SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = required(env.list, "ALLOWED_HOSTS")
BASE_URL = required(env.str, "BASE_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
WSGI_APPLICATION = "portal.wsgi.application"
ROOT_URLCONF = "portal.urls"
APPEND_SLASH = True

INSTALLED_APPS = [
    "portal.kernel",
    "portal.areas",
    "portal.accounts",
    "portal.documents",
    "communities",
    "grants",
    "portal.indicators",
    "portal.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules",
    "pghistory",
    "pgtrigger",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "django_structlog",
    "portal.accounts.adminsite.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

COUNTER_OPENS_HOURS = optional(
    env.int, "COUNTER_OPENS_HOURS", 3
)  # the door of an event opens so long before it
GRANTS_REMINDER_DAYS = [
    int(days) for days in optional(env.list, "GRANTS_REMINDER_DAYS", ["30", "14", "7", "1"])
]  # so long before a deadline of the grants the side that must act is reminded
GRANTS_OVERDUE_DAYS = [
    int(days) for days in optional(env.list, "GRANTS_OVERDUE_DAYS", ["1", "7"])
]  # and so long after it, while it can still be done

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.kernel.middleware.GuardInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.kernel.logs.RouteRequestMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.accounts.middleware.ActorMiddleware",
    "portal.kernel.middleware.RefusalPages",
]

# --- database ------------------------------------------------------------------------------------------------------
_variable = {"web": "DATABASE_URL", "worker": "WORKER_DATABASE_URL", "owner": "OWNER_DATABASE_URL"}[PROCESS]
DATABASES = {"default": required(env.dj_db_url, _variable)}
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "DISABLE_SERVER_SIDE_CURSORS": True,  # transaction pooling: exports page by key instead
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {"prepare_threshold": None}
if PROCESS == "web":
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": optional(env.int, "DATABASE_POOL_MIN", 1),
        "max_size": optional(env.int, "DATABASE_POOL_MAX", 8),
        "timeout": 10,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- redis, celery -------------------------------------------------------------------------------------------------
REDIS_URL = required(env.str, "REDIS_URL")
CACHES = {"default": {"BACKEND": "portal.kernel.cache.TolerantRedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "visibility_timeout": 3600,
    # One attempt to publish: the job is a row already, and beat wakes what waits.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TIMEZONE = "Asia/Tokyo"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_NAME = "hiroba_session"

# --- people --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
from .accounts import *  # noqa: E402, F403

# --- words and times -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

# --- templates, static ---------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        ),
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.areas.context_processors.authority",
                "portal.site.context_processors.demo",
            ],
            "builtins": [
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "portal.kernel.templatetags.ui",
                "portal.kernel.templatetags.fmt",
            ],
        },
    }
]
FORM_RENDERER = "portal.kernel.renderer.Renderer"
STATIC_URL = "static/"
STATIC_ROOT = optional(env.path, "STATIC_ROOT", ROOT / "staticfiles")
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": optional(env.str, "MEDIA_ROOT", str(ROOT / ".local" / "files")),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "portal.kernel.static.StaticFiles"},
}
if optional(env.str, "STORAGE_URL", ""):
    from .storage import from_url

    STORAGES["default"] = from_url(env.str("STORAGE_URL"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- mail (through the outbox only) --------------------------------------------------------------------------------
globals().update(required(lambda name: mail.from_url(env.str(name)), "EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = optional(env.str, "DEFAULT_FROM_EMAIL", "kyodo-hiroba@localhost")

# --- safety --------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = optional(env.bool, "SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.kernel.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []
CLOCK_FILE: Path | None = None  # test settings only: a file that all processes read the time from

from .logs import *  # noqa: E402, F403
