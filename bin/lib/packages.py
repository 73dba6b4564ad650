"""System packages: what is missing here, and how it gets installed. The table is data; nothing is installed twice.

A need is met by a file, whoever put it there, so a newer PostgreSQL from elsewhere counts. Tried on Debian 12; the names
for Ubuntu 24.04 are taken from its package list and not tried.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .console import Stop, run

FONTS = "/usr/share/fonts/**/"


@dataclass(frozen=True, slots=True)
class Need:
    """A package by the name it has in Debian (and in `names` elsewhere), met when one of `signs` exists."""

    package: str
    signs: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, distribution: str) -> str:
        return dict(self.names).get(distribution, self.package)

    def met(self, root: str = "/") -> bool:
        return any(glob.glob(os.path.join(root, sign.lstrip("/")), recursive=True) for sign in self.signs)


POSTGRES = Need("postgresql", ("/usr/lib/postgresql/*/bin/postgres",))
REDIS = Need("redis-server", ("/usr/bin/redis-server", "/usr/local/bin/redis-server"))
HEADLESS = "chromium-headless-shell"  # Chromium without the window nobody sees: a third of its work
CHROMIUM_SIGNS = (
    f"/usr/bin/{HEADLESS}",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/snap/bin/chromium",
    "/usr/bin/google-chrome",
)
ALWAYS = (
    Need("libpango-1.0-0", ("/usr/lib/*/libpango-1.0.so.0",)),
    Need("libpangoft2-1.0-0", ("/usr/lib/*/libpangoft2-1.0.so.0",)),
    Need("libharfbuzz-subset0", ("/usr/lib/*/libharfbuzz-subset.so.0",)),
    Need("fonts-morisawa-bizud-gothic", (FONTS + "BIZUDGothic-Regular.ttf",)),
    Need("fonts-morisawa-bizud-mincho", (FONTS + "BIZUDMincho-Regular.ttf",)),
    Need("fonts-ipamj-mincho", (FONTS + "ipamjm.ttf",)),
    Need("poppler-utils", ("/usr/bin/pdftotext",)),
)
FOR_TESTS = (
    Need("chromium", CHROMIUM_SIGNS, names=(("ubuntu", "chromium-browser"),)),
    Need("fonts-noto-cjk", (FONTS + "NotoSansCJK-Regular.ttc",)),
)


def needs(purpose: str, environment: Mapping[str, str]) -> list[Need]:
    """What `purpose` (demo, test or bench) needs; servers that the environment names elsewhere are not needed here."""
    wanted = list(ALWAYS)
    if not environment.get("DATABASE_URL"):
        wanted.insert(0, POSTGRES)
    if not environment.get("REDIS_URL") or purpose == "test":
        wanted.append(REDIS)
    return wanted + (list(FOR_TESTS) if purpose == "test" else [])


def distribution(text: str) -> str:
    """debian or ubuntu, from the text of os-release; derivatives by ID_LIKE. Raises Stop for other systems."""
    values = dict(re.findall(r'^(ID|ID_LIKE)="?([^"\n]*)"?$', text, re.MULTILINE))
    for word in f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".split():
        if word in {"debian", "ubuntu"}:
            return word
    raise Stop(
        "この命令が自動で準備できるのは Debian 12 と Ubuntu 24.04 です。ほかの環境では docker compose up を使ってください。"
    )


def venv_package(python: str = sys.executable, version: tuple[int, ...] = sys.version_info[:2]) -> list[str]:
    """The package that lets this Python make virtual environments, when the system's Python lacks it."""
    if not python.startswith("/usr/bin/"):
        return []
    return [f"python{version[0]}.{version[1]}-venv"]


def can_make_venv() -> bool:
    """Debian ships Python without ensurepip; then `python -m venv` cannot work."""
    done = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True)
    return done.returncode == 0


def missing(
    purpose: str, environment: Mapping[str, str], *, root: str = "/", venv_ready: bool | None = None
) -> list[str]:
    """Names of the packages that have to be installed here."""
    absent = [need for need in needs(purpose, environment) if not need.met(root)]
    ready = can_make_venv() if venv_ready is None else venv_ready
    if not absent and ready:
        return []
    kind = distribution(Path(root, "etc/os-release").read_text())
    return [need.name_in(kind) for need in absent] + ([] if ready else venv_package())


def command_for(packages: Iterable[str]) -> str:
    """The one line that a person with administrator's rights runs."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def may_install(sudo: Callable[[], bool] | None = None) -> list[str] | None:
    """The words to put before apt-get: nothing as root, `sudo -n` when that works, None when there is no right."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if (sudo or _sudo_works)() else None


def _sudo_works() -> bool:
    return (
        bool(shutil.which("sudo"))
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    )


def lighter(packages: list[str], known: Callable[[str], bool] | None = None) -> list[str]:
    """The same with Chromium's headless build, where the system offers it (Debian since 12; the lists must be fresh)."""
    if "chromium" not in packages or not (known or _is_offered)(HEADLESS):
        return packages
    return [HEADLESS if name == "chromium" else name for name in packages]


def _is_offered(package: str) -> bool:
    return subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0


def install(packages: list[str], *, command: str, log: Path) -> None:
    """Install `packages`, or raise Stop with exactly the command a person has to run."""
    if not packages:
        return
    prefix = may_install()
    if prefix is None:
        raise Stop(
            f"足りない部品があります。管理者の権限で次の1行を実行してから、もう一度 {command} を実行してください。\n\n"
            f"  {command_for(packages)}\n"
        )
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    run(
        "部品の一覧を新しくしています (apt-get update)",
        [*quiet, "update"],
        log=log.with_name("apt-update.log"),
    )
    packages = lighter(packages)
    run(
        f"部品を入れています: {' '.join(packages)}",
        [*quiet, "install", "-y", "--no-install-recommends", *packages],
        log=log,
    )
