"""Forms, pages and costs of what members and organisers write."""

from typing import Any

from communities.actions import groups, invitations, merging, platform_parts
from communities.actions.organisations import find_or_register_organisation
from communities.mails import joining as mails_joining
from tests.factories import communities as make
from tests.support.files import chosen

from .cast import Cast

KEPT = "のこるはずの言葉"
POST = {"title": KEPT, "body": "本文"}
ACTIVITY = {"title": KEPT, "held_on": "2026-04-01", "summary": "ようす"}


def slug(made: Cast) -> list[Any]:
    return [made.community.slug]


def post(made: Cast) -> list[Any]:
    return [made.community.slug, make.post(made.community).pk]


def post_photo(made: Cast) -> list[Any]:
    by = made.people["ward"]
    row = make.post(made.community, by, photo=make.new_photo(by))
    return [made.community.slug, row.pk, row.photos.get().pk]


def words(made: Cast) -> dict[str, Any]:
    """A picture that was chosen before, with its words."""
    by = made.people["organiser"]
    photo = chosen(make.image(by), by)
    return {"photo-staged": photo, "photo_alt": KEPT, "photo_caption": "一言", "photo_consent": "nobody"}


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


def alone(made: Cast) -> list[Any]:
    """A community without meetings to come, organised by the same person."""
    where = make.community()
    make.organiser(where, made.people["organiser"])
    return [where.slug]


def slug_with_two(made: Cast) -> list[Any]:
    """A second organiser, so that one may step back."""
    make.organiser(made.community)
    return slug(made)


def community_pk(made: Cast) -> list[Any]:
    return [made.community.pk]


def group_of(made: Cast) -> Any:
    return groups.start_group(by=made.people["ward"], community=made.community, name="教育の部会")


def group(made: Cast) -> list[Any]:
    return [group_of(made).pk]


def problem_of(made: Cast, row: Any) -> Any:
    return groups.write_problem(by=made.people["ward"], group=row, title="場がない", detail="くわしく")


def problem(made: Cast) -> list[Any]:
    row = group_of(made)
    return [row.pk, problem_of(made, row).pk]


def measure(made: Cast) -> list[Any]:
    row = group_of(made)
    written = groups.write_measure(by=made.people["ward"], problem=problem_of(made, row), title="ひらく")
    return [row.pk, written.pk]


def group_page(made: Cast) -> str:
    row = group_of(made)
    one = problem_of(made, row)
    for _ in range(2):
        groups.write_measure(
            by=made.people["ward"], problem=one, title="ひらく", taker_kind="role", taker_name="担当", initiative=made.initiative
        )  # fmt: skip
    return str(row.get_absolute_url())


def body(made: Cast, name: str) -> Any:
    by = made.people["ward"]
    return find_or_register_organisation(by=by, name=name, kind="school", area=made.community.area)


def organisation(made: Cast) -> list[Any]:
    body(made, "見本高等学校")
    return [body(made, "見本高校").pk]


def two_bodies(made: Cast) -> list[Any]:
    return [body(made, "見本高校").pk, body(made, "見本高等学校").pk]


def merged(made: Cast) -> list[Any]:
    first, second = body(made, "見本高校"), body(made, "見本高等学校")
    return [merging.merge_organisations(by=made.people["ward"], kept=first, gone=second, note="同じ").pk]


def platform(made: Cast) -> list[Any]:
    return [made.platform.pk]


def part(made: Cast) -> list[Any]:
    row = platform_parts.add_part(
        by=made.people["municipal"], platform=made.platform, part="team", name="防災部会"
    )
    return [made.platform.pk, row.pk]


def platform_page(made: Cast) -> str:
    part(made)
    return str(made.platform.get_absolute_url())


FORMS = {
    "staff_platform_edit": (
        "municipal",
        platform,
        {"name": KEPT, "kana": "ノコル", "legal_form": "nbhd", "block_grant": "yes"},
        KEPT,
    ),
    "staff_platform_part_new": (
        "municipal",
        platform,
        {"part": "body", "name": KEPT, "kind": "neighbourhood"},
        KEPT,
    ),
    "staff_platform_part_remove": ("municipal", part, {}, ""),
    "staff_organisation_detail": ("ward", organisation, {"name": KEPT, "kind": "school"}, KEPT),
    "staff_organisation_merge": ("ward", two_bodies, {"note": KEPT}, KEPT),
    "staff_organisation_unmerge": ("ward", merged, {}, ""),
    "group_new": ("organiser", slug, {"name": KEPT}, KEPT),
    "staff_group_new": ("ward", lambda m: [], {"name": KEPT, "area": "151050"}, KEPT),
    "group_edit": ("organiser", group, {"name": KEPT}, KEPT),
    "problem_new": ("organiser", group, {"title": KEPT}, KEPT),
    "problem_edit": ("organiser", problem, {"title": KEPT}, KEPT),
    "measure_new": ("organiser", problem, {"title": KEPT, "taker_kind": "open"}, KEPT),
    "measure_edit": ("organiser", measure, {"title": KEPT, "taker_kind": "role", "taker_name": "担当"}, KEPT),
    "measure_step": ("organiser", measure, {"step": "drop", "note": KEPT}, KEPT),
    "community_facts": (
        "organiser",
        slug,
        {"links": f"https://example.jp/{KEPT}", "age_1": "12", "counted_on": "2026-04-01"},
        KEPT,
    ),
    "community_rest": ("organiser", slug, {"note": KEPT}, KEPT),
    "community_dissolve": ("organiser", alone, {"note": KEPT}, KEPT),
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
    "post_photo_new": ("organiser", post, words, KEPT),
    "activity_photo_new": ("organiser", activity, words, KEPT),
}
READS = {
    "platform_detail": (("anonymous", "municipal"), platform_page),
    "staff_organisation_list": (("ward", "city"), lambda made: "/staff/organisations/?q=学校"),
    "group_detail": (("anonymous", "organiser", "auditor"), group_page),
    "community_members": (("organiser", "ward"), members_page),
    "post_list": (("anonymous", "member", "organiser"), lambda made: address(made, "posts/")),
    "post_detail": (("anonymous", "member", "organiser", "auditor"), shown_post),
    "activity_list": (("anonymous", "organiser"), lambda made: address(made, "activities/")),
    "activity_detail": (("anonymous", "member", "organiser"), shown_activity),
}
FILES = {"photo_file": "image", "community_charter": "PDF"}
COSTS = {
    "staff organisations": ("ward", lambda made: "/staff/organisations/", 7),
    "working group": ("anonymous", group_page, 4),
    "posts of a community": ("anonymous", posts_page, 4),
    "activity of a community": ("anonymous", activities_page, 4),
    "people of a community": ("organiser", members_page, 9),
}
MORE = {"writing": nine_more}
