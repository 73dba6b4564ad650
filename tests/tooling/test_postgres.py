"""The private PostgreSQL: which version, whose data, which rights. The last tests start real servers."""

import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bin.lib import folders, postgres
from bin.lib.console import Stop
from bin.lib.folders import Layout
from bin.lib.supervisor import Supervisor
from tests.support.database import ROOT


def programs(folder: Path, *versions: str) -> Path:
    for version in versions:
        (folder / version / "bin").mkdir(parents=True)
        (folder / version / "bin" / "postgres").touch()
    return folder


@pytest.mark.parametrize(
    ("installed", "chosen"), [(("15",), 15), (("16",), 16), (("9", "15", "16"), 16), (("15", "100"), 100)]
)
def test_highest_version_is_taken_by_number(tmp_path: Path, installed: tuple[str, ...], chosen: int):
    version, folder = postgres.highest_version(programs(tmp_path, *installed))
    assert (version, folder) == (chosen, tmp_path / str(chosen) / "bin")


def test_highest_version_ignores_a_client_without_server(tmp_path: Path):
    (tmp_path / "17" / "bin").mkdir(parents=True)
    assert postgres.highest_version(programs(tmp_path, "15"))[0] == 15


def test_highest_version_without_any_server_is_refused(tmp_path: Path):
    with pytest.raises(Stop, match="PostgreSQL"):
        postgres.highest_version(tmp_path)


def test_data_of_another_major_version_is_refused_and_left_alone(tmp_path: Path):
    (tmp_path / "PG_VERSION").write_text("14\n")
    with pytest.raises(Stop) as refused:
        postgres.refuse_other_version(tmp_path, 16, "bin/demo")
    assert "14" in str(refused.value)
    assert "16" in str(refused.value)
    assert "bin/demo --reset" in str(refused.value)
    assert (tmp_path / "PG_VERSION").read_text() == "14\n"


def test_data_of_the_same_version_and_no_data_are_taken(tmp_path: Path):
    postgres.refuse_other_version(tmp_path, 16, "bin/demo")
    (tmp_path / "PG_VERSION").write_text("16\n")
    postgres.refuse_other_version(tmp_path, 16, "bin/demo")


def test_data_of_another_version_stops_the_plan_of_a_checkout(layouts: list[Layout]):
    data = layouts[0].home / "server" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9")
    with pytest.raises(Stop, match="PostgreSQL 9 "):
        postgres.plan(layouts[0], command="bin/demo")


@pytest.fixture
def layouts() -> Iterator[list[Layout]]:
    """Two invented checkouts that the server's user can enter (pytest's own folders are closed to it)."""
    with tempfile.TemporaryDirectory(prefix="hiroba-") as name:
        Path(name).chmod(0o755)
        made = [
            Layout(Path(name) / checkout, purpose) for checkout, purpose in (("a", "demo"), ("b", "test"))
        ]
        for layout in made:
            layout.root.mkdir()
            (layout.root / "deploy").symlink_to(ROOT / "deploy")
            layout.make()
        yield made
        for layout in made:
            folders.erase(layout)


def connect(cluster: postgres.Cluster, role: str) -> psycopg.Connection:
    return psycopg.connect(cluster.url(role), autocommit=True)


def test_two_checkouts_run_side_by_side_with_roles_of_their_own(layouts: list[Layout]):
    with Supervisor() as supervisor:
        clusters = [postgres.plan(layout, command="bin/demo") for layout in layouts]
        for cluster, layout in zip(clusters, layouts, strict=True):
            postgres.start(cluster, layout, supervisor)
        for cluster in clusters:
            check_roles(cluster)
            check_rights(cluster)
        check_safety(*clusters)
        seen = [entry for cluster in clusters for entry in cluster.socket.iterdir()]
        assert all(entry.parent.stat().st_mode & 0o077 == 0 for entry in seen)
    assert not any((cluster.data / "postmaster.pid").exists() for cluster in clusters)


LIMITS = ("statement_timeout", "lock_timeout", "max_parallel_workers_per_gather")


def check_roles(cluster: postgres.Cluster) -> None:
    with connect(cluster, "hiroba_web") as web:
        rows = web.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname ~ '^hiroba'").fetchall()
        limits = [web.execute(f"SHOW {name}").fetchone() for name in LIMITS]
        address = web.execute("SHOW listen_addresses").fetchone()
    assert sorted(rows) == [("hiroba_owner", False), ("hiroba_web", False), ("hiroba_worker", False)]
    assert limits == [("15s",), ("5s",), ("0",)]
    assert address == ("",)
    with connect(cluster, "hiroba_worker") as worker:
        assert worker.execute("SHOW lock_timeout").fetchone() == ("10s",)
        assert worker.execute("SHOW statement_timeout").fetchone() == ("0",)


def check_rights(cluster: postgres.Cluster) -> None:
    with connect(cluster, "hiroba_owner") as owner:
        owner.execute("CREATE TABLE thing (id bigserial PRIMARY KEY, name citext)")
        assert owner.execute("SELECT show_trgm('秋葉区') <> '{}'").fetchone() == (True,)
    with connect(cluster, "hiroba_web") as web:
        web.execute("INSERT INTO thing (name) VALUES ('a')")
        assert web.execute("UPDATE thing SET name = 'b'").rowcount == 1
        for refused in ("TRUNCATE thing", "ALTER TABLE thing ADD x int", "CREATE TABLE other (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(refused)


def check_safety(demo: postgres.Cluster, test: postgres.Cluster) -> None:
    """A person's data is written safely and its owner makes no databases; tests may be fast and do."""
    for cluster, fsync, createdb in ((demo, "on", False), (test, "off", True)):
        with connect(cluster, "hiroba_owner") as owner:
            assert owner.execute("SHOW fsync").fetchone() == (fsync,)
            assert owner.execute(
                "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone() == (createdb,)


def test_second_start_keeps_the_data_and_ends_a_server_that_was_left_over(layouts: list[Layout]):
    layout = layouts[0]
    with Supervisor() as first:
        cluster = postgres.plan(layout, command="bin/demo")
        postgres.start(cluster, layout, first)
        with connect(cluster, "hiroba_owner") as owner:
            owner.execute("CREATE TABLE kept (id int)")
        left = first.services[0].process
        assert left is not None
        with Supervisor() as second:
            postgres.start(postgres.plan(layout, command="bin/demo"), layout, second)
            assert left.wait(10) == 0
            with connect(cluster, "hiroba_owner") as owner:
                assert owner.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_server_never_runs_as_root(layouts: list[Layout]):
    """Root hands it to the user `postgres`; everybody else runs it as they are."""
    with Supervisor() as supervisor:
        cluster = postgres.plan(layouts[0], command="bin/demo")
        postgres.start(cluster, layouts[0], supervisor)
        process = supervisor.services[0].process
        assert process is not None
        expected = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        assert Path(f"/proc/{process.pid}").owner() == expected
