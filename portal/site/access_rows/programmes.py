"""Rows of programmes and menus: the guide, opening a year, 要望調査."""

from ..access import Row
from .common import CHIEFS, MUNICIPAL, OFFICES, OWN_TOWN, PREFECTURE, open_to_all, own

READING = PREFECTURE | {"city_auditor"}


def officers(route: str, note: str, case: str, method: str = "GET") -> Row:
    """The authority's officers; its other readers are told why not."""
    return Row(
        route=route, note=note, case=case, method=method, may=OFFICES, door=True, refused=PREFECTURE - OFFICES
    )


PROGRAMMES = (
    open_to_all("grants:guide", "合うメニューをさがす"),
    own("grants:programme_list", "補助の事業", may=READING),
    own("grants:programme_detail", "年度の事業", "programme", PREFECTURE),
    own("grants:programme_detail", "準備中の年度", "draft year", PREFECTURE),
    own("grants:programme_changes", "前の年度と変わったところ", "draft year", PREFECTURE),
    own("grants:programme_budget", "科目と予算額", "draft year", PREFECTURE),
    officers("grants:programme_copy", "年度を写す", "programme"),
    officers("grants:programme_edit", "年度の内容を直す", "draft year"),
    officers("grants:programme_pass_budget", "予算の成立を記録する", "draft year"),
    officers("grants:programme_terms", "メニューの条件を直す", "draft menu"),
    officers("grants:programme_papers", "書類の条・様式番号", "draft menu"),
    officers("grants:programme_part", "型・審査の項目など", "draft part"),
    officers("grants:programme_chain", "決裁の順", "draft menu"),
    officers("grants:programme_call_new", "募集を加える", "draft menu"),
    officers("grants:programme_call_edit", "準備中の募集を直す", "draft call"),
    officers("grants:programme_budget_remove", "科目をなくす", "draft line", "POST"),
    officers("grants:programme_move", "年度を公開する", "draft step", "POST"),
    Row(
        route="grants:menu_detail",
        note="準備中のメニューは公開していない",
        case="draft menu",
        may=frozenset(),
    ),
)

NEEDS = (
    own("grants:needs_list", "要望調査の一覧", may=MUNICIPAL | CHIEFS),
    own("grants:needs_answer", "要望調査に答える", "needs open", OWN_TOWN),
    own("grants:needs_answer", "出した回答と内示", "needs answer", OWN_TOWN),
    Row(
        route="grants:needs_send",
        note="回答を提出する",
        case="needs open",
        method="POST",
        may=frozenset({"municipal_chief_here"}),
        door=True,
        refused=frozenset({"municipal_here"}),
    ),
    officers("grants:needs_ask", "要望を聞く", "needs menu"),
    own("grants:needs_survey", "要望調査の表", "needs survey", PREFECTURE),
    officers("grants:needs_notices", "まとめて内示をする", "needs survey"),
    officers("grants:needs_remind", "催促する", "needs survey", "POST"),
    own("grants:needs_case", "市町村の要望", "needs answer", PREFECTURE),
    own("grants:needs_case", "出していない要望は県から見えない", "needs open", frozenset()),
    officers("grants:needs_return", "回答を戻す", "needs answer", "POST"),
    officers("grants:needs_agree", "内示を超える申請に同意する", "needs answer", "POST"),
)
