"""Rows of acquired property: who lists, asks, answers, reads."""

from ..access import Row
from .common import OWN_TOWN, PREFECTURE, own, post

HERE = frozenset({"office_here"})
CHIEF = frozenset({"municipal_chief_here"})
BOTH = OWN_TOWN | PREFECTURE
ASSETS: tuple[Row, ...] = (
    own("grants:assets", "取得財産等管理台帳", "assets", BOTH),
    post("grants:assets", "財産を台帳に載せる", "assets", OWN_TOWN, refused=PREFECTURE),
    post("grants:assets_paper", "台帳を提出する", "assets", CHIEF, refused=BOTH - CHIEF),
    own("grants:asset_detail", "取得財産", "asset", BOTH),
    post("grants:asset_act", "台帳の行を直す・処分を書く", "asset act", OWN_TOWN, refused=PREFECTURE),
    own("grants:disposal_detail", "書いている財産処分(県からは見えない)", "disposal draft", OWN_TOWN),
    own("grants:disposal_detail", "申請した財産処分", "disposal", BOTH),
    post("grants:disposal_act", "財産処分の承認を起案する", "disposal act", HERE, refused=BOTH - HERE),
)
