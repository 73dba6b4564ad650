"""Rows of carry-overs: who asks, who answers, who reads."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

CHIEF, HERE = frozenset({"municipal_chief_here"}), frozenset({"office_here"})
SEEING = OWN_TOWN | PREFECTURE
CARRYING: tuple[Row, ...] = (
    own("grants:carry_over", "繰越し", "granted", SEEING),
    post("grants:carry_over", "繰越しを申請する", "granted", CHIEF, refused=SEEING - CHIEF),
    post("grants:carry_over_act", "繰越しに答える", "carry act", HERE, refused=SEEING - HERE),
)
