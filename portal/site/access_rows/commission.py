"""Rows of menu ④: themes of municipalities and what follows from them."""

from ..access import Row
from .common import CHIEFS, MUNICIPAL, OWN_TOWN, PREFECTURE, open_to_all, own, post

OFFICERS = frozenset({"office_here", "office_elsewhere"})


def officers(route: str, note: str, case: str, method: str = "GET") -> Row:
    """What the prefecture's readers see and its officers do."""
    return Row(
        route=route,
        note=note,
        case=case,
        method=method,
        door=True,
        may=OFFICERS,
        refused=PREFECTURE - OFFICERS,
    )


THEMES = (
    own("grants:theme_list", "テーマの一覧", may=MUNICIPAL | CHIEFS),
    own("grants:theme_new", "テーマを書く", may=MUNICIPAL | CHIEFS),
    own("grants:theme_detail", "下書きのテーマ", "theme draft", OWN_TOWN),
    own("grants:theme_detail", "提案したテーマ", "theme proposed", OWN_TOWN),
    post("grants:theme_autosave", "テーマを書きながら保存する", "theme draft", OWN_TOWN),
    post("grants:draft_settle", "取り置いた入力を消す(テーマ)", "theme part", OWN_TOWN),
    post("grants:draft_presence", "テーマを開いていると知らせる", "theme part", OWN_TOWN),
    Row(
        route="grants:theme_propose", note="テーマを提案する", case="theme draft", method="POST", door=True,
        may=frozenset({"municipal_chief_here"}), refused=frozenset({"municipal_here"}),
    ),
    post("grants:theme_give_up", "下書きのテーマを取りやめる", "theme draft", OWN_TOWN),
    own("grants:staff_theme_list", "提案されたテーマの一覧", may=PREFECTURE | {"city_auditor"}),
    own("grants:staff_theme", "提案されたテーマ", "theme proposed", PREFECTURE),
    own("site:outbox_detail", "テーマの提案が届いたメール(送信したメール)", "mail of theme", PREFECTURE | OWN_TOWN),
    own("grants:staff_theme", "下書きのテーマは県から見えない", "theme draft", frozenset()),
    Row(
        route="grants:staff_theme", note="テーマを選定する", case="theme proposed", method="POST", door=True, may=OFFICERS,
        refused=PREFECTURE - OFFICERS,
    ),
)  # fmt: skip

READING = PREFECTURE | {"secretariat"}  # who reads a call and what belongs to it
CALLS = (
    open_to_all("grants:call_detail", "公募のページ", "call"),
    open_to_all("grants:call_question", "公募について質問する", "call"),
    Row(route="grants:call_detail", note="準備中の公募は公開していない", case="call draft", may=frozenset()),
    own("grants:staff_review_list", "公募と審査の一覧", may=READING | {"city_auditor"}),
    own("grants:staff_call", "公募を進める", "call draft", READING),
    officers("grants:staff_call_new", "公募要領を書く", "theme selected"),
    officers("grants:staff_call_edit", "公募要領を直す", "call draft"),
    Row(
        route="grants:staff_call_move", note="公募を始める", case="call step", method="POST", door=True, may=OFFICERS,
        refused=READING - OFFICERS,
    ),
    own("site:outbox_detail", "審査会を始めたメール(送信したメール)", "mail of call", READING),
    own("site:outbox_detail", "質問が届いたメール(送信したメール)", "mail of question", frozenset()),
    officers("grants:staff_question", "質問に答える", "call question", "POST"),
)  # fmt: skip

PROPONENT = frozenset({"proponent"})
SECRETARIAT = frozenset({"secretariat"})
FREE = frozenset({"reviewer_open"})  # declared clear in the running panel
SCORED = frozenset({"reviewer_frozen"})  # sits in the panel whose scores are frozen
EXAMINING = READING | OWN_TOWN  # who reads a qualified proposal by a post


def keeping(route: str, note: str, case: str) -> Row:
    """What the prefecture's readers see and the secretariat does."""
    return Row(
        route=route,
        note=note,
        case=case,
        method="POST",
        door=True,
        may=SECRETARIAT,
        refused=READING - SECRETARIAT,
    )


def written(route: str, note: str, case: str, readers: frozenset[str], method: str = "GET") -> Row:
    """What a proponent writes; who reads the proposal is told why they do not."""
    return Row(route=route, note=note, case=case, method=method, door=True, may=PROPONENT, refused=readers)


