"""Servers to measure: gunicorn with the product's own settings, one for each database; and a client that keeps alive."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .databases import ROOT, Database

GUNICORN = "--worker-class gthread --workers 2 --threads 4 --graceful-timeout 5 --no-control-socket".split()
KEEP_ALIVE = ["--keep-alive", "75"]  # as behind nginx: the connection stays between two pages


class Visitor:
    """One connection that stays open. `fetch` gives the seconds until the last byte, and the page."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def fetch(self, path: str, cookie: str = "") -> tuple[float, bytes]:
        """Raises RuntimeError for any answer but 200."""
        headers = {"Cookie": cookie} if cookie else {}
        began = time.perf_counter()
        try:
            self._connection.request("GET", path, headers=headers)
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # a worker that was replaced took the connection with it
            self._connection.close()
            self._connection.request("GET", path, headers=headers)
            answer = self._connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}\n{body[:2000].decode(errors='replace')}")
        return took, body

    def close(self) -> None:
        self._connection.close()


@contextmanager
def serving(database: Database) -> Iterator[Visitor]:
    """The product and the floors on `database`, and a visitor; stopped afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "gunicorn.log"
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as gunicorn does for its own
        port = listener.getsockname()[1]
        process = _start(database, listener, log)
        visitor = Visitor(port)
        try:
            _wait(visitor, process, log)
            yield visitor
        except (RuntimeError, OSError) as problem:
            raise SystemExit(f"{problem}\n{log.read_text(errors='replace')[-4000:]}") from problem
        finally:
            visitor.close()
            stop(process)


def _start(database: Database, listener: socket.socket, log: Path) -> subprocess.Popen[bytes]:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    environment = database.environment | {
        "DJANGO_SETTINGS_MODULE": "bench.floors.settings",
        "PROCESS": "web",
        "BASE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    program = [sys.executable, "-m", "gunicorn", "bench.floors.wsgi", "--bind", f"fd://{listener.fileno()}"]
    with log.open("ab") as output:
        return subprocess.Popen(
            [*program, *GUNICORN, *KEEP_ALIVE],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            pass_fds=[listener.fileno()],
        )


def _wait(visitor: Visitor, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            visitor.fetch("/healthz")
            return
        except (OSError, http.client.HTTPException, RuntimeError):
            visitor.close()
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(
                    f"サーバーが始まりません。\n{log.read_text(errors='replace')[-4000:]}"
                ) from None
            time.sleep(0.2)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
