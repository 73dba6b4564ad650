"""Addresses of communities, events, initiatives, collaborations and コミプラ. The fixed ones are a contract.

One module for each part; they are joined here in one namespace.
"""

from . import (
    communities,
    counter,
    easy,
    event_running,
    events,
    exchanges,
    exports,
    facts,
    feeds,
    groups,
    imports,
    joining,
    moderation,
    officer,
    organisations,
    people,
    platforms,
    seats,
    work,
    writing,
)

app_name = "communities"

PARTS = (
    communities,
    events,
    counter,
    event_running,
    seats,
    work,
    platforms,
    feeds,
    facts,
    groups,
    joining,
    organisations,
    people,
    easy,
    exchanges,
    imports,
    exports,
    moderation,
    writing,
    officer,
)
urlpatterns = [pattern for part in PARTS for pattern in part.urlpatterns]
