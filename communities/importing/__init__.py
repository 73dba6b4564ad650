"""What the staff's own spreadsheets can bring in: communities and events."""

from portal.kernel.imports import ImportKind

from .communities import COMMUNITIES
from .events import EVENTS

KINDS: tuple[ImportKind, ...] = (COMMUNITIES, EVENTS)
