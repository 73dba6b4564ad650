"""How much a process grows while it does the same thing again and again."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Growth:
    """`grown_mb` is resident memory at the end less that after the warm-up; `median_ms` the time of one call."""

    grown_mb: float
    resident_mb: float
    median_ms: float


def growth_over(do: Callable[[], object], *, times: int = 200, warm_up: int = 10) -> Growth:
    """Call `do` and measure this process (Linux: /proc). Papers may grow by 20 MB over 200 (the project's bar)."""
    for _ in range(warm_up):
        do()
    gc.collect()
    before = resident_mb()
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        do()
        spent.append((time.perf_counter() - started) * 1000)
    gc.collect()
    after = resident_mb()
    return Growth(round(after - before, 1), round(after, 1), round(median(spent), 1))


def resident_mb() -> float:
    """Resident memory of this process in megabytes."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1000
