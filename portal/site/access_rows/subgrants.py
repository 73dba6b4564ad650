"""Rows of 間接補助: the コミプラ's writer (here a 世話人 whom the municipality named), its municipality, the prefecture."""

from ..access import Row
from .common import ORGANISER, OWN_TOWN, PREFECTURE, own, post

CHIEF = frozenset({"municipal_chief_here"})
WRITING = OWN_TOWN | ORGANISER
SUBGRANTS: tuple[Row, ...] = (
    own("grants:subgrants", "申請の下の間接補助", "assets", OWN_TOWN | PREFECTURE),
    post("grants:subgrants", "間接補助を始める", "assets", OWN_TOWN, refused=PREFECTURE),
    own("grants:subgrant_detail", "書いている間接補助(県からは見えない)", "subgrant", WRITING),
    post("grants:subgrant_act", "市町村に申請する", "subgrant act", WRITING),
    post("grants:subgrant_act", "交付を決定する", "subgrant decide", CHIEF, refused=WRITING - CHIEF),
)
