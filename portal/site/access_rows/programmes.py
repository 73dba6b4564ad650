"""Rows of programmes and menus: the guide, opening a year."""

from ..access import Row
from .common import OFFICES, PREFECTURE, open_to_all, own

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
