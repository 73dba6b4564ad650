"""In whose comma a mail of the grants is written: that of the government whose programme it is about."""

from typing import Any

from portal.areas.enums import Comma
from portal.areas.models import Authority
from portal.kernel import ports

# From a row to what it belongs to, the nearest first.
UPWARDS = (
    "authority", "programme", "menu", "line", "application", "dispatch", "workshop", "contract", "proposal", "call", "theme",
    "survey", "answer", "statement", "agency", "asset", "subgrant",
)  # fmt: skip


@ports.speakers.register("grants")
def comma_of(about: Any) -> str:
    """The 読点 of the authority that `about` leads to; 「、」 where it leads to none. Reads only what is not loaded yet."""
    row = about
    for _ in UPWARDS:
        row = next((above for name in UPWARDS if (above := getattr(row, name, None)) is not None), None)
        if isinstance(row, Authority):
            return row.comma
    return Comma.TOUTEN
