"""Forms, pages and costs of what members and organisers write."""

from typing import Any

from tests.factories import communities as make

from .cast import Cast

KEPT = "のこるはずの言葉"
POST = {"title": KEPT, "body": "本文"}
ACTIVITY = {"title": KEPT, "held_on": "2026-04-01", "summary": "ようす"}
WORDS = {"photo_alt": KEPT, "photo_caption": "一言", "photo_consent": "nobody"}


def slug(made: Cast) -> list[Any]:
    return [made.community.slug]


def post(made: Cast) -> list[Any]:
    return [made.community.slug, make.post(made.community).pk]


def post_photo(made: Cast) -> list[Any]:
    by = made.people["ward"]
    row = make.post(made.community, by, photo=make.new_photo(by))
    return [made.community.slug, row.pk, row.photos.get().pk]


def activity(made: Cast) -> list[Any]:
    return [made.community.slug, make.activity(made.community).pk]


def activity_photo(made: Cast) -> list[Any]:
    by = made.people["ward"]
    row = make.activity(made.community, by, photo=make.new_photo(by))
    return [made.community.slug, row.pk, row.photos.get().pk]


def address(made: Cast, tail: str) -> str:
    return f"{made.community.get_absolute_url()}{tail}"


def shown_post(made: Cast) -> str:
    by = made.people["ward"]
    return str(make.post(made.community, by, photo=make.new_photo(by)).get_absolute_url())


def shown_activity(made: Cast) -> str:
    by = made.people["ward"]
    row = make.activity(
        made.community,
        by,
        photo=make.new_photo(by),
        event=made.event,
        initiative=made.initiative,
        outcome="成果",
    )
    return str(row.get_absolute_url())


def posts_page(made: Cast) -> str:
    make.post(made.community)
    return address(made, "posts/")


def activities_page(made: Cast) -> str:
    make.activity(made.community)
    return address(made, "activities/")


def nine_more(made: Cast) -> None:
    for _ in range(9):
        by = make.ward_officer()
        make.post(made.community, by, photo=make.new_photo(by))
        make.activity(made.community, by, photo=make.new_photo(by))


FORMS = {
    "post_new": ("member", slug, POST, KEPT),
    "post_edit": ("organiser", post, POST, KEPT),
    "post_step": ("organiser", post, {"step": "take_down", "note": KEPT}, KEPT),
    "post_photo_remove": ("organiser", post_photo, {}, ""),
    "activity_new": ("organiser", slug, ACTIVITY, KEPT),
    "activity_edit": ("organiser", activity, ACTIVITY, KEPT),
    "activity_step": ("organiser", activity, {"step": "withdraw", "note": KEPT}, KEPT),
    "activity_photo_remove": ("organiser", activity_photo, {}, ""),
    "post_photo_new": ("organiser", post, WORDS, KEPT),
    "activity_photo_new": ("organiser", activity, WORDS, KEPT),
}
READS = {
    "post_list": (("anonymous", "member", "organiser"), lambda made: address(made, "posts/")),
    "post_detail": (("anonymous", "member", "organiser", "auditor"), shown_post),
    "activity_list": (("anonymous", "organiser"), lambda made: address(made, "activities/")),
    "activity_detail": (("anonymous", "member", "organiser"), shown_activity),
}
FILES = {"photo_file": "image"}
COSTS = {
    "posts of a community": ("anonymous", posts_page, 4),
    "activity of a community": ("anonymous", activities_page, 4),
}
MORE = {"writing": nine_more}
