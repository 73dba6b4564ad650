"""A world: a committed database with its own Redis, files, mails and clock, shared by the tests of one module.

Ordinary tests roll back; tests with threads, a worker or a browser cannot. They live in a world, never flush it, and
keep apart by making fresh areas and people.
"""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connections
from django.test import override_settings

from . import database
from .processes import RedisServer, Server, Worker

_numbers = itertools.count(1)


def point_at(name: str) -> None:
    """Let this process's connections lead to database `name`."""
    for connection in connections.all(initialized_only=True):
        connection.close()
    settings = connections.settings["default"]
    settings["NAME"] = name
    settings.get("OPTIONS", {}).pop(
        "pool", None
    )  # threads of a test must not share a pool with the next database


@dataclass(frozen=True, slots=True)
class ClockFile:
    """The time of all processes of the tests (`settings.CLOCK_FILE`). `real()` lets it run again."""

    path: Path

    def set(self, moment: datetime | date | str) -> None:
        """Stop the clock at an aware instant, or at noon of a day in Japan; strings are ISO 8601."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(12), tzinfo=ZoneInfo("Asia/Tokyo"))
        assert moment.tzinfo is not None, "an instant without a time zone"
        fresh = self.path.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.replace(self.path)

    def real(self) -> None:
        self.path.unlink(missing_ok=True)


@dataclass(slots=True)
class World:
    """What the processes of one module share."""

    name: str
    folder: Path
    redis: RedisServer
    clock: ClockFile

    @property
    def env(self) -> dict[str, str]:
        """The environment that puts another process into this world."""
        mails = self.folder / "mails"
        return database.environment_for(self.name) | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "REDIS_URL": self.redis.url,
            "CLOCK_FILE": str(self.clock.path),
            "MEDIA_ROOT": str(self.folder / "files"),
            "EMAIL_URL": f"file://{mails}",
            "DEMO": "1",
            "TEST_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        }

    def mails(self, to: str = "") -> list[EmailMessage]:
        """Mails that the processes of this world have sent (optionally only those to one address), oldest first."""
        found = []
        for path in sorted((self.folder / "mails").glob("*.log"), key=lambda path: path.stat().st_mtime_ns):
            for raw in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                if raw.strip():
                    found.append(message_from_bytes(raw.lstrip(), policy=policy.default))
        return [mail for mail in found if not to or to in str(mail["To"])]

    def worker(self, name: str = "", **env: str) -> Worker:
        """A Celery worker of this world, not yet started."""
        return Worker(self.folder, self.env | env, name=name or f"worker{next(_numbers)}")

    def server(self, *, workers: int = 1, **env: str) -> Server:
        """The portal of this world under gunicorn, not yet started."""
        return Server(self.folder, self.env | env, workers=workers)


@contextmanager
def make_world(
    *, template: str, home: str, folder: Path, redis: RedisServer, clock: ClockFile, files: Path | None = None
) -> Iterator[World]:
    """Give this process a world, a copy of database `template` and of `files`.

    Afterwards lead it back to database `home` and take the world down.
    """
    world = World(f"{database.base_name()}_p_{os.getpid()}_w{next(_numbers)}", folder, redis, clock)
    (folder / "mails").mkdir(parents=True)
    if files:
        shutil.copytree(files, folder / "files")
    else:
        (folder / "files").mkdir()
    database.copy_template(world.name, template)
    redis.start()
    point_at(world.name)
    caches = {"default": {"BACKEND": "portal.kernel.cache.TolerantRedisCache", "LOCATION": redis.url}}
    try:
        with override_settings(CACHES=caches, EMAIL_FILE_PATH=str(folder / "mails")):
            yield world
    finally:
        connections.close_all()
        point_at(home)
        redis.stop()
        clock.real()
        database.drop(world.name)
