"""Rows of people: the directory, one person, one's own profile."""

from .common import open_to_all, own

PEOPLE = (
    open_to_all("communities:person_list", "まちを動かす人の一覧"),
    open_to_all("communities:person_detail", "だれにでも公開した人", "person"),
    open_to_all("communities:person_photo", "だれにでも公開した写真", "person"),
    own("communities:profile_edit", "自分のプロフィール"),
    own("communities:profile_close", "プロフィールの公開をやめる"),
    own("communities:profile_photo", "自分の写真", "", frozenset()),
)
