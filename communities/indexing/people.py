"""What search finds of people: only the fields open to whoever may find them."""

from portal.accounts.models import User
from portal.kernel import search

from ..enums import MembershipState
from ..enums.people import OPEN_FIELDS, Openness
from ..models import Membership, Profile
from ..profiles.cards import Card, card_from
from ..queries.profiles import listed_profiles, with_names

KIND = "person"


def put_person(profile: Profile) -> None:
    """Write the entry anew, or take it away: closed, under 18, hidden, or with nobody left who may find it."""
    row = with_names(listed_profiles()).filter(pk=profile.pk).first()
    if row is None:
        search.drop(kind=KIND, object_id=profile.pk)
        return
    card, near = _found(row)
    search.put(
        kind=KIND,
        object_id=row.pk,
        audience=_communities_of(row) if near else ["public"],
        title=row.name,
        body="\n".join(
            filter(None, [card.kana, card.does, card.helps, card.seeks, *card.areas, *card.themes])
        ),
        area_codes=list(row.areas.values_list("pk", flat=True)) if card.areas else [],
        weight=25,
    )


def _found(row: Profile) -> tuple[Card, bool]:
    """What the widest audience of this profile sees, and whether that is members of the same communities alone."""
    near = row.name_seen != Openness.EVERYBODY
    values = {name: getattr(row, name) for name in ("name", "kana", "does", "helps", "seeks", "links")}
    values |= {"areas": row.area_names, "themes": row.theme_names, "photo": ""}
    card = card_from(values, {name: getattr(row, f"{name}_seen") for name in OPEN_FIELDS}, near=near)
    return card or Card(), near


def put_person_of(user: User) -> None:
    """After somebody came into a community or left it: who shares one with them is another circle now."""
    profile = Profile.objects.filter(user=user, is_open=True).first()
    if profile is not None:
        put_person(profile)


def _communities_of(profile: Profile) -> list[str]:
    rows = Membership.objects.filter(user=profile.user_id, state=MembershipState.ACTIVE)
    return [f"community:{pk}" for pk in rows.values_list("community", flat=True)]