READERS_OF_IT = EXAMINING | FREE
PROPOSALS = (
    own("grants:proposal_list", "自分の企画提案"),
    own("grants:proposal_new", "企画提案を書く", "call"),
    written("grants:proposal_detail", "提出した企画提案(提案者の画面)", "proposal", READERS_OF_IT),
    written("grants:proposal_detail", "下書きの企画提案", "proposal draft", frozenset()),
    written("grants:proposal_edit", "企画提案の部分を書く", "proposal section", frozenset()),
    written("grants:proposal_autosave", "書きかけの自動保存", "proposal section", frozenset(), "POST"),
    written("grants:draft_settle", "取り置いた入力を消す(企画提案)", "proposal part", frozenset(), "POST"),
    written("grants:draft_presence", "企画提案を開いていると知らせる", "proposal part", frozenset(), "POST"),
    written("grants:draft_worksheet", "企画提案の用紙", "proposal sheet", frozenset()),
    written("grants:draft_worksheet_file", "企画提案の用紙(xlsx)", "proposal sheet", frozenset()),
    written("grants:proposal_preview", "企画提案書の見本", "proposal draft", frozenset()),
    written("grants:proposal_file_remove", "企画提案の書類を外す", "proposal file", READERS_OF_IT, "POST"),
    written("grants:proposal_withdraw", "企画提案を取り下げる", "proposal", READERS_OF_IT, "POST"),
    written("grants:proposal_take_up", "次点の繰上げを受ける", "proposal", READERS_OF_IT, "POST"),
    own("grants:proposal_file", "企画提案の書類", "proposal file", READERS_OF_IT | PROPONENT),
    own("grants:staff_proposal", "提出された企画提案", "proposal", EXAMINING),
    own("site:outbox_detail", "企画提案の受付の控え(送信したメール)", "mail of proposal", READING),
    own("site:outbox_detail", "審査委員へのメール(送信したメール)", "mail to reviewer", frozenset()),
    own("grants:staff_proposal", "下書きは県から見えない", "proposal draft", frozenset()),
    Row(
        route="grants:staff_proposal_judge", note="資格を審査する", case="proposal", method="POST", door=True,
        may=OFFICERS, refused=EXAMINING - OFFICERS,
    ),
    Row(
        route="grants:staff_opinion", note="市町村の意見を書く", case="proposal", method="POST", door=True, may=OWN_TOWN,
    ),
)  # fmt: skip
PAYING = frozenset({"accountant"})
WHOLE = READING | PAYING  # who reads a contract for the authority
CONTRACTS = (
    own("grants:contract_detail", "受託する団体の契約の画面", "contract", PROPONENT),
    post("grants:contract_act", "着手を届け出る", "contract start", PROPONENT),
    own("grants:contract_file", "契約の書類(着手届)", "contract file", WHOLE | OWN_TOWN | PROPONENT),
    own("grants:contract_file", "契約の書類(見積書は、県と受託団体だけ)", "contract quote", WHOLE | PROPONENT),
    Row(
        route="grants:joint_meeting_new", note="協議を記録する", case="contract", door=True,
        may=OFFICERS | OWN_TOWN | PROPONENT, refused=WHOLE - OFFICERS,
    ),
    own("grants:staff_contract_list", "契約の一覧", may=WHOLE | {"city_auditor"}),
    own("grants:staff_contract", "契約を進める", "contract", WHOLE | OWN_TOWN),
    own("grants:staff_contract", "協議中の契約は、市町村から見えない", "contract negotiating", WHOLE),
    officers("grants:staff_contract_new", "契約の協議を始める", "adopted", "POST"),
    Row(
        route="grants:staff_contract_act", note="契約を打ち切る", case="contract end", method="POST", door=True,
        may=OFFICERS, refused=(WHOLE | OWN_TOWN) - OFFICERS,
    ),
    own("site:outbox_detail", "見積りを頼むメール(送信したメール)", "mail of contract", WHOLE),
    Row(route="grants:call_paper", note="審査結果の公表(公表の前は、だれにもない)", case="call", may=frozenset()),
)  # fmt: skip
PANELS = (
    own("grants:review_list", "自分の審査会"),
    own("grants:review_call", "採点中の審査会(除斥された委員も、ほかの提案のために開ける)", "panel open", FREE | {"reviewer_conflicted"}),
    own("grants:review_call", "採点の確定した審査会", "panel frozen", SCORED),
    own("grants:review_declare", "利害関係を申告する", "review", FREE),
    own("grants:review_score", "企画提案を読んで採点する", "review", FREE),
    own("grants:review_score", "確定したあとの企画提案", "review frozen", SCORED),
    post("grants:review_sheet", "採点票を提出する", "review seal", FREE),
    own("grants:staff_panel", "審査委員と利害関係", "panel open", READING),
    keeping("grants:staff_seat_new", "審査委員を委嘱する", "panel open"),
    keeping("grants:staff_seat_leave", "審査委員を外す", "panel seat"),
    keeping("grants:staff_panel_open", "審査を始める", "panel open"),
    keeping("grants:staff_interest_rule", "除斥と判断を記録する", "panel interest"),
    own("grants:staff_ranking", "審査結果(確定の前は、だれにも点を見せない)", "panel open", READING),
    own("grants:staff_ranking", "確定した審査結果", "panel frozen", READING),
    keeping("grants:staff_tie", "同点の合議を記録する", "panel frozen"),
    Row(
        route="grants:staff_announce", note="結果を公表する", case="panel frozen", method="POST", door=True, may=OFFICERS,
        refused=READING - OFFICERS,
    ),
)  # fmt: skip
