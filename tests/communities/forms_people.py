"""Pages, forms and costs of people, for the tables of tests."""

from typing import Any

from communities.models import Profile, Theme
from portal.areas.models import Area
from tests.factories import communities as make
from tests.factories import people

from .cast import Cast

KEPT = "のこるはずの言葉"


def one(made: Cast) -> Profile:
    """The member of the cast, open to everybody, with everything that a page can show."""
    by = made.people["member"]
    if found := Profile.objects.filter(user=by.user).first():
        return found
    make.actions.show_member(by=by, membership=by.user.memberships.get(), show_name=True)
    return people.profile(
        by, photo=people.photo(by), areas=Area.objects.filter(pk="151050"),
        themes=Theme.objects.filter(slug="food"), links=["https://example.jp/a?b&c"],
    )  # fmt: skip


def _more(made: Cast) -> None:
    by = make.person()
    make.member(made.community, by, show_name=True)
    people.profile(by, areas=Area.objects.filter(pk="151050"), themes=Theme.objects.filter(slug="food"))


def nothing(made: Cast) -> list[Any]:
    return []


FORMS: dict[str, Any] = {
    "profile_edit": ("resident", nothing, {"name": "試験", "name_seen": "members", "does": KEPT}, KEPT),
    "profile_close": ("resident", nothing, {}, ""),
}
READS: dict[str, Any] = {
    "person_list": (("anonymous", "member"), lambda m: f"/people/?x={one(m).pk}"),
    "person_detail": (("anonymous", "member", "ward"), lambda m: one(m).get_absolute_url()),
}
FILES = {"person_photo": "one's photo, drawn anew", "profile_photo": "one's own photo"}
COSTS: dict[str, Any] = {
    "people list": ("anonymous", lambda m: f"/people/?x={one(m).pk}", 3),
    "people list by area and theme": ("anonymous", lambda m: "/people/?area=151050&theme=food", 3),
    "people list by words": ("anonymous", lambda m: "/people/?q=試験", 3),
    "person": ("anonymous", lambda m: one(m).get_absolute_url(), 4),
    "person, signed in": ("resident", lambda m: one(m).get_absolute_url(), 8),
    "people, signed in": ("resident", lambda m: "/people/", 7),
    "one's own profile": ("resident", lambda m: "/me/profile/", 8),
}
MORE = {"people": _more}
