"""Starts processes, watches them, and leaves none behind.

Each runs in a process group of its own, so Ctrl-C reaches only this process; it then stops the others in reverse order:
their own signal first, SIGKILL for what is left of the group after ten seconds. Should this process be killed itself,
the kernel sends every child its signal (setpriv --pdeathsig).
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from .console import Stop, tail

STORES = {"postgres", "redis"}  # stopped last
PATIENCE = 10.0  # seconds between a service's own signal and SIGKILL


@dataclass(slots=True)
class Service:
    """One process: what runs, as whom (`prefix`), and which signal ends it (`TERM`, or `INT` for PostgreSQL)."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str]
    prefix: Sequence[str] = ()
    stop_signal: str = "TERM"
    pass_fds: Sequence[int] = ()
    cwd: Path | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        words = [*(self.prefix or ["setpriv"]), "--pdeathsig", self.stop_signal, "--", *self.command]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.env),
                cwd=self.cwd,
                start_new_session=True,
                pass_fds=self.pass_fds,
            )

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def signal(self) -> None:
        if self.process is not None and not self.ended:
            self.process.send_signal(getattr(signal, f"SIG{self.stop_signal}"))

    def finish(self, until: float) -> None:
        """Wait until the clock shows `until`, then end what is left of the group."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """`with Supervisor() as supervisor:` – whatever happens inside, nothing that it started outlives the block."""

    def __init__(self) -> None:
        self.services: list[Service] = []
        self._before: dict[int, object] = {}

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._asked_to_stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not interrupt the cleaning up
        self.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    @staticmethod
    def _asked_to_stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    def start(self, service: Service) -> Service:
        self.services.append(service)
        service.start()
        return service

    def stop(self) -> None:
        """Stop all: first what stands on PostgreSQL and Redis, then these two."""
        late = [service for service in self.services if service.name in STORES]
        for group in ([service for service in self.services if service not in late], late):
            for service in group:
                service.signal()
            until = time.monotonic() + PATIENCE
            for service in group:
                service.finish(until)
        self.services.clear()

    def check(self) -> None:
        """Raises Stop when a service has ended by itself."""
        for service in self.services:
            if service.ended:
                raise Stop(f"{service.name} が止まりました。記録: {service.log}\n{tail(service.log)}")

    def watch(self, until: float = float("inf")) -> None:
        """Sleep until the clock shows `until` (default: until Ctrl-C), raising Stop when a service ends."""
        while time.monotonic() < until:
            self.check()
            time.sleep(0.3)
