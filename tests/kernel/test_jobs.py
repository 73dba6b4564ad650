"""Jobs: the row is the truth, Celery only wakes it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from portal.kernel import clock, jobs, ports
from portal.kernel.actors import JobActor
from portal.kernel.enums import JobState
from portal.kernel.models import Heartbeat, Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[str]]:
    """A handler that notes what it did; payload decides whether it fails."""
    said: list[str] = []

    def handler(job: jobs.Running) -> None:
        said.append(str(job.payload.get("word", "")))
        job.progress(1, 2)
        if job.payload.get("fails"):
            raise RuntimeError("secret@example.jp は書かない")
        job.finish(result=job.obj)
        if concludes := job.payload.get("concludes"):
            with transaction.atomic():
                job.conclude()
                Heartbeat.objects.create(name="made with the end")
                if concludes == "in vain":
                    raise RuntimeError("after the end")

    ports.job_handlers.register("kernel.test_work", handler)
    yield said
    ports.job_handlers._entries.pop("kernel.test_work")


def make(key: str = "k", **payload: object) -> Job:
    beat = Heartbeat.objects.get_or_create(name="thing")[0]
    with transaction.atomic():
        return jobs.enqueue("kernel.test_work", key=key, obj=beat, payload=payload, by=JobActor("tester"))


def test_enqueue_twice_is_one_job(done: list[str]) -> None:
    assert make(word="a").pk == make(word="b").pk
    assert Job.objects.count() == 1


def test_enqueue_of_unknown_kind_is_refused() -> None:
    with transaction.atomic(), pytest.raises(KeyError):
        jobs.enqueue("kernel.nobody", key="k")


def test_run_does_the_work_once_and_names_the_result(done: list[str]) -> None:
    job = make(word="a")
    assert jobs.run(job.pk)
    assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert done == ["a"]
    assert (job.state, job.done_count, job.total_count, job.result_id) == (JobState.DONE, 2, 2, "thing")
    assert job.lease_token is None


def test_write_succeeds_with_redis_gone(done: list[str], django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with django_capture_on_commit_callbacks(execute=True):
        job = make()
    assert Job.objects.get(pk=job.pk).state == JobState.WAITING
    assert jobs.wake(job.pk) is False


def test_failure_waits_longer_each_time_and_ends_without_its_text(done: list[str]) -> None:
    job = make(fails=True)
    waits = []
    start = clock.now()
    with clock.at(start):
        for _ in range(jobs.MAX_ATTEMPTS):
            job.refresh_from_db()
            with clock.at(job.run_after):
                assert not jobs.run(job.pk)
                job.refresh_from_db()
                waits.append((job.run_after - clock.now()).total_seconds())
    assert waits[:3] == [5, 30, 120]
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "RuntimeError", jobs.MAX_ATTEMPTS)
    jobs.retry(job)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at) == (JobState.WAITING, 0, None)


def test_job_is_not_run_before_its_time(done: list[str]) -> None:
    with transaction.atomic():
        job = jobs.enqueue("kernel.test_work", key="later", run_after=clock.now() + timedelta(hours=1))
    assert not jobs.run(job.pk)
    assert done == []


def test_abandoned_job_is_taken_over_and_its_first_runner_cannot_end_it(done: list[str]) -> None:
    job = make(word="a")
    first = jobs._take(job.pk)
    assert first is not None
    assert jobs._take(job.pk) is None
    with clock.at(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert list(jobs.due(clock.now())) == [job]
        assert jobs.run(job.pk)
    for late in (first.end, first.hold, first.conclude, lambda: first.progress(1, 2)):
        with pytest.raises(jobs.Lost):
            late()


@pytest.mark.parametrize(("concludes", "state", "kept"), [("well", "done", 1), ("in vain", "waiting", 0)])
def test_what_a_job_makes_and_its_end_are_kept_or_lost_together(
    done: list[str], concludes: str, state: str, kept: int
) -> None:
    job = make(word="a", concludes=concludes)
    assert jobs.run(job.pk) is bool(kept)
    job.refresh_from_db()
    assert (job.state, job.result_id) == (state, "thing" if kept else "")
    assert Heartbeat.objects.filter(name="made with the end").count() == kept


def test_a_job_that_kills_its_runners_ends_as_failed_and_can_be_retried(done: list[str]) -> None:
    job = make(word="a")
    at = clock.now()
    for _ in range(jobs.MAX_ATTEMPTS):
        with clock.at(at):
            assert jobs._take(job.pk) is not None  # and its process dies
        at += jobs.LEASE + timedelta(seconds=1)
    with clock.at(at):
        assert not jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error, done) == (JobState.FAILED, "Abandoned", [])
        jobs.retry(job)
        assert jobs.run(job.pk)
    assert done == ["a"]
