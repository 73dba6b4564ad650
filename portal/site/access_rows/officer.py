"""Rows of the officer's day."""

from ..access import Row
from .common import OWN_STAFF, own

OFFICER: tuple[Row, ...] = (
    own("site:desk_later", "あとでする", "to-do", OWN_STAFF),
    own("site:desk_wake", "一覧にもどす", "to-do", OWN_STAFF),
)
