"""Rows of 廃止: who asks, who answers, who reads."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

CHIEF, HERE = frozenset({"municipal_chief_here"}), frozenset({"office_here"})
SEEING = OWN_TOWN | PREFECTURE
STOPPING: tuple[Row, ...] = (
    own("grants:stop", "廃止", "granted", SEEING),
    post("grants:stop", "廃止を申請する", "granted", CHIEF, refused=SEEING - CHIEF),
    post("grants:stop_act", "廃止に答える", "stop act", HERE, refused=SEEING - HERE),
)
