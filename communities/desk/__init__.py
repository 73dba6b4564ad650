"""What communities put on the desk of the staff, in one statement, and what a person still holds when they are moved."""

from collections.abc import Iterator

from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from . import counter, inquiries, lines, moderation, people, promises, records, seats, work
from .held import open_cases
from .rows import Source, fetch

SOURCES: list[Source] = [
    *people.SOURCES,
    *work.SOURCES,
    *records.SOURCES,
    *counter.SOURCES,
    *seats.SOURCES,
    *promises.SOURCES,
    *inquiries.SOURCES,
    *moderation.SOURCES,
]  # a part with to-dos of its own adds its branch here

__all__ = ["SOURCES", "desk_items", "open_cases"]


def desk_items(scope: Scope) -> Iterator[DeskItem]:
    """Every to-do about communities of the areas one looks after: one UNION ALL, at most CAP rows of each kind."""
    for row in fetch(SOURCES, scope):
        if item := lines.item(row):
            yield item
