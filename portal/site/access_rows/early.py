"""Rows of 事前着手届: who files, who answers, who reads."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

CHIEF, HERE = frozenset({"municipal_chief_here"}), frozenset({"office_here"})
SEEING = OWN_TOWN | PREFECTURE
EARLY: tuple[Row, ...] = (
    own("grants:early_start", "事前着手届", "granted", SEEING),
    post("grants:early_start", "事前着手届を出す", "granted", CHIEF, refused=SEEING - CHIEF),
    post("grants:early_start_act", "事前着手届に答える", "early act", HERE, refused=SEEING - HERE),
)
