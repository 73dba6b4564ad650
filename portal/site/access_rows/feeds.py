"""Rows of 回覧板, calendars, feeds, open data and saved searches."""

from ..access import Row
from .common import LISTS, READING, own

FEEDS: tuple[Row, ...] = (
    own("communities:staff_circular_list", "回覧板をつくる", may=LISTS),
    own("communities:staff_circular_detail", "回覧板", "circular", READING),
)
