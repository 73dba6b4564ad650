"""RSS 2.0: RFC 822 dates in Japan's time (+0900), guids that never change, the same items always the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.feedgenerator import Rss201rev2Feed

from .clock import JST

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
BEGINNING = datetime(2026, 4, 1, tzinfo=JST)  # the date of a feed in which nothing stands yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a feed. `guid` is for good; `at` is the instant of publication."""

    guid: str
    title: str
    url: str
    text: str
    at: datetime


class _Feed(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        """The last publication: never the time of asking, so that an unchanged feed stays the same."""
        return max((item["pubdate"] for item in self.items), default=BEGINNING)


def feed(items: Iterable[Item], *, title: str, about: str, url: str, feed_url: str) -> bytes:
    """Return the feed of `items`, in their order. `url` is the page it belongs to, `feed_url` its own address.

    What people wrote is text and is escaped.
    """
    made = _Feed(title=title, link=url, description=about, language="ja", feed_url=feed_url)
    for item in items:
        made.add_item(
            title=item.title,
            link=item.url,
            description=item.text,
            unique_id=item.guid,
            unique_id_is_permalink=False,
            pubdate=item.at.astimezone(JST),
        )
    return made.writeString("utf-8").encode()
