"""Where things lie: everything under `.local/`, unless a server's user cannot reach it or a socket's path gets too long.

What lies elsewhere has a pointer in `.local/`, so that every start finds it and `--reset` removes it.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SOCKET_LIMIT = 107  # bytes of a unix socket's path, the closing zero counted
ELSEWHERE = Path("/var/lib/kyodo-hiroba")


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one purpose (demo, test, bench) of one checkout."""

    root: Path
    purpose: str

    @property
    def local(self) -> Path:
        return self.root / ".local"

    @property
    def home(self) -> Path:
        return self.local / self.purpose

    @property
    def log(self) -> Path:
        return self.home / "log"

    def make(self) -> None:
        for folder in (self.local, self.home, self.log):
            folder.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o755)


def fits(folder: Path, name: str) -> bool:
    """Whether a socket called `name` in `folder` stays under the system's limit."""
    return len(os.fsencode(folder / name)) < SOCKET_LIMIT


def can_enter(folder: Path, prefix: list[str]) -> bool:
    """Whether the user that `prefix` turns into may enter `folder` (every parent must let it through)."""
    return subprocess.run([*prefix, "test", "-x", str(folder)], cwd="/", capture_output=True).returncode == 0


def read_pointer(pointer: Path) -> Path | None:
    """The folder that `pointer` leads to, if it is still there."""
    if not pointer.exists():
        return None
    target = Path(pointer.read_text().strip())
    return target if target.is_dir() else None


def data_folder(layout: Layout, prefix: list[str], elsewhere: Path = ELSEWHERE) -> Path:
    """The folder that holds PostgreSQL's data and socket, open to the server's user; made if it is not there.

    Inside `.local/` when that user can get there, otherwise in a folder of its own with a pointer `server.at`.
    """
    pointer = layout.home / "server.at"
    known = read_pointer(pointer)
    if known:
        return known
    inside = layout.home / "server"
    if inside.is_dir() or can_enter(layout.home, prefix):
        inside.mkdir(exist_ok=True)
        return inside
    elsewhere.mkdir(parents=True, exist_ok=True)
    # A name never used before: a new clone at an old path must not find the data of the old one.
    target = Path(tempfile.mkdtemp(prefix=f"{layout.purpose}-", dir=elsewhere))
    for folder in (elsewhere, target):
        folder.chmod(0o755)
    pointer.write_text(f"{target}\n")
    return target


def socket_folder(preferred: Path, name: str, pointer: Path) -> Path:
    """A folder with mode 0700 for the socket `name`: `preferred`, or a short one in the temporary folder with a pointer."""
    if fits(preferred, name):
        preferred.mkdir(parents=True, exist_ok=True)
        preferred.chmod(0o700)
        return preferred
    known = read_pointer(pointer)
    if known and _is_safe(known):
        return known
    made = Path(tempfile.mkdtemp(prefix="hiroba-", dir="/tmp"))
    pointer.write_text(f"{made}\n")
    return made


def _is_safe(folder: Path) -> bool:
    """A folder in /tmp is ours only if nobody else could have made it or can look into it."""
    found = folder.lstat()
    return (
        stat.S_ISDIR(found.st_mode)
        and stat.S_IMODE(found.st_mode) == 0o700
        and (os.geteuid() in {0, found.st_uid})
    )


def erase(layout: Layout) -> None:
    """Remove everything of this purpose, also what its pointers lead to."""
    for pointer in layout.home.glob("*.at"):
        target = read_pointer(pointer)
        if target:
            shutil.rmtree(target)
    shutil.rmtree(layout.home, ignore_errors=True)
