"""Workers of one test."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.processes import Worker


@contextmanager
def running(process: Worker) -> Iterator[Worker]:
    """A worker of one test; none of another test's may take the work before it."""
    process.start()
    try:
        yield process
    finally:
        process.stop()
