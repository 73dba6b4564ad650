"""bin/test: the house rules, then all tests. With arguments: only pytest, with those."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .console import Stop, fail, say, tail
from .prepare import ROOT, Ground, ground

SOURCES = ["portal", "communities", "grants", "bench", "bin", "tests", "manage.py"]
PYTEST = ["-n", "2", "--dist", "loadgroup", "-q"]


@dataclass(frozen=True, slots=True)
class Check:
    """One named command that must end with 0."""

    name: str
    command: Sequence[str]
    settings: str = "portal.settings.test"


def static_checks(python: str) -> list[Check]:
    """What needs no database."""
    tools = Path(python).parent
    return [
        Check("ruff check", [str(tools / "ruff"), "check", *SOURCES]),
        Check("ruff format", [str(tools / "ruff"), "format", "--check", *SOURCES]),
        Check("import-linter", [str(tools / "lint-imports")]),
        Check("mypy", [str(tools / "mypy")]),
    ]


def filling_checks(python: str) -> list[Check]:
    """What needs a database: an empty one is filled by migrations and master data alone."""
    manage = [python, "manage.py"]
    return [
        Check("makemigrations --check", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check(
            "check --deploy",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            "portal.settings.base",
        ),
        Check("migrate (空から)", [*manage, "migrate", "--noinput", "-v0"]),
        Check("load_areas", [*manage, "load_areas"]),
    ]


def keeping_check(python: str) -> Check:
    """The database as it is now becomes the tests' template; it is not migrated a second time."""
    return Check("template", [python, "-m", "tests.support.database", "keep"])


def demo_checks(python: str) -> list[Check]:
    """The same database becomes the demo by actions alone."""
    return [
        Check(name, [python, "manage.py", name], "portal.settings.demo")
        for name in ("load_programmes", "load_indicators", "seed_demo", "verify_audit")
    ]


def perform(check: Check, environment: dict[str, str], log: Path) -> bool:
    """Run one check and print its name, time and – when it fails – what it said."""
    started, path = time.monotonic(), log / f"check-{check.name.split()[0]}.log"
    with path.open("wb") as output:
        code = subprocess.run(
            check.command,
            cwd=ROOT,
            env=environment | {"DJANGO_SETTINGS_MODULE": check.settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ).returncode
    say(f"{'よい' if code == 0 else 'だめ'}  {check.name}  {time.monotonic() - started:.1f} 秒")
    if code:
        print(tail(path, 60), flush=True)
    return code == 0


def empty_database(here: Ground) -> dict[str, str]:
    """The addresses of a new, empty database beside the configured one, which the tests never touch."""
    words = [str(here.python), "-m", "tests.support.database"]
    done = subprocess.run(words, cwd=ROOT, env=here.environment, text=True, capture_output=True)
    if done.returncode:
        raise Stop(
            f"空のデータベースを作れません。OWNER_DATABASE_URL の役割に CREATEDB が要ります。\n{done.stderr}"
        )
    return dict(json.loads(done.stdout))


def all_checks(here: Ground) -> bool:
    """Run every check, also after one has failed; what needs no database runs beside the rest. Returns whether all were good."""
    here.environment["MYPY_CACHE_DIR"] = str(here.layout.home / "mypy")
    python = str(here.python)
    with ThreadPoolExecutor(max_workers=1) as beside:
        read = beside.submit(
            lambda: [perform(check, here.environment, here.layout.log) for check in static_checks(python)]
        )
        filled = database_checks(here, python)
        return all([*read.result(), *filled])


def database_checks(here: Ground, python: str) -> list[bool]:
    """Fill an empty database, keep it as the tests' template, make it the demo. Whether each check was good.

    The tests copy the demo that was made here, when it is whole.
    """
    results = []
    files = here.layout.home / "empty-files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True)
    environment = here.environment | empty_database(here)
    environment |= {"MEDIA_ROOT": str(files), "SECURE_SSL_REDIRECT": "1"}
    for check in filling_checks(python):
        results.append(perform(check, environment, here.layout.log))
    if all(results[-2:]):  # migrate and load_areas
        results.append(perform(keeping_check(python), here.environment, here.layout.log))
    for check in demo_checks(python):
        results.append(perform(check, environment, here.layout.log))
    if all(results):
        made = urlsplit(environment["DATABASE_URL"]).path.lstrip("/")
        here.environment |= {"TEST_DEMO_DATABASE": made, "TEST_DEMO_FILES": str(files)}
    return results


def pytest(here: Ground, arguments: Sequence[str]) -> int:
    """Run pytest in the open: its closing lines are the last thing on the screen."""
    return subprocess.run(
        [str(here.python), "-m", "pytest", *arguments], cwd=ROOT, env=here.environment
    ).returncode


def main(arguments: Sequence[str]) -> int:
    if list(arguments) in (["-h"], ["--help"]):
        print(
            "bin/test            すべて: 書き方、型、階、移行、全テスト\nbin/test 引数…      pytest だけを、その引数で"
        )
        return 0
    try:
        with ground("test") as here:
            here.environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
            if arguments:
                return pytest(here, arguments)
            good = all_checks(here)
            if not good:
                say("上の検査に通らなかったものがあります。テストも続けますが、結果は失敗です。")
            code = pytest(here, PYTEST)
            return code or (0 if good else 1)
    except Stop as stop:
        return fail(stop)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
