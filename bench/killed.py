"""Work that is cut off: jobs in a process of their own, ended with SIGKILL as a power cut would end them.

`python -m bench.killed MOMENT JOB…` does the jobs, one after the other, as the clock stands at MOMENT.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import django

from .databases import ROOT

LONGEST = 300.0


def torn(keys: Sequence[UUID], moment: datetime, seen: Callable[[], int], enough: int) -> list[int]:
    """Let the jobs be done until `seen()` is `enough`, and end who does them. What was seen on the way, each figure once.

    Raises SystemExit when it does not come so far.
    """
    found: list[int] = []
    with tempfile.TemporaryFile() as told:
        command = [sys.executable, "-m", "bench.killed", moment.isoformat(), *map(str, keys)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, start_new_session=True)
        began = time.monotonic()
        while (count := seen()) < enough:
            found += [count] if count not in found else []
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                told.seek(0)
                raise SystemExit(f"{count}件で止まりました。\n{told.read().decode(errors='replace')[-4000:]}")
            time.sleep(0.01)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return found


def work(moment: datetime, keys: Sequence[UUID]) -> None:
    from portal.kernel import clock, jobs

    with clock.at(moment):
        for key in keys:
            jobs.run(key)


if __name__ == "__main__":
    django.setup()
    work(datetime.fromisoformat(sys.argv[1]), [UUID(key) for key in sys.argv[2:]])
