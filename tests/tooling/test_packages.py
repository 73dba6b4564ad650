"""Package names are data: Debian 12 is tried with real clones; Ubuntu 24.04 only here, by its names."""

import os
from pathlib import Path

import pytest

from bin.lib import packages
from bin.lib.console import Stop

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
UBUNTU = 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
PRODUCT = {
    "postgresql", "redis-server", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0",
    "fonts-morisawa-bizud-gothic", "fonts-morisawa-bizud-mincho", "fonts-ipamj-mincho", "poppler-utils",
}  # fmt: skip
SIGNS = (
    "usr/lib/postgresql/16/bin/postgres", "usr/bin/redis-server", "usr/lib/x86_64-linux-gnu/libpango-1.0.so.0",
    "usr/lib/x86_64-linux-gnu/libpangoft2-1.0.so.0", "usr/lib/x86_64-linux-gnu/libharfbuzz-subset.so.0",
    "usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf",
    "usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf", "usr/share/fonts/truetype/ipamj/ipamjm.ttf",
    "usr/bin/pdftotext",
)  # fmt: skip


def system(root: Path, release: str, *files: str) -> str:
    """An invented system: its os-release and the files that packages have left."""
    for name in ("etc/os-release", *files):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    (root / "etc/os-release").write_text(release)
    return str(root)


@pytest.mark.parametrize(
    ("release", "purpose", "more"),
    [
        (DEBIAN, "demo", set()),
        (UBUNTU, "demo", set()),
        (DEBIAN, "bench", set()),
        (DEBIAN, "test", {"chromium", "fonts-noto-cjk", "poppler-utils"}),
        (UBUNTU, "test", {"chromium-browser", "fonts-noto-cjk", "poppler-utils"}),
    ],
)
def test_missing_on_bare_system_names_every_package(
    tmp_path: Path, release: str, purpose: str, more: set[str]
):
    found = packages.missing(purpose, {}, root=system(tmp_path, release), venv_ready=True)
    assert set(found) == PRODUCT | more
    assert len(found) == len(set(found))


def test_missing_on_complete_system_is_nothing(tmp_path: Path):
    assert packages.missing("demo", {}, root=system(tmp_path, UBUNTU, *SIGNS), venv_ready=True) == []


def test_missing_takes_any_version_of_postgresql_and_names_only_what_lacks(tmp_path: Path):
    root = system(tmp_path, DEBIAN, *(sign for sign in SIGNS if "redis" not in sign))
    assert packages.missing("demo", {}, root=root, venv_ready=True) == ["redis-server"]


def test_missing_leaves_out_servers_that_the_environment_names(tmp_path: Path):
    given = {"DATABASE_URL": "postgres://elsewhere/hiroba", "REDIS_URL": "redis://elsewhere"}
    root = system(tmp_path, DEBIAN)
    assert set(packages.missing("demo", given, root=root, venv_ready=True)) == PRODUCT - {
        "postgresql",
        "redis-server",
    }
    # The tests stop and start a Redis of their own.
    assert "redis-server" in packages.missing("test", given, root=root, venv_ready=True)


@pytest.mark.parametrize(
    ("python", "version", "expected"),
    [
        ("/usr/bin/python3", (3, 11), ["python3.11-venv"]),
        ("/usr/bin/python3", (3, 12), ["python3.12-venv"]),
        ("/opt/python/bin/python3", (3, 13), []),
    ],
)
def test_venv_package_follows_the_systems_python(python: str, version: tuple[int, int], expected: list[str]):
    assert packages.venv_package(python, version) == expected


@pytest.mark.parametrize(("release", "name"), [(DEBIAN, "debian"), (UBUNTU, "ubuntu"), (MINT, "ubuntu")])
def test_distribution_is_read_from_os_release(release: str, name: str):
    assert packages.distribution(release) == name


def test_distribution_of_another_system_is_refused_with_a_way_out():
    with pytest.raises(Stop, match="docker compose up"):
        packages.distribution("ID=alpine\n")


def test_install_without_rights_prints_exactly_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packages, "may_install", lambda: None)
    with pytest.raises(Stop) as refused:
        packages.install(["postgresql", "chromium"], command="bin/test", log=tmp_path / "log")
    lines = [line.strip() for line in str(refused.value).splitlines() if "apt-get" in line]
    assert lines == [
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql chromium"
    ]
    assert "bin/test" in str(refused.value)
    assert refused.value.code == 1


def test_chromium_comes_without_its_window_where_that_is_offered():
    wanted = ["postgresql", "chromium"]
    assert packages.lighter(wanted, lambda name: name == packages.HEADLESS) == [
        "postgresql",
        packages.HEADLESS,
    ]
    assert packages.lighter(wanted, lambda name: False) == wanted
    assert packages.lighter(["chromium-browser"], lambda name: True) == ["chromium-browser"]


def test_install_of_nothing_asks_for_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packages, "may_install", lambda: pytest.fail("asked for rights"))
    packages.install([], command="bin/demo", log=tmp_path / "log")


@pytest.mark.parametrize(
    ("user", "sudo", "expected"),
    [(0, False, []), (1000, True, ["sudo", "-n"]), (1000, False, None)],
)
def test_may_install_as_root_by_sudo_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, user: int, sudo: bool, expected: list[str] | None
):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert packages.may_install(lambda: sudo) == expected


def test_install_updates_the_list_first_and_asks_no_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ran: list[list[str]] = []
    monkeypatch.setattr(packages, "may_install", lambda: ["sudo", "-n"])
    monkeypatch.setattr(packages, "run", lambda what, command, log: ran.append(command))
    packages.install(["redis-server"], command="bin/demo", log=tmp_path / "log")
    assert [command[:5] for command in ran] == [
        ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    ] * 2
    assert [command[5] for command in ran] == ["update", "install"]
    assert ran[1][-1] == "redis-server"
