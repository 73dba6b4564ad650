"""Rows of missed deadlines: who extends a call, who asks, who judges, who reads."""

from ..access import Row
from .common import OFFICES, OWN_TOWN, PREFECTURE, own, post

HERE = frozenset({"office_here"})
RELIEF: tuple[Row, ...] = (
    own("grants:call_relief", "募集の締切", "subsidy call", PREFECTURE),
    post("grants:call_extend", "締切を延ばす", "subsidy call", OFFICES, refused=PREFECTURE - OFFICES),
    post("grants:call_admit", "遅れた申請を受理する", "subsidy call", OFFICES, refused=PREFECTURE - OFFICES),
    post("grants:admission_act", "受理を判断する", "admission act", HERE, refused=PREFECTURE - HERE),
    post("grants:admission_type", "紙の申請書の入力を始める", "admission", HERE, refused=PREFECTURE - HERE),
    own("grants:admission_paper", "紙の申請書の写し", "admission", PREFECTURE),
    own("grants:application_detail", "県が入力中の紙の申請", "typed draft", OWN_TOWN | HERE),
    own("grants:application_edit", "紙の申請書を入力する", "typed section", OWN_TOWN | HERE),
    own("grants:application_submit", "紙の申請書の提出の確認", "typed draft", OWN_TOWN | HERE),
    own("grants:attachment_file", "紙の申請書の添付", "typed file", OWN_TOWN | HERE),
    own("grants:application_late", "締切のあとの受理を申し出る", "late draft", OWN_TOWN),
)  # fmt: skip
