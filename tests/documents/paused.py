"""A worker that stops at one point of rendering, says so in a file, and waits until that file is gone (or it is killed).

Started by test_faults as `python -m tests.documents.paused`. It runs the product's own code; only the point of the
stop is set from outside: after_lease (before rendering), after_render, before_commit (file stored, row not committed).
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init

from portal.celery import app
from tests.support import worker_main  # noqa: F401 - it says when the worker takes work

POINT = os.environ.get("PAUSE_AT", "")
FLAG = Path(os.environ.get("PAUSE_FLAG", "/nonexistent"))


def wait() -> None:
    FLAG.write_text(POINT)
    while FLAG.exists():
        time.sleep(0.05)


def before(work: Callable[..., Any]) -> Callable[..., Any]:
    def stopped(*args: Any, **kwargs: Any) -> Any:
        wait()
        return work(*args, **kwargs)

    return stopped


def after(work: Callable[..., Any]) -> Callable[..., Any]:
    def stopped(*args: Any, **kwargs: Any) -> Any:
        result = work(*args, **kwargs)
        wait()
        return result

    return stopped


@worker_process_init.connect
def set_point(**kwargs: Any) -> None:
    from portal.documents import actions, papers

    if POINT == "after_lease":
        papers.content = before(papers.content)
    elif POINT == "after_render":
        papers.content = after(papers.content)
    elif POINT == "before_commit":
        actions._finish = after(actions._finish)


if __name__ == "__main__":
    app.worker_main(["worker", *sys.argv[1:]])
