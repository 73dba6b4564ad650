"""Where the menus lead. The addresses are the fixed ones of the public interface; roles are the keys of appointments.

A page that a role may not open is not in its menu: the menu is a convenience, the page itself decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a menu. `roles` empty: everyone with an appointment."""

    text: str
    url: str
    roles: tuple[str, ...] = ()
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    head: str
    links: tuple[Link, ...]


CITY = ("ward_officer", "city_officer", "city_chief")
MUNICIPAL = ("municipal_officer", "municipal_chief")
PREFECTURAL = ("prefecture_officer", "prefecture_section_chief", "prefecture_head")
NOTING = ("ward_officer", "city_officer", "municipal_officer", "prefecture_officer")
KEEPING = ("ward_officer", "city_officer", "municipal_officer")
LOCAL = (*CITY, *MUNICIPAL, "auditor")

PUBLIC: Mapping[str, tuple[Link, ...]] = {
    "niigata": (
        Link("区をさがす", "/#wards"),
        Link("コミュニティ", "/communities/"),
        Link("人", "/people/"),
        Link("イベント", "/events/"),
        Link("応援する", "/crowdfunding/"),
        Link("協働数", "/indicators/"),
    ),
    "kagoshima": (
        Link("支援メニュー", "/grants/"),
        Link("えらび方", "/grants/guide/"),
        Link("コミプラ", "/platforms/"),
        Link("イベント", "/events/"),
    ),
}

FOOT = (
    Link("補助金", "/grants/"),
    Link("地域おこし協力隊", "/hubstaff/"),
    Link("オープンデータ", "/opendata/"),
    Link("個人情報の取り扱い", "/privacy/"),
    Link("ウェブアクセシビリティ方針", "/accessibility/"),
)

STAFF = (
    Group(
        "仕事",
        (
            Link("今日", "/staff/"),
            Link("コミュニティ", "/staff/communities/", LOCAL),
            Link("人", "/staff/people/", LOCAL),
            Link("参加の申込み", "/staff/requests/", LOCAL),
            Link("イベント", "/staff/events/", LOCAL),
            Link("回覧板", "/staff/circulars/", LOCAL),
            Link("知らせと非表示", "/staff/reports/", LOCAL),
            Link("コミプラ", "/staff/platforms/", (*MUNICIPAL, "city_officer", "prefecture_officer")),
        ),
    ),
    Group(
        "記録",
        (
            Link("対応記録", "/staff/contacts/", NOTING),
            Link("一斉照会", "/staff/inquiries/", NOTING[:3]),
            Link("協働の記録", "/staff/collaborations/", LOCAL),
            Link("主体", "/staff/organisations/", KEEPING),
            Link("協働数", "/staff/indicators/", ("city_officer", "city_chief", "auditor")),
            Link("隊員", "/staff/hubstaff/", CITY),
        ),
    ),
    Group(
        "手続き",
        (
            Link("要望調査", "/grants/needs/", MUNICIPAL),
            Link("補助金の申請", "/grants/applications/", MUNICIPAL),
            Link("アドバイザーの派遣", "/grants/dispatches/", MUNICIPAL),
            Link("ワークショップ", "/grants/workshops/", MUNICIPAL),
            Link("モデル的な取組のテーマ", "/grants/themes/", MUNICIPAL),
            Link("学生サポーター", "/grants/support/", MUNICIPAL),
            Link("補助金", "/staff/grants/", (*PREFECTURAL, "auditor")),
            Link("アドバイザーの派遣", "/staff/grants/dispatches/", (*PREFECTURAL, "auditor")),
            Link("アドバイザー", "/staff/grants/advisors/", (*PREFECTURAL, "auditor")),
            Link("ワークショップ", "/staff/grants/workshops/", (*PREFECTURAL, "auditor")),
            Link("学生サポーター", "/grants/support/", (*PREFECTURAL, "auditor")),
            Link("決裁", "/staff/grants/approvals/", (*PREFECTURAL, "auditor")),
            Link("文書の保存と廃棄", "/staff/grants/retention/", (*PREFECTURAL, "auditor")),
            Link("支払い", "/staff/grants/payments/", (*PREFECTURAL, "accountant", "auditor")),
            Link("補助の事業", "/staff/grants/programmes/", (*PREFECTURAL, "auditor")),
            Link("モデル的な取組のテーマ", "/staff/grants/themes/", (*PREFECTURAL, "auditor")),
            Link("公募と審査", "/staff/grants/reviews/", (*PREFECTURAL, "secretariat", "auditor")),
            Link("契約", "/staff/grants/contracts/", (*PREFECTURAL, "secretariat", "accountant", "auditor")),
            Link("応援の取組", "/staff/crowdfunding/", (*CITY, "city_finance", "accountant")),
            Link("文書", "/staff/documents/"),
        ),
    ),
    Group(
        "管理",
        (
            Link("役職", "/staff/accounts/", ("city_officer", "system_admin")),
            Link("だれが何を見られるか", "/staff/access/"),
            Link("送信したメール", "/staff/outbox/"),
            Link("あとで行う処理", "/staff/jobs/"),
        ),
    ),
)


def public(band: str, path: str) -> list[Link]:
    """The main menu of a government's pages, with the place one is at."""
    links = PUBLIC.get(band, PUBLIC["niigata"])
    here = max((link.url for link in links if _is_at(link, path)), key=len, default="")
    return [Link(link.text, link.url, (), link.url == here) for link in links]


def staff(scope: Any, path: str, counts: Mapping[str, int] | None = None) -> list[Group]:
    """The staff menu of one scope. `counts`: what waits, by address."""
    waiting = counts or {}
    groups = []
    for group in STAFF:
        links = [link for link in group.links if not link.roles or scope.has(*link.roles)]
        here = max((link.url for link in links if _under(path, link.url)), key=len, default="")
        lines = tuple(
            Link(link.text, link.url, (), link.url == here, waiting.get(link.url, 0)) for link in links
        )
        if lines:
            groups.append(Group(group.head, lines))
    return groups


def _is_at(link: Link, path: str) -> bool:
    if link.url == "/#wards":
        return path.startswith("/wards/")
    return link.url != "/" and path.startswith(link.url)


def _under(path: str, url: str) -> bool:
    return path == url if url == "/staff/" else path.startswith(url)
