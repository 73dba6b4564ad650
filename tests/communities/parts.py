"""Tables of tests that each part of communities fills in a file of its own: `forms_<part>.py` beside this one."""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import reverse


def gathered(name: str) -> dict[str, Any]:
    """The dictionaries called `name` (FORMS, READS, COSTS, BROKEN, OWNED, MAILS …) of every `forms_<part>.py`, as one."""
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("forms_*.py")):
        found |= getattr(import_module(f"{__package__}.{path.stem}"), name, {})
    return found


def address(name: str, arguments: list[Any] | str) -> str:
    """Where a form of the table stands: its arguments, or the whole address where it needs more than these."""
    return arguments if isinstance(arguments, str) else reverse(f"communities:{name}", args=arguments)


def sent(made: Any, values: Any) -> dict[str, Any]:
    """What is sent to a form of the table: as it stands there, or made for this world."""
    return dict(values(made) if callable(values) else values)
