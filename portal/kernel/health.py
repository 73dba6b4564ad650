"""/healthz says that the process answers; /readyz that everything it needs does."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from . import clock
from .models import Heartbeat

BEAT_MAX_AGE = timedelta(minutes=2)
_migrated = False


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process serves."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations, Redis and beat are well, else 503; each part by name."""
    parts = {"database": _database(), "migrations": _migrations(), "redis": _redis(), "beat": _beat()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _migrations() -> bool:
    global _migrated
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return False
    return _migrated


def _redis() -> bool:
    try:
        return bool(Redis.from_url(settings.REDIS_URL, socket_timeout=1).ping())
    except (RedisError, OSError):
        return False


def _beat() -> bool:
    try:
        beat = Heartbeat.objects.filter(name="beat").values_list("at", flat=True).first()
    except DatabaseError:
        return False
    return beat is not None and clock.now() - beat < BEAT_MAX_AGE
