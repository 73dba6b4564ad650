"""Rows of the entrance and 協働数."""

from ..access import SIGNED_IN
from .common import coming, open_to_all

ENTRANCE = (
    open_to_all("site:home", "ホーム"), open_to_all("site:ward", "区のページ", "ward"), open_to_all("site:search", "さがす"),
    open_to_all("site:demo", "見本の人で入る(見本だけ)"), open_to_all("site:accessibility", "ウェブアクセシビリティ方針"),
    open_to_all("site:privacy", "個人情報の取り扱い"), open_to_all("indicators:index", "協働数"),
    open_to_all("indicators:collaborations", "協働数 年度のページ", "year"),
    *coming(
        "hubstaff", "hubstaff_postings", "crowdfunding", "crowdfunding_estimate",
    ),
    *coming("hubstaff_log", may=SIGNED_IN),
)  # fmt: skip
