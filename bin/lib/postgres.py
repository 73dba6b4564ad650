"""A private PostgreSQL server: Debian's program, a data folder and a socket of our own, no TCP.

`trust` behind a socket folder with mode 0700 lets in nobody but the user who started it (and root). The administrator is
the role `postgres`; the product gets roles of its own and is never superuser (deploy/postgres/*.sql).
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from . import folders
from .console import Stop, run, say, tail
from .supervisor import Service, Supervisor

PROGRAMS = Path("/usr/lib/postgresql")
SOCKET = ".s.PGSQL.5432"
DATABASE = "hiroba"
ROLES = {
    "DATABASE_URL": "hiroba_web",
    "WORKER_DATABASE_URL": "hiroba_worker",
    "OWNER_DATABASE_URL": "hiroba_owner",
}
SETTINGS = (
    "-c listen_addresses= -c unix_socket_permissions=0700 -c max_connections=200"
    " -c shared_buffers=128MB -c log_timezone=Asia/Tokyo"
).split()
CARELESS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off".split()
INITDB = (
    "-A trust -U postgres --encoding=UTF8 --locale-provider=icu --icu-locale=ja-JP --locale=C.UTF-8"
).split()
PSQL = "-X -q -A -t -v ON_ERROR_STOP=1 -U postgres".split()


def highest_version(programs: Path = PROGRAMS) -> tuple[int, Path]:
    """The newest installed server: its major version and the folder of its programs. Raises Stop when there is none."""
    found = [
        (int(path.parent.parent.name), path.parent)
        for path in programs.glob("*/bin/postgres")
        if path.parent.parent.name.isdigit()
    ]
    if not found:
        raise Stop(f"PostgreSQL のサーバーが {programs} にありません。")
    return max(found)


def refuse_other_version(data: Path, version: int, command: str) -> None:
    """Raises Stop when `data` was made by another major version: no server may guess its way into old data."""
    mark = data / "PG_VERSION"
    made_by = mark.read_text().strip() if mark.exists() else str(version)
    if made_by != str(version):
        raise Stop(
            f"データ {data} は PostgreSQL {made_by} のものですが、この機械のサーバーは {version} です。\n"
            f"残したいときは {made_by} のサーバーで pg_dump してください。捨ててよければ {command} --reset で作り直します。"
        )


def becoming(user: str) -> list[str]:
    """The words that run a program as `user`; only root uses them."""
    return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--init-groups"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One server of one purpose. `careless` trades safety for speed: for tests only, never for data that a person keeps."""

    programs: Path
    version: int
    base: Path
    socket: Path
    user: str
    careless: bool

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def prefix(self) -> list[str]:
        return becoming(self.user) if os.geteuid() == 0 else []

    def program(self, name: str) -> list[str]:
        return [str(self.programs / name)]

    def url(self, role: str) -> str:
        return f"postgres://{role}@{quote(str(self.socket), safe='')}/{DATABASE}"

    def environment(self) -> dict[str, str]:
        """The three addresses of the product, one for each role."""
        return {variable: self.url(role) for variable, role in ROLES.items()}


def plan(layout: folders.Layout, *, command: str) -> Cluster:
    """Decide where the server of this purpose lives and who runs it. Raises Stop for data that it must not touch."""
    version, programs = highest_version()
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    base = folders.data_folder(layout, becoming(user) if os.geteuid() == 0 else [])
    refuse_other_version(base / "data", version, command)
    if (base / "data").exists():
        owner = (base / "data").stat().st_uid
        if os.geteuid() not in {0, owner}:
            raise Stop(
                f"データ {base / 'data'} は別の利用者のものです。同じ利用者で {command} を実行してください。"
            )
        user = pwd.getpwuid(owner).pw_name
    socket = folders.socket_folder(base / "run", SOCKET, layout.home / "socket.at")
    if os.geteuid() == 0:
        shutil.chown(base, user)
        shutil.chown(socket, user)
    return Cluster(programs, version, base, socket, user, careless=layout.purpose == "test")


