"""Where data and sockets lie: inside the checkout when that works, otherwise elsewhere with a pointer."""

import os
from pathlib import Path

import pytest

from bin.lib import folders
from bin.lib.folders import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "checkout", "demo")
    made.make()
    return made


@pytest.mark.parametrize(("length", "fits"), [(106, True), (107, False), (200, False)])
def test_socket_path_must_stay_under_107_bytes(length: int, fits: bool):
    folder = Path("/" + "x" * (length - len("/") - len("/s.sock")))
    assert len(str(folder / "s.sock")) == length
    assert folders.fits(folder, "s.sock") is fits


def test_socket_path_is_counted_in_bytes_not_characters():
    assert not folders.fits(Path("/" + "協" * 40), "s.sock")


def test_socket_folder_is_the_preferred_one_closed_to_others(tmp_path: Path):
    found = folders.socket_folder(tmp_path / "run", "s", tmp_path / "run.at")
    assert found == tmp_path / "run"
    assert found.stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / "run.at").exists()


def test_socket_folder_of_a_deep_checkout_is_short_closed_and_found_again(layout: Layout):
    deep, pointer = layout.root / ("d" * 120), layout.home / "run.at"
    found = folders.socket_folder(deep, ".s.PGSQL.5432", pointer)
    assert folders.fits(found, ".s.PGSQL.5432")
    assert found.stat().st_mode & 0o777 == 0o700
    assert pointer.read_text().strip() == str(found)
    assert folders.socket_folder(deep, ".s.PGSQL.5432", pointer) == found
    found.chmod(0o755)  # somebody has tampered with it
    other = folders.socket_folder(deep, ".s.PGSQL.5432", pointer)
    assert other != found
    folders.erase(layout)
    assert not other.exists()
    found.rmdir()


def test_data_folder_is_inside_the_checkout_when_the_server_can_enter(layout: Layout):
    assert folders.data_folder(layout, []) == layout.home / "server"


def test_data_folder_is_elsewhere_with_a_pointer_when_the_server_cannot_enter(layout: Layout, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    found = folders.data_folder(layout, ["false"], elsewhere)
    assert found.parent == elsewhere
    assert (layout.home / "server.at").read_text().strip() == str(found)
    # Found again by the pointer, also when the checkout has been opened since.
    assert folders.data_folder(layout, [], elsewhere) == found
    folders.erase(layout)
    assert not found.exists()
    assert not layout.home.exists()


def test_two_checkouts_share_no_folder(tmp_path: Path):
    one, two = (Layout(tmp_path / name, "demo") for name in ("one", "two"))
    one.make()
    two.make()
    elsewhere = tmp_path / "elsewhere"
    assert folders.data_folder(one, ["false"], elsewhere) != folders.data_folder(two, ["false"], elsewhere)


def test_purposes_of_one_checkout_share_no_folder(tmp_path: Path):
    homes = {Layout(tmp_path, purpose).home for purpose in ("demo", "test", "bench")}
    assert len(homes) == 3


def test_can_enter_asks_the_system(tmp_path: Path):
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    assert folders.can_enter(closed / "inside", [])
    closed.chmod(0o000)
    try:
        stranger = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        assert not folders.can_enter(closed / "inside", stranger)
    finally:
        closed.chmod(0o700)
