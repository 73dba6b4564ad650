"""Rows of menu ④: themes of municipalities and what follows from them."""

from ..access import Row
from .common import CHIEFS, MUNICIPAL, OWN_TOWN, PREFECTURE, open_to_all, own

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
    Row(
        route="grants:theme_propose", note="テーマを提案する", case="theme draft", method="POST", door=True,
        may=frozenset({"municipal_chief_here"}), refused=frozenset({"municipal_here"}),
    ),
    own("grants:staff_theme_list", "提案されたテーマの一覧", may=PREFECTURE | {"city_auditor"}),
    own("grants:staff_theme", "提案されたテーマ", "theme proposed", PREFECTURE),
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
    officers("grants:staff_question", "質問に答える", "call question", "POST"),
)  # fmt: skip
