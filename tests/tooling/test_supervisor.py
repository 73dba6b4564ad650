"""The supervisor with real processes: nothing outlives it, politely or not."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bin.lib import supervisor
from bin.lib.console import Stop
from bin.lib.supervisor import Service, Supervisor
from tests.support.processes import wait_until

CHILD = """
import pathlib, signal, subprocess, sys, time
note = pathlib.Path(sys.argv[1])
signal.signal(signal.SIGTERM, {on_term})
grandchild = subprocess.Popen(["sleep", "300"])
note.write_text(f"{{__import__('os').getpid()}} {{grandchild.pid}}")
time.sleep(300)
"""
POLITE = CHILD.format(on_term="lambda *_: (grandchild.kill(), sys.exit(0))")
STUBBORN = CHILD.format(on_term="signal.SIG_IGN")


def alive(pid: int) -> bool:
    """Whether a process runs; a dead one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def service(folder: Path, name: str, script: str) -> Service:
    return Service(
        name,
        [sys.executable, "-c", script, str(folder / name)],
        log=folder / f"{name}.log",
        env=dict(os.environ),
    )


def pids(folder: Path, *names: str) -> list[int]:
    wait_until(lambda: all((folder / name).exists() and (folder / name).read_text() for name in names))
    return [int(word) for name in names for word in (folder / name).read_text().split()]


def test_supervisor_leaves_no_process_also_no_stubborn_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supervisor, "PATIENCE", 0.5)
    with Supervisor() as running:
        running.start(service(tmp_path, "polite", POLITE))
        running.start(service(tmp_path, "stubborn", STUBBORN))
        started = pids(tmp_path, "polite", "stubborn")
        assert all(alive(pid) for pid in started)
    # Killed is killed; a busy machine may take a moment to say so.
    wait_until(lambda: not any(alive(pid) for pid in started), timeout=5, what="all processes end")


def test_supervisor_stops_everything_when_the_block_fails(tmp_path: Path):
    started: list[int] = []

    def fail_in_the_middle() -> None:
        with Supervisor() as running:
            running.start(service(tmp_path, "polite", POLITE))
            started.extend(pids(tmp_path, "polite"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    assert started
    wait_until(lambda: not any(alive(pid) for pid in started), timeout=5, what="all processes end")


def test_supervisor_reports_a_service_that_ends_by_itself(tmp_path: Path):
    with Supervisor() as running:
        running.start(service(tmp_path, "short", "print('why it ended')"))
        with pytest.raises(Stop, match="why it ended"):
            running.watch()


def test_supervisor_stops_stores_after_what_stands_on_them(tmp_path: Path):
    order = tmp_path / "order"
    script = textwrap.dedent(
        """
        import pathlib, signal, sys, time
        def end(*_):
            open(r"{order}", "a").write("{name} ")
            sys.exit(0)
        signal.signal(signal.SIGTERM, end)
        pathlib.Path(sys.argv[1]).write_text(str(__import__("os").getpid()))
        time.sleep(300)
        """
    )
    names = ["postgres", "web", "redis"]
    with Supervisor() as running:
        for name in names:
            running.start(service(tmp_path, name, script.format(order=order, name=name)))
        pids(tmp_path, *names)
    assert order.read_text().split()[0] == "web"
    assert sorted(order.read_text().split()) == sorted(names)


MAIN = """
import os, sys, pathlib
sys.path.insert(0, {root!r})
from bin.lib.supervisor import Service, Supervisor
try:
    with Supervisor() as running:
        running.start(Service("child", [sys.executable, "-c", sys.argv[1], sys.argv[2]],
                              log=pathlib.Path(sys.argv[2] + ".log"), env=dict(os.environ)))
        running.watch()
except KeyboardInterrupt:
    sys.exit(7)
"""


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 7), (signal.SIGTERM, 7), (signal.SIGHUP, 7), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_supervisor_that_is_ended_takes_its_processes_with_it(tmp_path: Path, number: int, code: int):
    root = str(Path(supervisor.__file__).resolve().parents[2])
    words = [sys.executable, "-c", MAIN.format(root=root), POLITE, str(tmp_path / "child")]
    main = subprocess.Popen(words, start_new_session=True)
    started = pids(tmp_path, "child")
    assert all(alive(pid) for pid in started)
    main.send_signal(number)
    assert main.wait(10) == code
    wait_until(lambda: not any(alive(pid) for pid in started), timeout=5, what="all processes end")
