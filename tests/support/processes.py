"""Real processes for tests: Redis, gunicorn, a Celery worker. Each in a process group of its own, ended for certain."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import redis

from .database import ROOT

READY = "this worker takes work"  # said by worker_main
T = TypeVar("T")


def wait_until(probe: Callable[[], T], *, timeout: float = 15.0, what: str = "") -> T:
    """Call `probe` until it returns something true, and return that. Raises AssertionError after `timeout` seconds."""
    end = time.monotonic() + timeout
    while True:
        result = probe()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"{what or probe} did not happen within {timeout} s")
        time.sleep(0.05)


class Process:
    """A process that tests start, stop politely and kill rudely. Its output goes to `log`."""

    def __init__(self, command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None) -> None:
        self.command, self.log, self.env = list(command), log, dict(env or {})
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def start(self, *, pass_fds: Sequence[int] = ()) -> None:
        with self.log.open("ab") as log:
            self._running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=os.environ | self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=pass_fds,
            )

    def stop(self, timeout: float = 10.0) -> None:
        """SIGTERM, wait, then SIGKILL for the whole group."""
        if self._running is None:
            return
        self._running.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._running.wait(timeout)
        self.kill()

    def kill(self) -> None:
        """SIGKILL for the process and all its children, as a power cut would."""
        if self._running is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()
        self._running = None


class RedisServer(Process):
    """A private Redis without memory: after a restart it is empty. `url` stays the same, so settings can name it."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}?db=0"
        super().__init__(
            [
                "redis-server",
                *f"--port 0 --unixsocket {self.socket} --unixsocketperm 700 --appendonly no --dir {folder}".split(),
                *["--save", ""],
            ],
            log=folder / "redis.log",
        )

    def start(self, *, pass_fds: Sequence[int] = ()) -> None:
        super().start(pass_fds=pass_fds)
        wait_until(self.answers, what="Redis answers")

    def answers(self) -> bool:
        with redis.Redis(unix_socket_path=str(self.socket), db=0) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False

    def stop(self, timeout: float = 10.0) -> None:
        super().stop(timeout)
        self.socket.unlink(missing_ok=True)


class Server(Process):
    """The portal under gunicorn on a port of its own, with so many processes of four threads."""

    def __init__(self, folder: Path, env: Mapping[str, str], *, workers: int = 1) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        super().__init__(
            [
                *[sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"fd://{self._socket.fileno()}"],
                *f"--worker-class gthread --workers {workers} --threads 4 --graceful-timeout 2 --no-control-socket".split(),
            ],
            log=folder / "web.log",
            env={**env, "PROCESS": "web", "BASE_URL": self.url},
        )

    def start(self, *, pass_fds: Sequence[int] = ()) -> None:
        super().start(pass_fds=[self._socket.fileno(), *pass_fds])
        wait_until(self.answers, timeout=60, what="the portal answers")

    def answers(self) -> bool:
        """Whether /healthz is well. The socket listens from the beginning, so asking waits for the answer."""
        assert self.alive, self.output
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=30) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self, timeout: float = 10.0) -> None:
        super().stop(timeout)
        self._socket.close()


class Worker(Process):
    """A Celery worker; `ready` waits until it takes work."""

    def __init__(self, folder: Path, env: Mapping[str, str], *, name: str = "worker") -> None:
        super().__init__(
            [
                *[
                    sys.executable,
                    "-m",
                    "tests.support.worker_main",
                    "--concurrency",
                    "1",
                    "--without-gossip",
                ],
                *["--without-mingle", "--hostname", f"{name}@%h"],
            ],
            log=folder / f"{name}.log",
            env={**env, "PROCESS": "worker"},
        )

    def start(self, *, pass_fds: Sequence[int] = ()) -> None:
        before = len(self.output)
        super().start(pass_fds=pass_fds)
        wait_until(
            lambda: READY in self.output[before:] or not self.alive,
            timeout=60,
            what="the worker is ready",
        )
        assert self.alive, self.output[before:]
