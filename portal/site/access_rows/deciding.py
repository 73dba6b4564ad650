"""Rows of decisions and of 決裁: who drafts, who records, who signs, who reads."""

from ..access import Row
from .common import OFFICES, PREFECTURE, own, post

HERE = frozenset({"office_here"})
DECIDING = (
    Row(
        route="grants:staff_decide", note="決定を起案する", case="reviewing", door=True, may=HERE,
        refused=PREFECTURE - HERE,
    ),
    post("grants:staff_decide_act", "決定の起案の一歩", "reviewing act", HERE, refused=PREFECTURE - HERE),
    own("grants:approval_list", "決裁の一覧", may=PREFECTURE | {"city_auditor"}),
    own("grants:approval_detail", "決裁", "approval", PREFECTURE),
    own("grants:approval_paper", "決裁済みの文書", "signed approval", PREFECTURE),
    post("grants:approval_act", "庁内の決裁を記録する", "approval act", HERE, refused=PREFECTURE - HERE),
    own("grants:letters_new", "まとめて決定する・起案する", may=OFFICES),
    own("grants:letters_sign", "まとめて決裁する", may=PREFECTURE - {"prefecture_auditor"}),
    own("grants:letter_batch", "一括の手続き", "batch", PREFECTURE),
    own("grants:deputy_list", "代決者を決める", may=frozenset({"prefecture_chief", "prefecture_head"})),
    post("grants:deputy_end", "代決者を取り消す", "deputy", frozenset({"prefecture_chief"})),
)  # fmt: skip
