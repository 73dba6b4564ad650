"""The demo's world of one run of the tests: seeded once, by the commands; modules copy its database and its files."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from . import database
from .processes import RedisServer

COMMANDS = ("load_programmes", "load_indicators", "seed_demo")


@dataclass(frozen=True, slots=True)
class Demo:
    """What a world of the demo is copied from."""

    name: str
    files: Path


def of_run(run: int) -> Demo:
    """The demo of the run whose first process has the number `run`."""
    folder = Path(tempfile.gettempdir()) / f"hiroba-demo-{run}"
    return Demo(f"{database.base_name()}_p_{run}_demo", folder / "files")


def ensure(template: str, redis: RedisServer) -> Demo:
    """The demo of this run; the first process that asks makes it, the others wait for it."""
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    demo = of_run(run)
    with database.owner_connection() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [demo.name])
        if not database.exists(connection, demo.name):
            _build(Demo(f"{demo.name}_new", demo.files), template, redis)
            renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(renamed.format(*map(sql.Identifier, (f"{demo.name}_new", demo.name))))
    return demo


def forget(run: int) -> None:
    """Take the demo of a run away, if it was made."""
    demo = of_run(run)
    if demo.files.parent.exists():
        shutil.rmtree(demo.files.parent)
        database.drop(demo.name)


def _build(demo: Demo, template: str, redis: RedisServer) -> None:
    shutil.rmtree(demo.files, ignore_errors=True)
    demo.files.mkdir(parents=True)
    database.copy_template(demo.name, template)
    redis.start()  # else every job waits in vain for somebody to be woken
    environment = os.environ | database.environment_for(demo.name)
    environment |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DEMO": "1",
        "MEDIA_ROOT": str(demo.files),
        "REDIS_URL": redis.url,
    }
    try:
        for command in COMMANDS:
            run = [sys.executable, "manage.py", command, "--skip-checks", "-v0"]
            done = subprocess.run(run, cwd=database.ROOT, env=environment, text=True, capture_output=True)
            if done.returncode:
                raise RuntimeError(f"{command} failed for the demo:\n{done.stdout}{done.stderr}")
    finally:
        redis.stop()
