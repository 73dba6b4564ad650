"""Rows of the examination of applications: who examines, who corrects, who reads what changed."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

HERE = frozenset({"office_here"})
EXAMINING = (
    Row(
        route="grants:staff_examine", note="審査する", case="examined", door=True, may=HERE,
        refused=PREFECTURE - HERE,
    ),
    post("grants:staff_examine_act", "審査の一歩", "examined act", HERE, refused=PREFECTURE - HERE),
    post("grants:remark_remove", "指摘を消す", "remark waiting", HERE, refused=PREFECTURE - HERE),
    post("grants:remark_answer", "指摘に答える", "remark sent", OWN_TOWN),
    own("grants:application_edit", "補正中の申請の部分", "returned section", OWN_TOWN),
    own("grants:application_changes", "前回の提出から変わったところ", "submitted again", OWN_TOWN | PREFECTURE),
    post("grants:application_presence", "下書きを開いていると知らせる", "draft place", OWN_TOWN),
    post(
        "grants:application_presence", "審査中の申請を開いていると知らせる", "examined place", OWN_TOWN | HERE,
        refused=PREFECTURE - HERE,
    ),
)  # fmt: skip
