"""Rows of menu ①: the register of advisors, dispatches as the three sides see them."""

from ..access import Row
from .common import CHIEFS, MUNICIPAL, OFFICES, OWN_TOWN, PREFECTURE, open_to_all, own, post

READING = PREFECTURE | {"city_auditor"}
ADVISORS = frozenset({"advisor", "advisor_elsewhere"})
ADVISOR = frozenset({"advisor"})
HERE = frozenset({"office_here"})


def register(route: str, note: str, case: str = "", readers: frozenset[str] = PREFECTURE) -> Row:
    """The authority's officers write in its register; its other readers are told why not."""
    return Row(route=route, note=note, case=case, may=OFFICES, door=True, refused=readers - OFFICES)


DISPATCH = (
    open_to_all("grants:advisors", "公開に同意したアドバイザー"),
    own("grants:advisor_list", "アドバイザーの登録", may=READING),
    register("grants:advisor_new", "アドバイザーを登録する", readers=READING),
    own("grants:advisor_detail", "アドバイザーと予定", "advisor", PREFECTURE),
    register("grants:advisor_edit", "アドバイザーの登録を直す", "advisor"),
    own("grants:dispatch_list", "派遣の申込みの一覧", may=MUNICIPAL | CHIEFS),
    own("grants:dispatch_new", "派遣の申込みを始める", may=MUNICIPAL | CHIEFS),
    own("grants:dispatch_detail", "派遣の下書き", "dispatch draft", OWN_TOWN),
    own("grants:dispatch_detail", "申し込んだ派遣", "dispatch requested", OWN_TOWN),
    own("grants:dispatch_edit", "派遣の申込みを書く", "dispatch draft", OWN_TOWN),
    post("grants:dispatch_autosave", "派遣の申込みの自動保存", "dispatch draft", OWN_TOWN),
    post("grants:draft_settle", "取り置いた入力を消す(派遣)", "dispatch part", OWN_TOWN),
    post("grants:draft_presence", "派遣の申込みを開いていると知らせる", "dispatch part", OWN_TOWN),
    own("grants:draft_worksheet", "派遣の申込みの用紙", "dispatch sheet", OWN_TOWN),
    own("grants:draft_worksheet_file", "派遣の申込みの用紙(xlsx)", "dispatch sheet", OWN_TOWN),
    own("grants:dispatch_preview", "派遣申込書の見本", "dispatch draft", OWN_TOWN),
    post(
        "grants:dispatch_submit", "派遣を申し込む", "dispatch draft", frozenset({"municipal_chief_here"}),
        refused=frozenset({"municipal_here"}),
    ),
    own("grants:dispatch_withdraw", "派遣の申込みを取り下げる", "dispatch requested", OWN_TOWN),
    own("grants:staff_dispatches", "届いた派遣の申込み", may=READING),
    own("grants:staff_dispatch", "届いた派遣の申込み", "dispatch requested", PREFECTURE),
    own("grants:staff_dispatch", "派遣の下書きは県から見えない", "dispatch draft", frozenset()),
    post("grants:staff_dispatch_act", "派遣の手続きを進める", "dispatch act", HERE, refused=PREFECTURE - HERE),
    own("grants:advisor_home", "返事を待つ打診", may=ADVISORS),
    own("grants:advisor_visits", "わたしの派遣", may=ADVISORS),
    own("grants:advisor_calendar", "空いている時間", may=ADVISORS),
    post("grants:advisor_offer_remove", "空いている時間を取り下げる", "advisor offer", ADVISOR),
    own("grants:advisor_case", "打診された派遣", "dispatch proposed", ADVISOR),
    own("grants:advisor_case", "打診されていない派遣", "dispatch requested", frozenset()),
    post("grants:advisor_answer", "打診に返事をする", "dispatch answer", ADVISOR),
    Row(
        route="grants:visit_new", note="派遣の日程を入れる", case="dispatch decided", door=True,
        may=OWN_TOWN | HERE | ADVISOR, refused=PREFECTURE - HERE,
    ),
    own("grants:visit_detail", "派遣の回", "visit", OWN_TOWN | PREFECTURE | ADVISOR),
    post("grants:visit_act", "派遣の実施を記録する", "visit hold", OWN_TOWN | ADVISOR, refused=PREFECTURE),
    post("grants:visit_act", "派遣の支出命令を出す", "visit order", HERE, refused=(PREFECTURE | OWN_TOWN | ADVISOR) - HERE),
    own("documents:file", "派遣決定通知書(市町村宛)", "decision paper", OWN_TOWN | PREFECTURE),
    own("documents:file", "派遣決定通知書(アドバイザー宛)", "notice paper", PREFECTURE | ADVISOR),
    own("documents:file", "派遣不承認通知書", "refusal paper", OWN_TOWN | PREFECTURE),
    own("documents:file", "派遣取消通知書(アドバイザー宛)", "cancel paper", PREFECTURE | ADVISOR),
    own("documents:file", "派遣報告書", "report paper", OWN_TOWN | PREFECTURE | ADVISOR),
    own("documents:file", "派遣申込書", "dispatch paper", OWN_TOWN | PREFECTURE),
)  # fmt: skip

ACCOUNTING = frozenset({"accountant"})
MONEY = READING | ACCOUNTING
PAYMENTS = (
    own("grants:payments", "支払いの一覧", may=MONEY),
    own("grants:payment_detail", "支払い", "payment", PREFECTURE | ACCOUNTING),
    post("grants:payment_detail", "支払いを記録する", "payment", ACCOUNTING, refused=PREFECTURE),
    post(
        "grants:payment_cancel",
        "支出命令を取り消す",
        "payment",
        OFFICES,
        refused=(PREFECTURE | ACCOUNTING) - OFFICES,
    ),
    own("communities:staff_export_new", "支払いを表で取り出す", "payments", MONEY),
)
