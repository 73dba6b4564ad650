"""Real processes that die: whatever happens, one document has one number and one file in the end."""

from datetime import timedelta
from pathlib import Path

import pytest

from portal.areas.models import Authority
from portal.documents.enums import DocumentState
from portal.documents.models import Document
from portal.kernel import clock, jobs, tasks
from portal.kernel.models import Job, StoredFile
from tests.factories.accounts import UserFactory
from tests.factories.areas import SectionFactory
from tests.factories.documents import issued
from tests.support.processes import RedisServer, Worker, wait_until
from tests.support.world import World

from .kind import KEY
from .workers import running

pytestmark = pytest.mark.usefixtures("world")
POINTS = ("after_lease", "after_render", "before_commit")


def finished(document: Document) -> bool:
    document.refresh_from_db()
    return document.state == DocumentState.ISSUED


def knock_when_lease_is_over(world: World) -> None:
    """What beat does every 15 seconds, once the dead runner's lease has run out."""
    world.clock.set(clock.now() + jobs.LEASE + timedelta(seconds=1))
    tasks.wake_jobs()


def assert_exactly_one(world: World, document: Document) -> None:
    files = list((world.folder / "files").rglob(f"*{document.pk}*"))
    assert [path.name for path in files] == [f"{document.pk}.pdf"]
    assert files[0].read_bytes().startswith(b"%PDF")
    assert StoredFile.objects.filter(storage_name__contains=str(document.pk)).count() == 1
    series = Document.objects.filter(section=document.section).values_list("number", flat=True)
    assert list(series) == [1]
    assert Job.objects.get(key=document.job_key).state == "done"


def paused_worker(world: World, point: str) -> tuple[Worker, Path]:
    flag = world.folder / f"paused-{point}"
    flag.unlink(missing_ok=True)
    process = world.worker(PAUSE_AT=point, PAUSE_FLAG=str(flag))
    process.command[process.command.index("tests.support.worker_main")] = "tests.documents.paused"
    return process, flag


def new_document(city: Authority) -> Document:
    return issued(KEY, UserFactory(), authority=city, section=SectionFactory(authority=city))


def wait_for_the_end(world: World, document: Document) -> None:
    wait_until(lambda: finished(document), timeout=60, what="a worker makes the file")
    wait_until(lambda: Job.objects.get(key=document.job_key).state == "done", what="the job ends")
    assert_exactly_one(world, document)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_while_rendering_leaves_one_document(
    world: World, city: Authority, point: str
) -> None:
    victim, flag = paused_worker(world, point)
    with running(victim):
        document = new_document(city)
        wait_until(flag.exists, timeout=60, what=f"the worker stands at {point}")
        victim.kill()
    assert not finished(document)
    with running(world.worker()):
        knock_when_lease_is_over(world)
        wait_for_the_end(world, document)


def test_a_slow_worker_that_lost_its_lease_changes_nothing(world: World, city: Authority) -> None:
    slow, flag = paused_worker(world, "after_render")
    with running(slow):
        document = new_document(city)
        wait_until(flag.exists, timeout=60, what="the slow worker has rendered")
        with running(world.worker()):
            knock_when_lease_is_over(world)
            wait_for_the_end(world, document)
        digest = document.sha256
        flag.unlink()
        wait_until(lambda: "job_lost" in slow.output, timeout=60, what="the slow worker notices")
    document.refresh_from_db()
    assert document.sha256 == digest
    assert_exactly_one(world, document)


def test_a_wake_up_lost_with_redis_is_made_good_by_beat(
    world: World, city: Authority, redis_server: RedisServer
) -> None:
    with running(world.worker()):
        redis_server.stop()
        document = new_document(city)
        assert not finished(document)
        redis_server.start()
        tasks.wake_jobs()
        wait_for_the_end(world, document)


def test_a_queue_lost_with_an_emptied_redis_is_made_good_by_beat(
    world: World, city: Authority, redis_server: RedisServer
) -> None:
    """The knock was delivered to Redis, nobody took it, and Redis came back empty."""
    document = new_document(city)
    redis_server.stop()
    redis_server.start()
    with running(world.worker()):
        assert not finished(document)
        tasks.wake_jobs()
        wait_for_the_end(world, document)


def test_many_knocks_make_one_file(world: World, city: Authority) -> None:
    document = new_document(city)
    for _ in range(20):
        jobs.wake(Job.objects.get(key=document.job_key).pk)
    with running(world.worker()):
        wait_for_the_end(world, document)
