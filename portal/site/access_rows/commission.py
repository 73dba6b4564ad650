"""Rows of menu ④: themes of municipalities and what follows from them."""

from ..access import Row
from .common import CHIEFS, MUNICIPAL, OWN_TOWN, PREFECTURE, own

OFFICERS = frozenset({"office_here", "office_elsewhere"})
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
