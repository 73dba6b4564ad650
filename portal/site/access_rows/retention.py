"""Rows of the retention: who reads, who holds and proposes, who approves."""

from ..access import Row
from .common import OFFICES, PREFECTURE, own, post

SIGNING = frozenset({"prefecture_chief", "prefecture_head"})
RETENTION: tuple[Row, ...] = (
    own("grants:retention", "文書の保存と廃棄", "", PREFECTURE | {"city_auditor"}),
    own("grants:retention_detail", "終わった申請の保存", "retained", PREFECTURE),
    post(
        "grants:retention_act",
        "保留・延長・廃棄の申し出",
        "retained act",
        OFFICES,
        refused=PREFECTURE - OFFICES,
    ),
    post("grants:retention_act", "廃棄を承認する", "retained approve", SIGNING, refused=PREFECTURE - SIGNING),
)
