"""The virtual environment `.venv`, filled from hash-pinned requirements; filled again only when these changed."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from .console import run

ALL = "requirements-dev.txt"  # holds requirements.txt too
PRODUCT = "requirements.txt"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wanted(root: Path, *, development: bool) -> dict[str, str]:
    """The requirements files that must be installed, with their digests."""
    return {name: digest(root / name) for name in ([PRODUCT, ALL] if development else [PRODUCT])}


def installed(venv: Path) -> dict[str, str]:
    """What an earlier run has installed here."""
    stamp = venv / "installed.json"
    try:
        return dict(json.loads(stamp.read_text()))
    except (OSError, ValueError):
        return {}


def works(venv: Path) -> bool:
    """A venv whose Python is gone (another system, a removed version) is made anew."""
    try:
        return (
            subprocess.run([str(venv / "bin" / "python"), "-c", "import pip"], capture_output=True).returncode
            == 0
        )
    except OSError:
        return False


def ensure(root: Path, log: Path, *, development: bool) -> Path:
    """Make and fill `.venv` as far as needed and return its Python."""
    venv, needed = root / ".venv", wanted(root, development=development)
    python = venv / "bin" / "python"
    if needed.items() <= installed(venv).items() and python.exists():
        return python
    if not works(venv):
        shutil.rmtree(venv, ignore_errors=True)
        run(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} の仮想環境 .venv を作っています",
            [sys.executable, "-m", "venv", str(venv)],
            log=log / "venv.log",
        )
    name = list(needed)[-1]
    run(
        f"Python の部品を入れています ({name}、ハッシュを確かめます)",
        [
            str(python),
            "-m",
            "pip",
            "install",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--no-input",
            "--disable-pip-version-check",
            "-r",
            str(root / name),
        ],
        log=log / "pip.log",
    )
    (venv / "installed.json").write_text(json.dumps(needed))
    return python
