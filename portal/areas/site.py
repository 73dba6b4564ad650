"""In which government's name a page speaks: its band, name, comma and contact.

A page belongs to the installation's default authority until the view says otherwise with
`set_authority`. The rows are few and hardly change, so each process keeps them for some seconds. Inside a
transaction they are always read afresh: what another transaction rolled back can then never be shown.
"""

import threading
import time
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest

from .enums import Band, Comma
from .models import Area, Authority
from .queries import home_code

KEEP_SECONDS = 10.0
_kept: tuple[float, "Directory"] | None = None
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Directory:
    """All governments by the code of their area."""

    by_area: dict[str, Authority]

    @property
    def default(self) -> Authority:
        """The installation's own. Before master data is loaded: a nameless stand-in, so that pages still render."""
        chosen = next((authority for authority in self.by_area.values() if authority.is_default), None)
        return chosen or Authority(name="", site_name="協働ひろば", band=Band.NIIGATA, comma=Comma.TOUTEN)

    def speaking_for(self, code: str) -> Authority:
        """The government of the area `code`, else that of its prefecture, else the installation's own."""
        own = self.by_area.get(code)
        prefecture = (
            one for one in self.by_area.values() if one.area.is_prefecture and one.area_id[:2] == code[:2]
        )
        return own or next(prefecture, None) or self.default


def directory() -> Directory:
    """Every government: none to one query."""
    global _kept
    if connection.in_atomic_block:
        return _read()
    with _lock:
        kept = _kept
    if kept is not None and time.monotonic() - kept[0] < KEEP_SECONDS:
        return kept[1]
    fresh = _read()
    with _lock:
        _kept = (time.monotonic(), fresh)
    return fresh


def forget() -> None:
    """Read afresh at the next page: after this process changed a government."""
    global _kept
    with _lock:
        _kept = None


def directory_of(request: HttpRequest) -> Directory:
    """Every government, read at most once for a request."""
    known: Directory | None = getattr(request, "_directory", None)
    if known is None:
        known = directory()
        request._directory = known  # type: ignore[attr-defined]
    return known


def authority_of(request: HttpRequest) -> Authority:
    """The government of this page."""
    chosen: Authority | None = getattr(request, "authority", None)
    if chosen is None:
        chosen = directory_of(request).default
        request.authority = chosen  # type: ignore[attr-defined]
    return chosen


def set_authority(request: HttpRequest, place: Area | Authority | str) -> None:
    """Let the page speak for `place`: an area (a ward: its city), a code, or an authority.

    An area without a government of its own is spoken for by its prefecture, else by the default authority.
    """
    if not isinstance(place, Authority):
        code = place if isinstance(place, str) else home_code(place)
        place = directory_of(request).speaking_for(code)
    request.authority = place  # type: ignore[attr-defined]


def _read() -> Directory:
    return Directory({authority.area_id: authority for authority in Authority.objects.select_related("area")})
