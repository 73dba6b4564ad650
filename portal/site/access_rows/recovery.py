"""Rows of 取消し and 返還: who drafts and asks, who enters, who reads."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

HERE = frozenset({"office_here"})
SEEING = PREFECTURE | OWN_TOWN | {"accountant"}
RECOVERY: tuple[Row, ...] = (
    own("grants:recovery", "取消しと返還", "granted", PREFECTURE),
    post("grants:recovery_act", "取消しを起案する", "granted act", HERE, refused=PREFECTURE - HERE),
    own("grants:reclaim_detail", "返還", "reclaim", SEEING),
    post("grants:reclaim_instalments", "分割納付を認める", "reclaim", HERE, refused=SEEING - HERE),
    post("grants:reclaim_cancel", "納入通知を取りやめる", "reclaim", HERE, refused=SEEING - HERE),
)
