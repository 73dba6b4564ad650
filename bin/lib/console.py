"""What a person sees while a command works: lines with the seconds since the start, and signs of life in long steps."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

STARTED = time.monotonic()
SIGN_OF_LIFE = 10.0  # seconds between two lines of a long step


class Stop(Exception):
    """Ends the command with this message and exit code; never with a traceback."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(text: str) -> None:
    """Print one line of progress."""
    print(f"[{time.monotonic() - STARTED:6.1f} 秒] {text}", flush=True)


def tail(log: Path, lines: int = 25) -> str:
    """The last lines of a log, for messages about what went wrong."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def run(
    what: str,
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run `command` as one named step, its output in `log`. Raises Stop with the end of the log when it fails."""
    say(what)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env, cwd=cwd
        )
        try:
            while True:
                try:
                    code = process.wait(SIGN_OF_LIFE)
                    break
                except subprocess.TimeoutExpired:
                    say("  … まだ続いています")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code:
        raise Stop(f"「{what}」が失敗しました（終了コード {code}）。記録: {log}\n{tail(log)}")


def fail(stop: Stop) -> int:
    """Print why the command ends, and return its exit code."""
    sys.stdout.flush()
    print(f"\n{stop}", file=sys.stderr, flush=True)
    return stop.code
