"""Rows of advance payments: who asks, who decides and orders, who reads."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

CHIEF, HERE = frozenset({"municipal_chief_here"}), frozenset({"office_here"})
SEEING = OWN_TOWN | PREFECTURE
ADVANCES: tuple[Row, ...] = (
    own("grants:advances", "概算払", "granted", SEEING),
    post("grants:advances", "概算払を請求する", "granted", CHIEF, refused=SEEING - CHIEF),
    post("grants:advance_act", "概算払を扱う", "advance act", HERE, refused=SEEING - HERE),
)
