"""What separates a good house from a bad one is the tail: nothing here may grow past what one can hold in the head.

There is no list of exceptions.
"""

from . import files

FILE, FUNCTION, TEMPLATE, VIEW = 300, 40, 150, 25


def test_no_python_file_is_longer_than_300_lines() -> None:
    long = {
        files.shown(path): count
        for path in files.python_files()
        if (count := len(path.read_text().splitlines())) > FILE
    }
    assert not long


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{files.shown(path)}:{node.lineno} {node.name} ({length})"
        for path in files.python_files()
        for node in files.functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION
    ]
    assert not long


def test_no_view_is_longer_than_25_lines() -> None:
    long = [
        f"{files.shown(path)}:{node.lineno} {node.name} ({length})"
        for path in files.python_files(*files.APPS)
        if path.stem.startswith("views") or "views" in path.parts
        for node in files.functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > VIEW
    ]
    assert not long


def test_no_template_is_longer_than_150_lines() -> None:
    long = {
        files.name_of(path): count
        for path in files.templates()
        if (count := len(path.read_text().splitlines())) > TEMPLATE
    }
    assert not long
