"""Rows of the files of ③ after their decision: the municipality's result and invoice, the office's inspection and 額の確定."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

HERE = frozenset({"office_here"})
CHIEF = frozenset({"municipal_chief_here"})
SETTLEMENT = (
    own("grants:result", "書いている実績(県からは見えない)", "result draft", OWN_TOWN),
    own("grants:result", "報告した実績", "result filed", OWN_TOWN | PREFECTURE),
    Row(route="grants:result_edit", note="実績を書く", case="result draft", door=True, may=OWN_TOWN),
    post("grants:result_autosave", "実績の自動保存", "result draft", OWN_TOWN),
    post("grants:result_settle", "取り置いた実績の入力を消す", "result draft", OWN_TOWN),
    post("grants:result_attach", "証拠書類を添付する", "result draft", OWN_TOWN),
    post("grants:result_submit", "実績を報告する", "result draft", CHIEF, refused=OWN_TOWN - CHIEF),
    post("grants:result_invoice", "請求書を出す", "result filed", CHIEF, refused=OWN_TOWN - CHIEF),
    own("grants:result_file", "書いている実績の証拠書類", "result draft file", OWN_TOWN),
    own("grants:result_file", "報告した証拠書類", "result filed file", OWN_TOWN | PREFECTURE),
    post("grants:result_file_remove", "証拠書類を外す", "result draft file", OWN_TOWN),
    own("grants:staff_result", "届いた実績報告", "result filed", PREFECTURE),
    own("grants:staff_result", "書いている実績は県から見えない", "result draft", frozenset()),
    post(
        "grants:staff_result_act", "検査・額の確定・支出命令", "result act", HERE, refused=PREFECTURE - HERE
    ),
    own("documents:file", "実績報告書", "result paper", OWN_TOWN | PREFECTURE),
    own("grants:change", "変更の申請", "result draft", OWN_TOWN),
    own("grants:change_edit", "変更を書く", "result draft", OWN_TOWN),
    post("grants:change_autosave", "変更の自動保存", "result draft", OWN_TOWN),
    post("grants:change_settle", "取り置いた変更の入力を消す", "result draft", OWN_TOWN),
    post("grants:change_submit", "変更を申請する", "result draft", CHIEF, refused=OWN_TOWN - CHIEF),
    post(
        "grants:change_take_back", "変更の申請を取り下げる", "change filed", CHIEF, refused=OWN_TOWN - CHIEF
    ),
    own("grants:staff_change", "届いた変更の申請", "change filed", PREFECTURE),
    own("grants:staff_change", "変更のない申請", "result draft", frozenset()),
    post("grants:staff_change_act", "変更に答える", "change act", HERE, refused=PREFECTURE - HERE),
    own("grants:status", "状況報告", "result filed", OWN_TOWN | PREFECTURE),
    post("grants:status", "状況を報告する", "result draft", CHIEF, refused=(OWN_TOWN | PREFECTURE) - CHIEF),
)
