"""Rows of the student supporters: the student's pages, the guardian's, both sides' of a file, the officers' register."""

from ..access import SIGNED_IN
from .common import CHIEFS, MUNICIPAL, OFFICES, OWN_TOWN, PREFECTURE, open_to_all, own, post

READING = MUNICIPAL | CHIEFS | PREFECTURE | {"city_auditor"}
STUDENT = frozenset({"supporter"})
HERE = frozenset({"office_here"})
SIDES = OWN_TOWN | PREFECTURE

SUPPORTERS = (
    own("grants:supporter_home", "学生サポーターの自分の画面", may=SIGNED_IN),
    own("grants:supporter_entry", "学生サポーターの登録を申し込む", may=SIGNED_IN),
    own("grants:supporter_days", "活動できる日", may=STUDENT),
    post("grants:supporter_offer_remove", "活動できる日を取り下げる", "supporter offer", STUDENT),
    post("grants:supporter_leave", "学生サポーターの登録をやめる", "", STUDENT),
    open_to_all("grants:supporter_consent", "保護者の同意(リンクを持つ人)", "supporter consent"),
    own("grants:placement_detail", "学生サポーターの活動", "placement", SIDES | STUDENT),
    post("grants:placement_act", "打診に返事をする", "placement decline", STUDENT, refused=PREFECTURE),
    post("grants:placement_act", "活動を確認する", "placement confirm", HERE, refused=(SIDES | STUDENT) - HERE),
    post(
        "grants:placement_day", "活動の日を確認する", "placement day", OWN_TOWN | HERE,
        refused=(PREFECTURE | STUDENT) - HERE,
    ),
    own("grants:support_list", "学生サポーターの募集と活動", may=READING),
    own("grants:support_case", "案件の学生サポーター", "support case", SIDES),
    own("grants:support_detail", "学生サポーターの募集", "support request", SIDES),
    post("grants:support_act", "募集を終える", "support close", HERE, refused=SIDES - HERE),
    post("grants:support_propose", "学生に打診する", "support propose", HERE, refused=SIDES - HERE),
    own("grants:supporter_list", "学生サポーターの登録", may=OFFICES),
    own("grants:supporter_terms", "学生サポーターの決まり", may=OFFICES),
    own("grants:supporter_detail", "学生サポーターの登録(生年月日、保護者)", "supporter entry", OFFICES),
    own("grants:supporter_paper", "保護者の同意書", "supporter paper", OFFICES),
    post("grants:supporter_act", "登録を確かめる", "supporter act", OFFICES),
    own("documents:file", "活動証明書", "supporter certificate", OFFICES | STUDENT),
)  # fmt: skip
