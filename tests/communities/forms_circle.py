"""Forms, pages and costs of what members and organisers write."""

from typing import Any

from communities import mails_joining
from communities.actions import invitations
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


def members_page(made: Cast) -> str:
    invitation(made)
    return address(made, "manage/members/")


def nine_more(made: Cast) -> None:
    for _ in range(9):
        by = make.ward_officer()
        make.post(made.community, by, photo=make.new_photo(by))
        make.activity(made.community, by, photo=make.new_photo(by))


def invitation(made: Cast, **kwargs: Any) -> Any:
    values = {"email": make.email("invited"), **kwargs}
    return invitations.invite_member(by=made.people["ward"], community=made.community, **values)


def link(made: Cast) -> list[Any]:
    row = invitation(made, email=made.people["resident"].user.email, message=KEPT)
    return [mails_joining.invitation_token(row)]


def slug_with_two(made: Cast) -> list[Any]:
    """A second organiser, so that one may step back."""
    make.organiser(made.community)
    return slug(made)


def community_pk(made: Cast) -> list[Any]:
    return [made.community.pk]


FORMS = {
    "community_facts": (
        "organiser",
        slug,
        {"links": f"https://example.jp/{KEPT}", "age_1": "12", "counted_on": "2026-04-01"},
        KEPT,
    ),
    "community_rest": ("organiser", slug, {"note": KEPT}, KEPT),
    "staff_city_role": (
        "ward",
        community_pk,
        {"role": "watching", "since_on": "2026-04-01", "note": KEPT},
        KEPT,
    ),
    "invitation_new": (
        "organiser",
        slug,
        {"email": "new@example.jp", "role": "organiser", "message": KEPT},
        KEPT,
    ),
    "invitation_cancel": ("organiser", lambda m: [m.community.slug, invitation(m).pk], {}, ""),
    "invitation_detail": ("resident", link, {"step": "accept"}, KEPT),
    "community_handover": ("organiser", slug_with_two, {"to": ""}, ""),
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
    "community_members": (("organiser", "ward"), members_page),
    "post_list": (("anonymous", "member", "organiser"), lambda made: address(made, "posts/")),
    "post_detail": (("anonymous", "member", "organiser", "auditor"), shown_post),
    "activity_list": (("anonymous", "organiser"), lambda made: address(made, "activities/")),
    "activity_detail": (("anonymous", "member", "organiser"), shown_activity),
}
FILES = {"photo_file": "image", "community_charter": "PDF"}
COSTS = {
    "posts of a community": ("anonymous", posts_page, 4),
    "activity of a community": ("anonymous", activities_page, 4),
    "people of a community": ("organiser", members_page, 9),
}
MORE = {"writing": nine_more}
