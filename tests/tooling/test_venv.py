"""The virtual environment is filled once, and again only when the requirements changed."""

from pathlib import Path

import pytest

from bin.lib import venv


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A checkout with two requirements files, and the commands that were run in it."""
    for name in (venv.PRODUCT, venv.ALL):
        (tmp_path / name).write_text(name)
    ran: list[str] = []

    def pretend(what: str, command: list[str], *, log: Path) -> None:
        ran.append(" ".join(command))
        (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".venv" / "bin" / "python").touch()

    monkeypatch.setattr(venv, "run", pretend)
    return tmp_path, ran


def fill(root: Path, *, development: bool = False) -> Path:
    return venv.ensure(root, root / "log", development=development)


def test_first_run_makes_and_fills_it_with_hashes_only(checkout: tuple[Path, list[str]]):
    root, ran = checkout
    assert fill(root) == root / ".venv" / "bin" / "python"
    assert len(ran) == 2
    assert " -m venv " in ran[0]
    assert "--require-hashes" in ran[1]
    assert ran[1].endswith(venv.PRODUCT)


def test_second_run_does_nothing(checkout: tuple[Path, list[str]]):
    root, ran = checkout
    fill(root)
    ran.clear()
    fill(root)
    assert ran == []


def test_changed_requirements_are_installed_again(
    checkout: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
):
    root, ran = checkout
    fill(root)
    ran.clear()
    monkeypatch.setattr(venv, "works", lambda folder: True)
    (root / venv.PRODUCT).write_text("changed")
    fill(root)
    assert len(ran) == 1
    assert "--require-hashes" in ran[0]


def test_tests_add_their_own_parts_and_the_demo_takes_nothing_away(
    checkout: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
):
    root, ran = checkout
    monkeypatch.setattr(venv, "works", lambda folder: True)
    fill(root)
    ran.clear()
    fill(root, development=True)
    assert len(ran) == 1
    assert ran[0].endswith(venv.ALL)
    ran.clear()
    fill(root)
    assert ran == []


def test_environment_whose_python_is_gone_is_made_anew(checkout: tuple[Path, list[str]]):
    root, ran = checkout
    fill(root)
    (root / ".venv" / "bin" / "python").unlink()
    (root / ".venv" / "old").touch()
    ran.clear()
    fill(root)
    assert len(ran) == 2
    assert not (root / ".venv" / "old").exists()
