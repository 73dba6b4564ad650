"""Counting SQL the way the product's limits are written: BEGIN, COMMIT and savepoints are not queries."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def counted(captured: CaptureQueriesContext) -> list[str]:
    """The statements that count."""
    return [
        q["sql"] for q in captured.captured_queries if not q["sql"].lstrip().upper().startswith(NOT_COUNTED)
    ]


@contextmanager
def assert_queries(expected: int) -> Iterator[CaptureQueriesContext]:
    """Fail, and print the statements, when the block does not run exactly `expected` of them."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    statements = counted(captured)
    listing = "\n".join(f"{number}. {statement}" for number, statement in enumerate(statements, 1))
    assert len(statements) == expected, f"{len(statements)} statements instead of {expected}:\n{listing}"


@contextmanager
def watched_writes() -> Iterator[list[str]]:
    """The tables that the block's statements write to, in order; no statement is added."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(str(sql)):
            written.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
