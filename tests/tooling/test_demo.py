"""bin/demo's own decisions: arguments, ports, what a second start leaves out, the secret, the lock."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bin.lib import demo, prepare
from bin.lib.console import Stop, run
from bin.lib.demo import Stamps, listen, parse
from bin.lib.folders import Layout
from tests.support.database import ROOT


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], (None, False, 0)),
        (["--port", "8123"], (8123, False, 0)),
        (["--reset", "--scale", "1000"], (None, True, 1000)),
    ],
)
def test_arguments(words: list[str], expected: tuple[int | None, bool, int]):
    options = parse(words)
    assert (options.port, options.reset, options.scale) == expected


@pytest.mark.parametrize(
    "words",
    [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--scale", "-1"], ["--scale", "many"], ["what"]],
)
def test_arguments_that_make_no_sense_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as refused:
        parse(words)
    assert refused.value.code == 2
    assert "bin/demo" in capsys.readouterr().err


def test_port_that_is_taken_is_left_for_the_next_one(monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(demo, "DEFAULT_PORT", taken.getsockname()[1])
        with listen(None) as found:
            assert found.getsockname()[0] == "127.0.0.1"
            assert found.getsockname()[1] > taken.getsockname()[1]


def test_port_that_a_person_asked_for_is_never_replaced():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Stop, match=f"{port}.*--port"):
            listen(port)


def test_stamps_leave_out_what_is_done_and_see_what_changed(tmp_path: Path):
    Stamps(tmp_path / "done.json", trusted=True).done("migrate", "a")
    stamps = Stamps(tmp_path / "done.json", trusted=True)
    assert not stamps.due("migrate", "a")
    assert stamps.due("migrate", "b")
    assert stamps.due("seed_demo", "a")


def test_stamps_of_a_database_that_others_change_leave_out_nothing(tmp_path: Path):
    stamps = Stamps(tmp_path / "done.json", trusted=False)
    stamps.done("migrate", "a")
    assert stamps.due("migrate", "a")


def test_secret_key_is_made_once_and_closed_to_others(tmp_path: Path):
    layout = Layout(tmp_path, "demo")
    layout.make()
    first = prepare.secret_key(layout)
    assert len(first) > 60
    assert prepare.secret_key(layout) == first
    assert (tmp_path / ".local" / "secret").stat().st_mode & 0o777 == 0o600


def test_environment_of_a_person_wins_but_the_process_kind_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example.test")
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("PROCESS", "worker")
    layout = Layout(tmp_path, "demo")
    layout.make()
    environment = prepare.base_environment(layout, Path(sys.executable))
    assert environment["EMAIL_URL"] == "smtp://mail.example.test"
    assert environment["SECRET_KEY"] == prepare.secret_key(layout)
    assert "PROCESS" not in environment
    assert environment["DEMO"] == "1"


def test_second_command_in_the_same_checkout_is_refused(tmp_path: Path):
    layout = Layout(tmp_path, "demo")
    with prepare.locked(layout, "bin/demo"):
        with pytest.raises(Stop, match="もう動いています"), prepare.locked(layout, "bin/demo"):
            pass
        with prepare.locked(Layout(tmp_path, "test"), "bin/test"):
            pass
    with prepare.locked(layout, "bin/demo"):
        pass


def test_reset_never_touches_a_database_of_the_persons_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    with pytest.raises(Stop, match="DATABASE_URL"), prepare.ground("demo", reset=True):
        pass


def test_failing_step_ends_with_the_end_of_its_log(tmp_path: Path):
    with pytest.raises(Stop, match=r"(?s)終了コード 3.*the reason"):
        run("ためし", [sys.executable, "-c", "print('the reason'); exit(3)"], log=tmp_path / "log" / "x")


@pytest.mark.parametrize("name", ["demo", "test", "bench"])
def test_scripts_are_small_executable_and_valid_bash(name: str):
    script = ROOT / "bin" / name
    assert os.access(script, os.X_OK)
    assert len(script.read_text().splitlines()) <= 10
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_scripts_work_from_any_folder(tmp_path: Path):
    done = subprocess.run(
        [ROOT / "bin" / "demo", "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "--reset" in done.stdout


def test_ci_runs_the_same_command_as_a_person():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines == ["#!/usr/bin/env bash", 'exec "$(dirname "$0")/../bin/test"']
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_scripts_need_nothing_but_the_standard_library():
    allowed = sys.stdlib_module_names | {"bin"}
    for path in (ROOT / "bin" / "lib").glob("*.py"):
        for line in path.read_text().splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]) and not words[1].startswith("."):
                assert words[1].partition(".")[0].rstrip(",") in allowed, f"{path.name}: {line}"
