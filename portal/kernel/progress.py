"""Progress of a job whose work is one long transaction: told beside it, since nothing inside is seen before its end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError, connection

from .jobs import Lost, Running

EVERY = 1.0  # seconds between two looks
log = structlog.get_logger("jobs")


@contextmanager
def told(job: Running) -> Iterator[Callable[[int, int], None]]:
    """Give a function (done, total) to call inside the work; another connection writes it down and keeps the lease.

    Leave it before the transaction's end, then `job.hold()`: a runner that has lost its job finds out there.
    """
    numbers = [0, 0]
    ended = threading.Event()

    def tell() -> None:
        try:
            while not ended.wait(EVERY):
                job.progress(*numbers)
        except (Lost, DatabaseError) as problem:
            log.warning("job_progress_untold", problem=type(problem).__name__)
        finally:
            connection.close()

    def note(done: int, total: int) -> None:
        numbers[:] = [done, total]

    teller = threading.Thread(target=tell, daemon=True, name=f"progress-{job.row.pk}")
    teller.start()
    try:
        yield note
    finally:
        ended.set()
        teller.join()
