"""House rules that a reader would otherwise have to trust."""

import ast
import re

import pytest

from . import files

CLOCK = re.compile(
    r"timezone\.now|auto_now|datetime\.now\(|datetime\.utcnow|date\.today\(|datetime\.today\(|\bNow\(\)|CURRENT_TIMESTAMP"
)
CLOCK_MAY = {"portal/kernel/clock.py"}


def lines_with(pattern: re.Pattern[str], *places: str) -> list[str]:
    return [
        f"{files.shown(path)}:{number}"
        for path in files.python_files(*places)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_only_the_clock_knows_the_time() -> None:
    assert [place for place in lines_with(CLOCK, *files.APPS) if place.split(":")[0] not in CLOCK_MAY] == []


def test_only_the_workflow_assigns_a_state() -> None:
    """`.state =`, `.stage =` and update(state=…) on rows of ours live behind the one door; the kernel has its own rows."""
    found = []
    for path in files.python_files(*files.APPS):
        if "kernel" in path.parts:
            continue
        for node in ast.walk(files.tree(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(t, ast.Attribute) and t.attr in {"state", "stage"} for t in targets):
                found.append(f"{files.shown(path)}:{node.lineno}")
            called = (
                node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            )
            if called == "update" and any(word.arg in {"state", "stage"} for word in node.keywords):  # type: ignore[attr-defined]
                found.append(f"{files.shown(path)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def test_there_are_no_model_signals() -> None:
    signals = re.compile(r"db\.models\.signals|@receiver|post_save|pre_save|post_delete")
    assert lines_with(signals, *files.APPS) == []


def test_nothing_is_left_open() -> None:
    words = "|".join(
        (
            "TO" + "DO",
            "FIX" + "ME",
            "X" * 3,
            "NotImplemented" + "Error",
            r"mark\.(skip|x" + "fail)",
            "no " + "cover",
        )
    )
    assert lines_with(re.compile(words)) == []


def test_actions_name_their_actor_and_take_keywords_only() -> None:
    wrong = []
    for path in files.python_files(*files.APPS):
        if path.stem != "actions" and "actions" not in path.parts:
            continue
        for node in files.tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                keywords = [argument.arg for argument in node.args.kwonlyargs]
                if "by" not in keywords and "request" not in [argument.arg for argument in node.args.args]:
                    wrong.append(f"{files.shown(path)}:{node.lineno} {node.name}")
    assert wrong == []


@pytest.mark.parametrize("floor", ["queries", "rules", "calculations"])
def test_rooms_that_read_do_not_write(floor: str) -> None:
    writes = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    found = [
        f"{files.shown(path)}:{node.lineno}"
        for path in files.python_files(*files.APPS)
        if path.stem == floor or floor in path.parts
        for node in ast.walk(files.tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writes
    ]
    assert found == []


def test_public_functions_of_the_kernel_and_of_actions_say_what_they_guarantee() -> None:
    silent = []
    for path in files.python_files(*files.APPS):
        if "kernel" not in path.parts and path.stem not in {"actions", "queries", "calculations"}:
            continue
        if "management" in path.parts or path.stem in {"apps", "urls"}:
            continue
        for node in files.tree(path).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not ast.get_docstring(node):  # type: ignore[arg-type]
                silent.append(f"{files.shown(path)}:{node.lineno} {node.name}")  # type: ignore[attr-defined]
    assert silent == []


def test_every_file_of_code_says_what_it_is() -> None:
    silent = [
        files.shown(path)
        for path in files.python_files(*files.APPS)
        if path.stem not in {"__init__", "apps", "urls", "admin", "wsgi"}
        and not ast.get_docstring(files.tree(path))
    ]
    assert silent == []
