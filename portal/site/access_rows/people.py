"""Rows of people and moderation: the directory, one person, one's own profile, reports and what is hidden."""

from ..access import Row
from .common import LISTS, ORGANISER, OWN_STAFF, READING, WRITERS, open_to_all, own, refused

PEOPLE = (
    open_to_all("communities:person_list", "まちを動かす人の一覧"),
    open_to_all("communities:person_detail", "だれにでも公開した人", "person"),
    open_to_all("communities:person_photo", "だれにでも公開した写真", "person"),
    own("communities:profile_edit", "自分のプロフィール"),
    own("communities:profile_close", "プロフィールの公開をやめる"),
    own("communities:profile_photo", "自分の写真", "", frozenset()),
    own("communities:person_write", "ひろばを通して連絡する", "person"),
    open_to_all("communities:exchange_detail", "やりとり(届いたリンクから)", "exchange"),
    open_to_all("communities:exchange_stop", "やりとりをやめる(届いたリンクから)", "exchange"),
    open_to_all("communities:exchange_report", "やりとりを担当者に知らせる(届いたリンクから)", "exchange"),
    own("communities:exchange_list", "自分のやりとり"),
    open_to_all("communities:report_new", "困ったことを担当者に知らせる", "reportable"),
    own("communities:hiding_mine", "自分のものの非表示と異議", "hiding", ORGANISER),
    refused("communities:posting_rule", "投稿の決まり", "community", ORGANISER | OWN_STAFF),
    refused("communities:community_easy", "やさしい日本語で書く", "community", ORGANISER | OWN_STAFF),
    refused("communities:event_easy", "催しをやさしい日本語で書く", "event", ORGANISER | OWN_STAFF),
    own("communities:staff_report_list", "知らせの一覧", may=LISTS),
    own("communities:staff_report_detail", "知らせ(秋葉区)", "report", READING),
    own("communities:staff_hiding_list", "非表示と異議の一覧", may=LISTS),
    own("communities:staff_hiding_detail", "非表示(秋葉区)", "hiding", READING),
    Row(
        route="communities:staff_hide",
        note="非表示にする(秋葉区)",
        case="reportable",
        may=OWN_STAFF,
        door=True,
        refused=WRITERS - OWN_STAFF,
    ),
)