def start(cluster: Cluster, layout: folders.Layout, supervisor: Supervisor) -> None:
    """Make the cluster if it is new, start it, and see that roles, database and extensions are there."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if not (cluster.data / "PG_VERSION").exists():
        _create(cluster, layout, environment)
    _end_leftover(cluster, environment)
    log = layout.log / "postgres.log"
    log.unlink(missing_ok=True)
    service = supervisor.start(
        Service(
            "postgres",
            [*cluster.program("postgres"), "-D", str(cluster.data), "-k", str(cluster.socket), *SETTINGS]
            + (CARELESS if cluster.careless else []),
            log=log,
            env=environment,
            prefix=cluster.prefix,
            stop_signal="INT",
            cwd=Path("/"),
        )
    )
    until = time.monotonic() + 60
    while not _accepts(cluster):
        if service.ended or time.monotonic() > until:
            raise Stop(f"PostgreSQL が始まりません。記録: {log}\n{tail(log)}")
        time.sleep(0.05)
    _furnish(cluster, layout)


def _create(cluster: Cluster, layout: folders.Layout, environment: dict[str, str]) -> None:
    half = cluster.base / "data.new"
    shutil.rmtree(half, ignore_errors=True)  # a start that was interrupted
    run(
        f"PostgreSQL {cluster.version} のデータの置き場を作っています",
        [*cluster.prefix, *cluster.program("initdb"), "-D", str(half), *INITDB]
        + (["--no-sync"] if cluster.careless else []),
        log=layout.log / "initdb.log",
        env=environment,
        cwd=Path("/"),
    )
    half.rename(cluster.data)


def _end_leftover(cluster: Cluster, environment: dict[str, str]) -> None:
    """Stop a server that an earlier, killed start left in our data folder (the caller holds the lock of this purpose)."""
    mark = cluster.data / "postmaster.pid"
    if not mark.exists():
        return
    try:
        if os.readlink(f"/proc/{int(mark.read_text().split()[0])}/cwd") != str(cluster.data):
            return  # an old number that another program has now
    except (OSError, ValueError, IndexError):
        return
    words = [*cluster.prefix, *cluster.program("pg_ctl"), "-D", str(cluster.data), *"-m fast -w stop".split()]
    if subprocess.run(words, env=environment, cwd="/", capture_output=True).returncode == 0:
        say("前回の PostgreSQL が残っていたので止めました")


def _accepts(cluster: Cluster) -> bool:
    words = [*cluster.program("pg_isready"), "-q", "-h", str(cluster.socket)]
    return subprocess.run(words, capture_output=True).returncode == 0


def psql(cluster: Cluster, arguments: Iterable[str], *, database: str = "postgres") -> str:
    """Run psql as the administrator and return what it printed. Raises Stop when the server refuses."""
    words = [*cluster.program("psql"), *PSQL, "-h", str(cluster.socket), "-d", database, *arguments]
    done = subprocess.run(
        words,
        text=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "PGTZ": "UTC"},
    )
    if done.returncode:
        raise Stop(f"psql: {done.stderr.strip()}")
    return done.stdout


def _furnish(cluster: Cluster, layout: folders.Layout) -> None:
    """Roles and the database, from the same files as docker compose."""
    psql(cluster, ["-f", str(layout.root / "deploy" / "postgres" / "roles.sql")])
    if layout.purpose != "demo":
        psql(cluster, ["-c", "ALTER ROLE hiroba_owner CREATEDB"])
    if DATABASE not in psql(cluster, ["-c", "SELECT datname FROM pg_database"]).split():
        psql(cluster, ["-c", f"CREATE DATABASE {DATABASE} OWNER hiroba_owner"])
    psql(cluster, ["-f", str(layout.root / "deploy" / "postgres" / "database.sql")], database=DATABASE)
