"""Databases of the tests: one migrated template with master data, and quick copies of it.

The template is built once per state of the migrations by the owner's role, in a process of its own; every test process
and every world gets a copy. Tests connect as the web role, which can neither truncate nor change a table: exactly
what the product can do.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
ROLES = {"web": "DATABASE_URL", "worker": "WORKER_DATABASE_URL", "owner": "OWNER_DATABASE_URL"}
PREPARATION = ROOT / "deploy" / "postgres" / "database.sql"  # extensions, rights by default: as everywhere
MADE_OF = (
    "deploy/postgres/*.sql",
    "*/migrations/*.py",
    "portal/*/migrations/*.py",
    "portal/areas/**/*.py",
    "portal/areas/data/*",
    "requirements.txt",
)


def url_of(role: str, name: str | None = None) -> str:
    """The address of database `name` (default: the configured one) for `role`."""
    parts = urlsplit(os.environ[ROLES[role]])
    return parts._replace(path=f"/{name}").geturl() if name else parts.geturl()


def base_name() -> str:
    """Names of test databases start with this, so that several checkouts share one server in peace."""
    return f"test_{urlsplit(os.environ['DATABASE_URL']).path.lstrip('/')}"


def environment_for(name: str) -> dict[str, str]:
    """The variables that point a process at database `name`, whatever role it runs as."""
    return {variable: url_of(role, name) for role, variable in ROLES.items()}


@contextmanager
def owner_connection(name: str | None = None) -> Iterator[psycopg.Connection]:
    """An autocommit connection of the owner: to `name`, or to the configured database for work on other databases."""
    with psycopg.connect(url_of("owner", name), autocommit=True) as connection:
        yield connection


def fingerprint() -> str:
    """Changes when a template built earlier may no longer be what the code would build."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted({path for pattern in MADE_OF for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def ensure_template() -> str:
    """Return the name of the template for the present migrations; build it if no other process has done so."""
    name = f"{base_name()}_t_{fingerprint()}"
    with owner_connection() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [base_name()])
        if not exists(connection, name):
            _sweep(connection)
            _build(f"{name}_new")
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (f"{name}_new", name)))
            )
    return name


@contextmanager
def made_once(name: str) -> Iterator[str]:
    """Yields the name under which to make database `name`, or "" when it is there; the others wait meanwhile."""
    with owner_connection() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if exists(connection, name):
            yield ""
            return
        yield f"{name}_new"
        renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(renamed.format(*map(sql.Identifier, (f"{name}_new", name))))


def copy_template(name: str, template: str) -> None:
    """Make database `name` from `template`; an older one of that name goes. Waits while another process copies."""
    drop(name)
    for _ in range(50):
        try:
            with owner_connection() as connection:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template)))
                )
            return
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
    raise RuntimeError(f"template {template} stays in use")


def drop(name: str) -> None:
    """Drop database `name`, ending what is still connected to it; what stays in use is swept away by a later run."""
    end_connections(name)
    with owner_connection() as connection:
        for _ in range(3):  # the server itself waits five seconds each time
            with suppress(psycopg.errors.ObjectInUse):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
                return


def end_connections(name: str) -> None:
    """End all connections to database `name`, each role its own: a browser's event loop keeps some of which nobody knows."""
    for role in ROLES:
        with psycopg.connect(url_of(role), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
                " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
                [name],
            )


def exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _sweep(connection: psycopg.Connection) -> None:
    """Drop older templates and the copies of test runs that were killed."""
    pattern = base_name().replace("_", r"\_") + r"\_%"
    for (name,) in connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]
    ).fetchall():
        kind, _, rest = name.removeprefix(f"{base_name()}_").partition("_")
        if kind not in {"t", "p"} or (kind == "p" and Path(f"/proc/{rest.partition('_')[0]}").exists()):
            continue
        with suppress(psycopg.errors.ObjectInUse):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def make_empty(name: str) -> None:
    """Make database `name` anew, with extensions and rights and nothing else."""
    drop(name)
    with owner_connection() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with owner_connection(name) as fresh:
        fresh.execute(PREPARATION.read_bytes())


def _build(name: str) -> None:
    make_empty(name)
    environment = os.environ | environment_for(name) | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for command in ("migrate", "load_areas"):
        done = subprocess.run(
            [sys.executable, "manage.py", command, "--skip-checks", "-v0"],
            cwd=ROOT,
            env=environment,
            text=True,
            capture_output=True,
        )
        if done.returncode:
            raise RuntimeError(
                f"{command} failed while the test template was made:\n{done.stdout}{done.stderr}"
            )


def keep_as_template(source: str) -> None:
    """The template, copied from a database that migrations and master data have just filled and nobody is using."""
    name = f"{base_name()}_t_{fingerprint()}"
    with owner_connection() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [base_name()])
        if not exists(connection, name):
            _sweep(connection)
            copy_template(name, source)


if __name__ == "__main__":  # for bin/test: a database of its own, also beside a given DATABASE_URL
    checked = f"{base_name()}_e"
    if sys.argv[1:] == ["keep"]:
        keep_as_template(checked)
    else:
        make_empty(checked)
        print(json.dumps(environment_for(checked)))
