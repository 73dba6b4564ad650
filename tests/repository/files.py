"""The files of the repository, as the house rules see them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "communities", "grants", "hubstaff", "crowdfunding")
OURS = (*APPS, "tests", "bench", "bin")


@cache
def python_files(*places: str) -> list[Path]:
    """Our Python files below `places` (default: everywhere), without migrations."""
    found = [path for place in places or OURS for path in (ROOT / place).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def templates() -> list[Path]:
    """Every template, relative names by `name_of`."""
    return sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg", ".css"}
    )


def name_of(template: Path) -> str:
    """The name a template is loaded by."""
    return str(template.relative_to(ROOT / "templates"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def strings(path: Path) -> Iterator[str]:
    """Every string literal of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
