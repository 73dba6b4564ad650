"""Who may hand out seats, answer an offer, draw lots and keep the list at the door."""

from portal.kernel import permissions

from . import (
    holds_link,
    is_organiser,
    is_own,
    is_ward_staff,
    keeps_list,
    names_are_open,
)

_define = permissions.define
_define(
    "communities.offer_seat",
    keeps_list,
    reason="席を案内できるのは、申込みを集める人だけです。",
)
_define(
    "communities.answer_offer",
    is_own | keeps_list | holds_link,
    reason="案内に返事ができるのは、本人と、申込みを集める人だけです。",
)
_define(
    "communities.change_party",
    is_own | keeps_list | holds_link,
    reason="人数を変えられるのは、本人と、申込みを集める人だけです。",
)
_define(
    "communities.draw_lottery",
    is_ward_staff | is_organiser,
    reason="抽選ができるのは、世話人と地域の担当者だけです。",
)
_define(
    "communities.check_in",
    keeps_list | (is_organiser & names_are_open),
    reason="参加と欠席を記録できるのは、申込みを集める人と、催しの14日後までの世話人だけです。",
)
