"""The papers of the house are true: every identifier and every link exists, pictures are small, decisions are numbered."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from .files import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
IDENTIFIER = re.compile(r"\| `((?:portal|communities|grants)\.[\w.]+)` \|")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
BIGGEST_PICTURE = 200_000


def identifiers() -> list[str]:
    return IDENTIFIER.findall((ROOT / "docs" / "glossary.md").read_text())


def exists(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something inside one (a field of a model counts)."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("name", identifiers())
def test_every_identifier_of_the_glossary_exists(name: str) -> None:
    assert exists(name)


def test_the_glossary_has_a_row_for_every_floor() -> None:
    floors = ("kernel", "areas", "accounts", "documents", "indicators")
    named = identifiers()
    assert len(named) > 40
    for prefix in (*(f"portal.{floor}." for floor in floors), "communities.", "grants."):
        assert any(name.startswith(prefix) for name in named), prefix


def test_the_glossary_gives_each_term_and_identifier_once() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| `([^`]+)` \|$", (ROOT / "docs" / "glossary.md").read_text(), re.M
    )
    for column in (0, 1):
        values = [row[column] for row in rows]
        assert sorted(values) == sorted(set(values))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    for name in names:
        text = (ROOT / "docs" / "adr" / name).read_text()
        assert re.match(rf"# 0*{int(name[:4])}\.? \S", text), name
        for heading in ("**Problem.**", "**Decision.**"):
            assert heading in text, f"{name}: {heading}"


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").glob("*"))
    assert pictures
    assert [path.name for path in pictures if path.stat().st_size > BIGGEST_PICTURE] == []
