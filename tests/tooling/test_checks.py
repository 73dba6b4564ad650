"""bin/test: everything runs, pytest comes last, and one failure anywhere is a failure of the whole."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from bin.lib import checks
from bin.lib.checks import Check

BESIDE = ("/ruff ", "/lint-imports", "/mypy")
DATABASES = '{"DATABASE_URL": "postgres://new/test_e"}'


class Runs:
    """Stands in for subprocess: notes what would run, and lets the commands that contain `failing` fail."""

    def __init__(self, failing: str = "") -> None:
        self.failing, self.made = failing, []  # type: ignore[var-annotated]

    @property
    def commands(self) -> list[str]:
        return [line for line, _ in self.made]

    @property
    def of_the_database(self) -> list[str]:
        """Without what runs beside it."""
        return [line for line in self.commands if not any(name in line for name in BESIDE)]

    def run(self, command: list[str], **options: object) -> SimpleNamespace:
        line = " ".join(map(str, command))
        self.made.append((line, options.get("env", {}).get("DATABASE_URL", "")))  # type: ignore[attr-defined]
        failed = bool(self.failing) and self.failing in line
        return SimpleNamespace(returncode=int(failed), stdout=DATABASES, stderr="")


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """`start(runs, arguments)` runs the command in a prepared place and returns its exit code."""

    @contextmanager
    def prepared(purpose: str) -> Iterator[SimpleNamespace]:
        (tmp_path / "log").mkdir(exist_ok=True)
        layout = SimpleNamespace(home=tmp_path, log=tmp_path / "log")
        yield SimpleNamespace(
            layout=layout, python="/venv/bin/python", environment={"DATABASE_URL": "postgres://mine"}
        )

    def run(runs: Runs, arguments: list[str]) -> int:
        monkeypatch.setattr(checks, "ground", prepared)
        monkeypatch.setattr(checks, "subprocess", SimpleNamespace(run=runs.run, DEVNULL=subprocess.DEVNULL))
        return checks.main(arguments)

    return run


def test_everything_runs_and_pytest_is_last(start):
    runs = Runs()
    assert start(runs, []) == 0
    text = "\n".join(runs.commands)
    for part in ("ruff check", "ruff format --check", "lint-imports", "mypy", "makemigrations --check", "check --deploy",
                 "migrate", "seed_demo", "verify_audit"):  # fmt: skip
        assert part in text
    assert runs.commands[-1].endswith("-m pytest -n 2 --dist loadgroup -q")


def test_arguments_go_to_pytest_and_nothing_else_runs(start):
    runs = Runs()
    assert start(runs, ["tests/kernel", "-k", "clock"]) == 0
    assert runs.commands == ["/venv/bin/python -m pytest tests/kernel -k clock"]


@pytest.mark.parametrize("failing", ["ruff check", "mypy", "check --deploy", "seed_demo", "-m pytest"])
def test_one_failure_fails_the_whole_but_stops_nothing(start, failing: str):
    whole, runs = Runs(), Runs(failing)
    start(whole, [])
    assert start(runs, []) == 1
    assert sorted(runs.commands) == sorted(whole.commands)
    assert runs.of_the_database == whole.of_the_database


def test_the_template_of_the_tests_is_kept_between_master_data_and_demo(start):
    runs = Runs()
    start(runs, [])
    lines = runs.of_the_database
    place = next(place for place, line in enumerate(lines) if line.endswith("tests.support.database keep"))
    assert lines[place - 1].endswith("load_areas")
    assert lines[place + 1].endswith("load_programmes")
    assert (
        dict(runs.made)[lines[place]] == "postgres://mine"
    )  # whose name the names of the tests' databases begin with


@pytest.mark.parametrize("failing", ["manage.py migrate", "load_areas"])
def test_no_template_is_kept_of_a_database_that_is_not_whole(start, failing: str):
    runs = Runs(failing)
    assert start(runs, []) == 1
    assert not any("keep" in line for line in runs.commands)
    assert "-m pytest" in runs.commands[-1]


def test_demo_is_seeded_into_a_database_of_its_own_and_never_into_a_given_one(start):
    runs = Runs()
    start(runs, [])
    for command, database in runs.made:
        if any(name in command for name in ("migrate", "load_", "seed_demo")):
            assert database == "postgres://new/test_e", command


def test_failing_check_shows_what_it_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    said = Check("sample", ["sh", "-c", "echo the reason; exit 4"])
    assert not checks.perform(said, {"PATH": "/usr/bin:/bin"}, tmp_path)
    assert "the reason" in capsys.readouterr().out
    assert checks.perform(Check("sample", ["true"]), {"PATH": "/usr/bin:/bin"}, tmp_path)
    assert "the reason" not in capsys.readouterr().out
