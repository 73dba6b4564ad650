"""Databases to measure in: the same demo, with a thousand and with a hundred thousand communities beside it.

They are kept between runs and made anew when the migrations or the seeding change, or after a week (dates go stale).
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
ROLES = ("DATABASE_URL", "WORKER_DATABASE_URL", "OWNER_DATABASE_URL")
MADE_OF = (
    "*/migrations/*.py",
    "portal/*/migrations/*.py",
    "portal/site/demo/*.py",
    "portal/areas/data/*",
    "grants/data/*",
    "requirements.txt",
)
EVENTS_MADE_OF = (*MADE_OF, "bench/event_rows.py")
FILES_MADE_OF = (*EVENTS_MADE_OF, "bench/file_rows.py")
SEARCH_MADE_OF = ("portal/kernel/migrations/*.py", "portal/kernel/search*.py", "bench/search_rows.py")
KEPT = timedelta(days=7)
COMMANDS = (["migrate"], ["load_areas"], ["load_programmes"], ["load_indicators"], ["seed_demo"])


@dataclass(frozen=True, slots=True)
class Database:
    """One database and the environment that leads a process to it."""

    size: int
    name: str
    environment: dict[str, str] = field(hash=False)


def prepare(size: int, *, fresh: bool = False) -> Database:
    """A database with the demo and `size` measuring communities. Takes minutes the first time."""
    database, digest = _named(str(size), size), _digest(MADE_OF)
    if fresh or not _is_current(database.name, digest):
        _create(database.name)
        for command in (*COMMANDS, ["seed_scale", "--communities", str(size)]):
            run(database, command)
        _finish(database.name, digest)
    return database


def prepare_events(total: int, base: Database, *, fresh: bool = False) -> Database:
    """A copy of `base` with `total` measuring events, half of them over. Nobody may be connected to `base`."""
    return _multiplied("events", total, base, EVENTS_MADE_OF, f"催し{total:,}件", fresh=fresh)


def prepare_files(total: int, base: Database, *, fresh: bool = False) -> Database:
    """A copy of `base` with `total` measuring files of grants. Nobody may be connected to `base`."""
    return _multiplied("files", total, base, FILES_MADE_OF, f"申請{total:,}件", fresh=fresh)


def used_up(what: str, base: Database) -> Database:
    """A fresh copy of `base` for one run. Nobody may be connected to `base`."""
    database = _named(what, base.size)
    _create(database.name, like=base.name)
    return database


def prepare_search(*, fresh: bool = False) -> Database:
    """A database with nothing but the table of search at its full size. Takes minutes the first time."""
    database, digest = _named("search", 0), _digest(SEARCH_MADE_OF)
    if fresh or not _is_current(database.name, digest):
        _create(database.name)
        run(database, ["migrate"])
        print(f"  {database.name}: 検索の見出し130万件", file=sys.stderr, flush=True)
        environment = database.environment | {"PROCESS": "owner"}
        subprocess.run([sys.executable, "-m", "bench.search_rows"], cwd=ROOT, env=environment, check=True)
        _finish(database.name, digest)
    return database


def _multiplied(
    what: str, total: int, base: Database, made_of: Sequence[str], said: str, *, fresh: bool
) -> Database:
    """A copy of `base` in which `python -m bench.<one of what>_rows` has written `total` rows."""
    database, digest = _named(f"{what}_{total}", base.size), _digest(made_of)
    if fresh or not _is_current(database.name, digest):
        _create(database.name, like=base.name)
        print(f"  {database.name}: {said}", file=sys.stderr, flush=True)
        environment = database.environment | {"PROCESS": "owner"}
        command = [sys.executable, "-m", f"bench.{what.removesuffix('s')}_rows", str(total)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        _finish(database.name, digest)
    return database


def _named(end: str, size: int) -> Database:
    base = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
    name = f"{base}_bench_{end}"
    return Database(size, name, os.environ | {role: _url(role, name) for role in ROLES})


def _finish(name: str, digest: str) -> None:
    """Statistics and visibility as a running server has them, and the mark of what the database was made of."""
    mark = f"{digest} {datetime.now(UTC).date()}"
    with psycopg.connect(_url("OWNER_DATABASE_URL", name), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), mark))


def run(database: Database, command: list[str]) -> None:
    """One management command in `database`, said in one line."""
    print(f"  {database.name}: {' '.join(command)}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "manage.py", *command, "-v0"],
        cwd=ROOT,
        env=database.environment | {"PROCESS": "owner" if command == ["migrate"] else "worker"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} が失敗しました。\n{done.stdout}{done.stderr}")


def _url(role: str, name: str) -> str:
    return urlsplit(os.environ[role])._replace(path=f"/{name}").geturl()


def _digest(made_of: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in made_of for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _is_current(name: str, made_of: str) -> bool:
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    digest, _, day = (row[0] or "").partition(" ") if row else ("", "", "")
    return digest == made_of and datetime.now(UTC).date() - datetime.fromisoformat(day).date() <= KEPT


def _create(name: str, *, like: str = "") -> None:
    """An empty database with the product's extensions and rights, or a copy of another one."""
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as connection:
        _drop(connection, name)
        made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(like)) if like else sql.SQL("")
        connection.execute(made + copied)
    if like:
        return
    with psycopg.connect(_url("OWNER_DATABASE_URL", name), autocommit=True) as connection:
        connection.execute((ROOT / "deploy" / "postgres" / "database.sql").read_text().encode())


def _drop(connection: psycopg.Connection, name: str) -> None:
    """Wait for what a run that was broken off still does there: the owner may not end other roles' connections."""
    end = time.monotonic() + 120
    while True:
        try:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            return
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > end:
                raise SystemExit(f"データベース {name} を、ほかの処理が使っています。") from None
            time.sleep(1)
