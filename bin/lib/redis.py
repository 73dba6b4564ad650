"""A private Redis on a socket of our own. It keeps nothing on disk: everything durable is in PostgreSQL."""

import socket
import time
from pathlib import Path

from . import folders
from .console import Stop, tail
from .supervisor import Service, Supervisor

SOCKET = "redis.sock"


def start(layout: folders.Layout, supervisor: Supervisor, environment: dict[str, str]) -> str:
    """Start Redis and return its REDIS_URL once it answers."""
    folder = folders.socket_folder(layout.home / "redis", SOCKET, layout.home / "redis.at")
    path, log = folder / SOCKET, layout.log / "redis.log"
    path.unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    service = supervisor.start(
        Service(
            "redis",
            [
                *["redis-server", "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"],
                *["--save", "", "--appendonly", "no", "--dir", str(folder)],
            ],
            log=log,
            env=environment,
        )
    )
    until = time.monotonic() + 20
    while not answers(path):
        if service.ended or time.monotonic() > until:
            raise Stop(f"Redis が始まりません。記録: {log}\n{tail(log)}")
        time.sleep(0.03)
    return f"unix://{path}?db=0"


def answers(path: Path) -> bool:
    """Whether a Redis behind the socket `path` answers a PING."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False
