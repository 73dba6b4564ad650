"""Tables of tests that each part of communities fills in a file of its own: `forms_<part>.py` beside this one."""

from importlib import import_module
from pathlib import Path
from typing import Any


def gathered(name: str) -> dict[str, Any]:
    """The dictionaries called `name` (FORMS, READS, COSTS, BROKEN, OWNED, MAILS …) of every `forms_<part>.py`, as one."""
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("forms_*.py")):
        found |= getattr(import_module(f"{__package__}.{path.stem}"), name, {})
    return found
