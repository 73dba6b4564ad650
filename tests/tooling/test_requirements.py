"""Everything from outside is pinned by hash, and no file says from where it was fetched."""

import hashlib
import re
import tomllib

import pytest

from tests.support.database import ROOT

FILES = ("requirements.txt", "requirements-dev.txt", "requirements-production.txt")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)")


def pins(name: str) -> dict[str, list[str]]:
    """Package → its versions (with markers there may be several) in one requirements file."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text().splitlines():
        match = PIN.match(line)
        if match:
            found.setdefault(match[1], []).append(match[2])
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_hashes(name: str):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text().strip())
    assert len(blocks) > 50
    for block in blocks:
        assert PIN.match(block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block


@pytest.mark.parametrize("name", FILES)
def test_no_requirement_names_an_address(name: str):
    text = (ROOT / name).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", text)


def test_files_agree_with_each_other():
    product = pins("requirements.txt")
    for name in FILES[1:]:
        other = pins(name)
        assert {package: other.get(package) for package in product} == product


def test_files_hold_what_the_project_says_it_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + extras["dev"],
        "requirements-production.txt": project["dependencies"] + extras["production"],
    }
    for name, lines in wanted.items():
        names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower() for line in lines}  # type: ignore[index]
        assert names <= set(pins(name)), name


def test_vendored_axe_is_what_was_published():
    folder = ROOT / "tests" / "support" / "axe"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert re.match(r"/\*! axe v4\.1[1-9]", (folder / "axe.min.js").read_text())
    assert "Mozilla Public License" in (folder / "LICENSE").read_text()
