"""The log: append-only for the application, sealed in chains, and any tampering is told."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.kernel import audit
from portal.kernel.actors import JobActor
from portal.kernel.models import AuditEntry, Heartbeat
from tests.support import database
from tests.support.world import World

pytestmark = pytest.mark.world


def note(name: str) -> AuditEntry:
    with transaction.atomic():
        beat = Heartbeat.objects.create(name=name)
        return audit.record("kernel.heartbeat.tested", by=JobActor("tester"), target=beat, data={"円": 1_000})


def as_worker(world: World, code: str) -> str:
    """Run `code` in a process that uses the worker's role, as the sealing task does."""
    program = f"import django; django.setup()\nfrom portal.kernel import audit\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=database.ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **world.env, "PROCESS": "worker"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def verify(world: World) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "verify_audit"],
        cwd=database.ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **world.env},
    )


def as_owner(world: World, statement: str, *values: object) -> None:
    with database.owner_connection(world.name) as owner:
        owner.execute(statement, values)


KEPT = ("kernel_auditentry", "kernel_auditpending", "kernel_auditseal")


@pytest.fixture
def mended(world: World) -> Iterator[None]:
    """What a test does to the log as its owner is undone, so that the next test finds it whole."""
    for table in KEPT:
        as_owner(world, f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
    yield
    as_owner(world, "ALTER TABLE kernel_auditentry DISABLE TRIGGER kernel_auditentry_pending")
    for table in KEPT:
        as_owner(world, f"DELETE FROM {table}")
        as_owner(world, f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")
        as_owner(world, f"DROP TABLE kept_{table}")
    as_owner(world, "ALTER TABLE kernel_auditentry ENABLE TRIGGER kernel_auditentry_pending")


def test_record_outside_a_transaction_is_refused(world: World) -> None:
    beat = Heartbeat.objects.create(name="outside")
    with pytest.raises(ValueError, match="transaction"):
        audit.record("kernel.heartbeat.tested", by=JobActor("tester"), target=beat)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_auditentry SET event = 'x'",
        "DELETE FROM kernel_auditentry",
        "TRUNCATE kernel_auditentry",
        "DELETE FROM kernel_auditpending",
        "UPDATE kernel_auditseal SET digest = 'x'",
        "DELETE FROM kernel_auditseal",
        "INSERT INTO kernel_auditpending VALUES (1, now())",
        "INSERT INTO kernel_auditseal (at, entry_ids, members_digest, previous_digest, digest) VALUES (now(), '{}', '', '', 'x')",
    ],
)
def test_web_role_may_only_add(world: World, statement: str) -> None:
    note(f"web{abs(hash(statement))}"[:30])
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_sealing_takes_what_waits_and_verification_finds_nothing(world: World) -> None:
    entries = [note(f"seal{number}") for number in range(3)]
    assert audit.unsealed()[0] >= 3
    assert int(as_worker(world, "print(audit.seal())")) >= 3
    assert audit.unsealed()[0] == 0
    assert as_worker(world, "print(audit.seal())") == "0"
    done = verify(world)
    assert (done.returncode, "異常はありません" in done.stdout) == (0, True), done.stderr
    assert audit.history(Heartbeat(name="seal0"))[0].pk == entries[0].pk


def test_tampering_is_told_line_by_line(world: World, mended: None) -> None:
    changed, removed, hidden = note("changed"), note("removed"), note("hidden")
    as_worker(world, "print(audit.seal())")
    as_owner(world, "UPDATE kernel_auditentry SET data = '{}' WHERE id = %s", changed.pk)
    as_owner(world, "DELETE FROM kernel_auditentry WHERE id = %s", removed.pk)
    done = verify(world)
    assert done.returncode == 1
    assert f"記録{changed.pk}: 書き換えられています" in done.stderr
    assert f"記録{removed.pk}: 消されています" in done.stderr
    assert f"記録{hidden.pk}:" not in done.stderr


def test_entry_that_passed_the_trigger_by_is_told(world: World, mended: None) -> None:
    as_owner(world, "ALTER TABLE kernel_auditentry DISABLE TRIGGER kernel_auditentry_pending")
    stray = note("stray")
    as_owner(world, "ALTER TABLE kernel_auditentry ENABLE TRIGGER kernel_auditentry_pending")
    assert f"記録{stray.pk}: 封印も封印待ちもありません" in verify(world).stderr


def test_removed_seal_breaks_the_chain(world: World, mended: None) -> None:
    for name in ("chain1", "chain2", "chain3"):
        note(name)
        as_worker(world, "print(audit.seal())")
    as_owner(world, "DELETE FROM kernel_auditseal WHERE id = (SELECT max(id) - 1 FROM kernel_auditseal)")
    assert "前の封印とつながっていません" in verify(world).stderr
