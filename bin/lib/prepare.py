"""From a bare checkout to running servers: packages, Python, PostgreSQL, Redis, and the environment of the product."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import packages, postgres, redis, venv
from .console import Stop
from .folders import Layout, erase
from .supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]
NOT_TAKEN = {
    "PROCESS",
    "PYTHONDONTWRITEBYTECODE",
}  # from the person's environment: each start would compile anew


@dataclass(slots=True)
class Ground:
    """What stands when everything is prepared: the environment of all processes, and who watches the servers."""

    layout: Layout
    python: Path
    supervisor: Supervisor
    environment: dict[str, str]
    private_database: bool
    command: str
    started: dict[str, str] = field(default_factory=dict)


@contextmanager
def ground(purpose: str, *, reset: bool = False) -> Iterator[Ground]:
    """Prepare everything for `purpose` (demo, test, bench); stop all servers afterwards. Raises Stop with what to do."""
    layout, command = Layout(ROOT, purpose), f"bin/{purpose}"
    if reset and os.environ.get("DATABASE_URL"):
        raise Stop("DATABASE_URL が指すデータベースは、この命令では消しません。自分で作り直してください。")
    with locked(layout, command):
        if reset:
            erase(layout)
        layout.make()
        lacking = packages.missing(purpose, os.environ)
        packages.install(lacking, command=command, log=layout.log / "apt-install.log")
        python = venv.ensure(ROOT, layout.log, development=purpose != "demo")
        with Supervisor() as supervisor:
            environment = base_environment(layout, python)
            private = not os.environ.get("DATABASE_URL")
            if private:
                cluster = postgres.plan(layout, command=command)
                postgres.start(cluster, layout, supervisor)
                environment |= cluster.environment()
            else:
                for name in ("WORKER_DATABASE_URL", "OWNER_DATABASE_URL"):
                    environment.setdefault(name, environment["DATABASE_URL"])
            if not os.environ.get("REDIS_URL"):
                environment["REDIS_URL"] = redis.start(layout, supervisor, environment)
            yield Ground(layout, python, supervisor, environment, private, command)


@contextmanager
def locked(layout: Layout, command: str) -> Iterator[None]:
    """Only one command of a purpose runs in a checkout: two would share a data folder. Raises Stop for the second."""
    try:
        layout.local.mkdir(exist_ok=True)
        lock = (layout.local / f"{layout.purpose}.lock").open("w")
    except OSError as problem:
        raise Stop(
            f"{layout.local} に書き込めません（{problem.strerror}）。書き込める場所に複製してください。"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Stop(f"この複製では {command} がもう動いています。") from None
        yield


def secret_key(layout: Layout) -> str:
    """SECRET_KEY of this checkout: made once, readable for its user only."""
    path = layout.local / "secret"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def base_environment(layout: Layout, python: Path) -> dict[str, str]:
    """The person's environment, completed: what is set (and not empty) already wins."""
    mail, files = layout.home / "mail", layout.home / "files"
    for folder in (mail, files):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
    defaults = {
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(layout),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": "http://127.0.0.1:8000",
        "EMAIL_URL": f"file://{mail}",
        "MEDIA_ROOT": str(files),
        "STATIC_ROOT": str(layout.home / "static"),
    }
    forced = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DEMO": "1",
        "PYTHONUNBUFFERED": "1",
        "PATH": f"{python.parent}:{os.environ.get('PATH', '/usr/bin:/bin')}",
    }
    given = {name: value for name, value in os.environ.items() if name not in NOT_TAKEN and value}
    return defaults | given | forced


def digest_of(*patterns: str) -> str:
    """Changes when a file that matches changes, appears or goes: by content, so that a new clone gets the same."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
