"""Jobs: the durable record of everything that happens later. Celery is only the wake-up.

A job is written in the action's transaction; with Redis gone the write succeeds, the page says 「準備中」, and beat wakes
what waits. A runner holds a lease; when it dies, another takes over after the lease, so handlers are safe twice.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.apps import apps
from django.db import connection, models, transaction

from . import clock, ports
from .actors import Actor, JobActor
from .enums import JobState
from .inserting import insert_new
from .models import Job

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 6
BACKOFF_SECONDS = (5, 30, 120, 600, 1800)
log = structlog.get_logger("jobs")


class Lost(Exception):
    """This runner no longer holds the job: another took over after the lease ran out."""


class Abandoned(Exception):
    """Every runner that took the job died with it: it is not handed to another until a person asks for it."""


class NotYet(Exception):
    """A handler says that this is not the hour: the job waits until then, and this was no attempt."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class Running:
    """A job in the hands of its handler."""

    def __init__(self, row: Job) -> None:
        self.row = row
        self.by = JobActor(row.kind)
        self._result: models.Model | None = None
        self.ended = False

    @property
    def payload(self) -> dict[str, Any]:
        return self.row.payload  # type: ignore[no-any-return]

    @property
    def obj(self) -> Any:
        """The object the job is about, read afresh. Raises DoesNotExist when it is gone."""
        return apps.get_model(self.row.object_type)._default_manager.get(pk=self.row.object_id)

    def progress(self, done: int, total: int) -> None:
        """Show how far it is, and keep the lease. Raises Lost when another runner has taken over."""
        self._write(done_count=done, total_count=total, lease_until=clock.now() + LEASE)

    def hold(self) -> None:
        """Inside the handler's last transaction: lock the job's row, so that a runner that lost it cannot finish.

        Raises Lost.
        """
        mine = Job.objects.select_for_update(no_key=True).filter(
            pk=self.row.pk, lease_token=self.row.lease_token
        )
        if not mine.exists():
            raise Lost(self.row.key)

    def conclude(self) -> None:
        """In place of `hold` at the beginning of the handler's only transaction: the job ends with its commit.

        Name the result before. What is rolled back gives the job back, too. Raises Lost.
        """
        self.end()
        self.ended = True

    def finish(self, *, result: models.Model | None = None) -> None:
        """Name what came out of it; the job ends when the handler returns."""
        self._result = result

    def end(self) -> None:
        result = self._result
        self._write(
            state=JobState.DONE,
            finished_at=clock.now(),
            lease_until=None,
            lease_token=None,
            error="",
            done_count=models.F("total_count"),
            result_type=result._meta.label_lower if result else "",
            result_id=str(result.pk) if result else "",
        )

    def put_off(self, until: datetime) -> None:
        """Give the job back until then; nothing was tried."""
        self._write(
            state=JobState.WAITING, lease_until=None, lease_token=None, run_after=until,
            attempts=models.F("attempts") - 1,
        )  # fmt: skip

    def fail(self, problem: Exception) -> None:
        """Give the job back for a later try, or end it as failed after the last one. Keeps no text of the problem."""
        last = self.row.attempts >= MAX_ATTEMPTS
        wait = BACKOFF_SECONDS[min(self.row.attempts, len(BACKOFF_SECONDS)) - 1]
        self._write(
            state=JobState.FAILED if last else JobState.WAITING,
            error=type(problem).__name__[:200],
            lease_until=None,
            lease_token=None,
            finished_at=clock.now() if last else None,
            run_after=clock.now() + timedelta(seconds=wait),
        )

    def _write(self, **changes: Any) -> None:
        mine = Job.objects.filter(pk=self.row.pk, lease_token=self.row.lease_token, state=JobState.RUNNING)
        if not mine.update(**changes):
            raise Lost(self.row.key)


def enqueue(
    kind: str,
    *,
    key: str,
    obj: models.Model | None = None,
    payload: dict[str, Any] | None = None,
    by: Actor | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Note the job `kind` in the caller's transaction and wake a worker after commit. The same key again: the same job.

    Raises KeyError for a kind without handler, ValueError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise ValueError(f"{kind}: jobs.enqueue() must run inside the action's transaction")
    ports.job_handlers[kind]
    row = Job(
        kind=kind,
        key=key,
        payload=payload or {},
        owner_ref=by.ref if by else "",
        object_type=obj._meta.label_lower if obj else "",
        object_id=str(obj.pk) if obj else "",
        run_after=run_after or clock.now(),
    )
    if not insert_new(row):
        return Job.objects.get(key=key)
    if row.run_after <= clock.now():
        transaction.on_commit(lambda: wake(row.pk), robust=True)
    return row


def retry(row: Job) -> None:
    """Let a failed job try again from the start of its attempts."""
    changed = Job.objects.filter(pk=row.pk, state=JobState.FAILED).update(
        state=JobState.WAITING, attempts=0, finished_at=None, run_after=clock.now()
    )
    if changed:
        transaction.on_commit(lambda: wake(row.pk), robust=True)


def wake(pk: uuid.UUID) -> bool:
    """Knock on the workers' door for one job. False when the door (Redis) is gone: beat will knock again."""
    from .tasks import run_job

    try:
        run_job.apply_async((str(pk),), retry=False)
    except Exception as problem:  # the broker's client raises many kinds; none may break a page
        log.warning("job_wake_failed", job=str(pk), problem=type(problem).__name__)
        return False
    return True


def due(now: datetime) -> models.QuerySet[Job]:
    """Jobs that nobody works on and whose time has come, oldest first."""
    waiting = models.Q(state=JobState.WAITING, run_after__lte=now)
    abandoned = models.Q(state=JobState.RUNNING, lease_until__lt=now)
    return Job.objects.filter(waiting | abandoned).order_by("run_after", "id")


def run(pk: uuid.UUID) -> bool:
    """Take the job and do it. False when another runner has it, it is not due, or it is done."""
    running = _take(pk)
    if running is None:
        return False
    with structlog.contextvars.bound_contextvars(job=str(pk), job_kind=running.row.kind):
        try:
            ports.job_handlers[running.row.kind](running)
            if not running.ended:
                running.end()
        except Lost:
            log.warning("job_lost")
            return False
        except NotYet as later:
            return _put_off(running, later.until)
        except Exception as problem:
            log.exception("job_failed", attempt=running.row.attempts)
            running.fail(problem)
            return False
    return True


def _put_off(running: Running, until: datetime) -> bool:
    """False: the job was not done. Whoever lost it meanwhile changes nothing."""
    try:
        running.put_off(until)
    except Lost:
        log.warning("job_lost")
    return False


def _take(pk: uuid.UUID) -> Running | None:
    now, token = clock.now(), uuid.uuid4()
    taken = (
        due(now)
        .filter(pk=pk)
        .order_by()
        .update(
            state=JobState.RUNNING,
            lease_until=now + LEASE,
            lease_token=token,
            attempts=models.F("attempts") + 1,
        )
    )
    if not taken:
        return None
    row = Job.objects.filter(pk=pk, lease_token=token).first()
    if row is not None and row.attempts > MAX_ATTEMPTS:
        log.error("job_abandoned", job=str(pk), job_kind=row.kind, attempt=row.attempts)
        Running(row).fail(Abandoned(row.key))
        return None
    return Running(row) if row else None
