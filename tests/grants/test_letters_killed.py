"""A worker that is really killed in the middle of a batch: each letter is made once, and no number is left out."""

from datetime import timedelta

import pytest
from django.db import transaction

from grants.models import Application, LetterBatch
from portal.documents.models import Document
from portal.kernel import clock, jobs, tasks
from portal.kernel.models import Job
from tests.documents.workers import running
from tests.factories.deciding import reviewing
from tests.factories.grants import Town, open_call
from tests.support.processes import wait_until
from tests.support.world import World

from .test_letters import asked, numbers, towns

pytestmark = pytest.mark.usefixtures("world")
LETTERS, BEFORE = 5, 2


def decided(batch: LetterBatch) -> int:
    return batch.items.filter(outcome="done").count()


def test_a_worker_killed_between_two_letters_leaves_no_gap_and_no_twin(world: World) -> None:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    town = Town()
    files = [reviewing(one) for one in towns(town, LETTERS)]
    batch = asked(town, files)
    with running(world.worker()) as victim, transaction.atomic():
        Application.objects.select_for_update().get(
            pk=files[BEFORE].pk
        )  # the worker comes as far as this one
        wait_until(lambda: decided(batch) == BEFORE, timeout=60, what="the first letters are decided")
        victim.kill()
    row = Job.objects.get(key=batch.job_key)
    assert row.done_count in (
        BEFORE - 1,
        BEFORE,
    )  # what the officer sees of it meanwhile: told after each letter
    assert row.total_count == LETTERS
    with running(world.worker()):
        world.clock.set(clock.now() + jobs.LEASE + timedelta(seconds=1))
        tasks.wake_jobs()
        wait_until(lambda: decided(batch) == LETTERS, timeout=60, what="another worker goes on")
        letters = Document.objects.filter(kind="grants.decision")
        wait_until(
            lambda: letters.filter(state="issued").count() == LETTERS, timeout=60, what="all are on paper"
        )
    assert list(letters.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert [paper.object_id for paper in letters.order_by("number")] == [case.pk for case in files]
    assert numbers(files) == ["く共第123号", *(f"く共第123号の{n}" for n in range(2, LETTERS + 1))]
    assert (
        len(list((world.folder / "files").rglob("*.pdf"))) == Document.objects.filter(state="issued").count()
    )
