"""What is made once in one run of the tests and copied by modules: the demo's world, and the world of the access table.

`bin/test` has just made a demo when the tests begin, and names it in the environment; else the first module that asks
for one makes it, by the commands.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import database
from .processes import RedisServer

GIVEN, GIVEN_FILES = "TEST_DEMO_DATABASE", "TEST_DEMO_FILES"  # set by bin/test
COMMANDS = ("load_programmes", "load_indicators", "seed_demo")


@dataclass(frozen=True, slots=True)
class Demo:
    """What a world of the demo is copied from."""

    name: str
    files: Path


def number_of_run() -> int:
    """The number of the process that began this run."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def folder_of(run: int) -> Path:
    """Where a run keeps what its processes share."""
    return Path(tempfile.gettempdir()) / f"hiroba-demo-{run}"


def of_run(run: int) -> Demo:
    """The demo of the run whose first process has the number `run`."""
    return Demo(f"{database.base_name()}_p_{run}_demo", folder_of(run) / "files")


def ensure(template: str, redis: RedisServer) -> Demo:
    """The demo of this run; the first process that asks makes it, the others wait for it."""
    if GIVEN in os.environ:
        return Demo(os.environ[GIVEN], Path(os.environ[GIVEN_FILES]))
    demo = of_run(number_of_run())
    with database.made_once(demo.name) as make:
        if make:
            _build(Demo(make, demo.files), template, redis)
    return demo


@dataclass(frozen=True, slots=True)
class Kept:
    """A database of this run with its files, and what `build` said about it (it can be pickled)."""

    name: str
    files: Path
    said: Any


def kept(key: str, template: str, files: Path, build: Callable[[str], Any]) -> Kept:
    """What `build(database)` made of a copy of `template`: the first process that asks makes it, the others wait.

    `files` is where this process stores files; those of the making come to the others as copies.
    """
    folder, name = folder_of(number_of_run()) / key, f"{database.base_name()}_p_{number_of_run()}_{key}"
    with database.made_once(name) as make:
        if make:
            folder.mkdir(parents=True)
            database.copy_template(make, template)
            (folder / "said").write_bytes(pickle.dumps(build(make)))
            shutil.copytree(files, folder / "files")
    shutil.copytree(folder / "files", files, dirs_exist_ok=True)
    return Kept(name, folder / "files", pickle.loads((folder / "said").read_bytes()))


def forget(run: int) -> None:
    """Take away what a run has made."""
    if folder_of(run).exists():
        shutil.rmtree(folder_of(run))
        for key in ("demo", "cases"):
            database.drop(f"{database.base_name()}_p_{run}_{key}")


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
