"""Two at once: run callables in threads of their own, each with its own connection, let go at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

from django.db import connections


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one thread returned, or the exception that ended it."""

    value: Any = None
    error: BaseException | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


def race(*calls: Callable[[], Any], timeout: float = 30.0) -> list[Outcome]:
    """Run all `calls` at once and return their outcomes in order. Use it in `world` tests: threads need committed rows."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Outcome:
        try:
            barrier.wait(timeout)
            return Outcome(value=call())
        except Exception as error:
            return Outcome(error=error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls, timeout=timeout))
