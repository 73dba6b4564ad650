"""Addresses of our own pages: whole ones for mails, papers and feeds, quick ones for the rows of a list."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse


def whole(page: str, *args: Any) -> str:
    """The address of a named page, or of a path that begins with "/", with the site in front of it."""
    path = page if page.startswith("/") else reverse(page, args=args)
    return f"{settings.BASE_URL}{path}"


ANY = UUID(int=0)


@dataclass(slots=True)
class RecordAddress:
    """The address of one record, of a route that takes a single UUID. The route is looked up once in a process."""

    route: str
    _around: tuple[str, str] | None = field(default=None, init=False, repr=False)

    def __call__(self, pk: UUID) -> str:
        """The path from the root. Raises NoReverseMatch when there is no such route."""
        if self._around is None:
            before, _, after = reverse(self.route, args=[ANY]).partition(str(ANY))
            self._around = (before, after)
        return f"{self._around[0]}{pk}{self._around[1]}"
