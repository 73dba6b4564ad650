"""Two officers at once, and a worker that dies in the middle: everything or nothing, and never twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import OperationalError, transaction

from communities.models import Community
from portal.kernel import clock, imports, jobs
from portal.kernel.import_models import Import, ImportRow
from portal.kernel.models import AuditEntry, Job
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import imports as tables
from tests.support.factories import number
from tests.support.processes import wait_until
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")


def table(count: int) -> tuple[str, list[str]]:
    names = [f"競う会{number()}" for _ in range(count)]
    body = "".join(f"{name},キソウカイ{number()},競う。\n" for name in names)
    return f"名前,フリガナ,ひとこと\n{body}", names


def made(names: list[str]) -> int:
    return Community.objects.filter(name__in=names).count()


def test_two_officers_press_register_at_once_and_it_happens_once() -> None:
    one, two = make.ward_officer(), make.ward_officer()
    text, names = table(5)
    imported = tables.previewed(text, by=one)
    outcomes = race(
        *[
            lambda who=who: imports.ask_to_apply(by=who, imported=Import.objects.get(pk=imported.pk))
            for who in (one, two)
        ]
    )
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    assert isinstance(next(outcome.error for outcome in outcomes if not outcome.ok), Refusal)
    assert Job.objects.filter(object_id=str(imported.pk), kind="kernel.import_apply").count() == 1
    assert tables.run(imported).made_count == made(names) == 5


def test_the_same_table_sent_by_two_officers_is_registered_once() -> None:
    text, names = table(5)
    both = []
    for _ in range(2):
        by = make.ward_officer()
        imported = tables.previewed(text, by=by)
        both.append(imports.ask_to_apply(by=by, imported=imported))
    outcomes = race(*[lambda imported=imported: tables.run(imported) for imported in both])
    assert all(outcome.ok for outcome in outcomes), [outcome.error for outcome in outcomes]
    states = sorted(outcome.value.state for outcome in outcomes)
    assert states == ["applied", "previewed"]
    assert made(names) == 5


def test_the_same_job_run_twice_registers_once() -> None:
    by = make.ward_officer()
    text, names = table(3)
    imported = imports.ask_to_apply(by=by, imported=tables.previewed(text, by=by))
    job = Job.objects.get(key=imported.job_key)
    tables.run(imported)
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None, run_after=clock.now())
    assert jobs.run(job.pk)
    assert made(names) == 3


DIES = """
import signal, sys, django
django.setup()
from portal.kernel import jobs
from portal.kernel.imports import runs
runs.BATCH, real, done = 2, runs._carry_out, []
def stops(ground, batch):
    made = real(ground, batch)
    done.append(batch)
    if len(done) == 2:
        print("halfway", flush=True)
        signal.pause()
    return made
runs._carry_out = stops
jobs.run(sys.argv[1])
"""


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(world) -> None:  # type: ignore[no-untyped-def]
    by = make.ward_officer()
    text, names = table(6)
    imported = imports.ask_to_apply(by=by, imported=tables.previewed(text, by=by))
    job = Job.objects.get(key=imported.job_key)
    victim = subprocess.Popen(
        [sys.executable, "-c", DIES, str(job.pk)],
        env={**os.environ, **world.env, "PROCESS": "worker"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert victim.stdout is not None
    assert victim.stdout.readline().strip() == "halfway"
    wait_until(
        lambda: Job.objects.get(pk=job.pk).done_count == 2, what="progress is told beside the transaction"
    )
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    wait_until(lambda: _free(imported), what="the database has rolled it back")
    assert made(names) == 0
    assert not ImportRow.objects.filter(imported=imported).exclude(outcome="").exists()
    assert Job.objects.get(pk=job.pk).state == "running"
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - jobs.LEASE)
    assert tables.run(imported).state == "applied"
    assert made(names) == 6
    entries = AuditEntry.objects.filter(target_id=str(imported.pk), event="kernel.import.apply")
    assert [entry.actor_ref for entry in entries] == [by.ref]


def _free(imported: Import) -> bool:
    try:
        with transaction.atomic():
            return Import.objects.select_for_update(nowait=True).filter(pk=imported.pk).exists()
    except OperationalError:
        time.sleep(0.1)
        return False


def test_somebody_joins_while_the_undo_runs() -> None:
    by = make.ward_officer()
    text, names = table(1)
    imported = tables.applied(text, by=by, options={"publish": "1"})
    community = Community.objects.get(name=names[0])
    Community.objects.filter(pk=community.pk).update(join_policy="open")
    imports.ask_to_undo(by=by, imported=imported)
    race(
        lambda: make.actions.join_community(by=make.person(), community=Community.objects.get(pk=community.pk)),
        lambda: tables.run(imported),
    )  # fmt: skip
    imported.refresh_from_db()
    there = Community.objects.filter(pk=community.pk).exists()
    assert (imported.state, there) in [("applied", True), ("undone", False)]
