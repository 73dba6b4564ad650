"""Rows of menu ②: workshops as the 窓口, those who take part and the prefecture see them."""

from ..access import SIGNED_IN, Row
from .common import CHIEFS, MUNICIPAL, OFFICES, OWN_TOWN, PREFECTURE, own, post

READING = PREFECTURE | {"city_auditor"}
HERE = frozenset({"office_here"})
LECTURER = frozenset({"lecturer"})
CHIEF = frozenset({"municipal_chief_here"})
PLANNERS = MUNICIPAL | CHIEFS | OFFICES
SIDES = OWN_TOWN | HERE
READS = OWN_TOWN | PREFECTURE

WORKSHOPS = (
    own("grants:workshop_list", "ワークショップの一覧", may=MUNICIPAL | CHIEFS),
    own("grants:staff_workshop_list", "届いたワークショップの計画", may=READING),
    own("grants:workshop_new", "ワークショップを計画する", may=PLANNERS),
    own("grants:workshop_detail", "計画の下書き", "workshop draft", OWN_TOWN),
    own("grants:workshop_detail", "協議中のワークショップ", "workshop consulting", READS),
    own("grants:workshop_detail", "開催の決まったワークショップ", "workshop decided", READS),
    own("grants:workshop_edit", "下書きの計画を書く", "workshop draft", OWN_TOWN),
    Row(
        route="grants:workshop_edit", note="協議中の計画を直す", case="workshop consulting", door=True, may=SIDES,
        refused=OFFICES - HERE,
    ),
    post("grants:workshop_autosave", "計画を書きながら保存する", "workshop draft", OWN_TOWN),
    post("grants:draft_settle", "取り置いた入力を消す(計画)", "workshop part", SIDES, refused=READS - SIDES),
    post("grants:draft_presence", "協議中の計画を開いていると知らせる", "workshop part", SIDES, refused=READS - SIDES),
    Row(
        route="grants:draft_worksheet", note="開催計画の用紙", case="workshop sheet", door=True, may=SIDES,
        refused=READS - SIDES,
    ),
    own("grants:workshop_preview", "開催計画書の見本", "workshop consulting", READS),
    post("grants:workshop_act", "開催計画を出す", "workshop submit", CHIEF, refused=frozenset({"municipal_here"})),
    post("grants:workshop_act", "計画に合意する", "workshop agree", CHIEF | HERE, refused=READS - CHIEF - HERE),
    post("grants:workshop_act", "開催を起案する", "workshop draft decision", HERE, refused=READS - HERE),
    post("grants:workshop_act", "開催を取りやめる", "workshop cancel", SIDES, refused=READS - SIDES),
    Row(
        route="grants:workshop_report", note="実施を報告する", case="workshop decided", door=True, may=OWN_TOWN,
        refused=PREFECTURE,
    ),
    post("grants:workshop_pay", "講師の支出命令を出す", "workshop pay", HERE, refused=READS - HERE),
    own("grants:lecture_list", "講師の依頼", may=SIGNED_IN),
    own("grants:lecture_detail", "頼まれた講演と謝金", "lecture", LECTURER),
    post("grants:lecture_confirm", "講師が日時を確かめる", "lecture", LECTURER),
    own("documents:file", "開催計画書", "workshop plan paper", READS),
    own("documents:file", "開催決定通知書", "workshop decision paper", READS),
    own("documents:file", "実施報告書", "workshop report paper", READS),
)  # fmt: skip
