"""One's own profile: written, opened field by field, closed at once.

profile = save_profile(by=resident, name="さいとう", does="…", seen={"name": "everybody", "does": "members"}, open_now=True)
close_profile(by=resident)
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.areas.models import Area
from portal.kernel import audit, clock, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..enums.people import OPEN_FIELDS, ExchangeState, Openness, Side
from ..indexing import people as indexing_people
from ..models import Exchange, Membership, Profile, Theme
from ..profiles import pictures
from ..profiles.links import MOST, clean_link
from ..saving import change, locked, user_of
from .exchanges import stop_exchange

MINOR = "18歳未満の方のプロフィールは、公開できません。"


@transaction.atomic
def save_profile(
    *, by: Actor, seen: Mapping[str, str], name: str = "", kana: str = "", does: str = "", helps: str = "",
    seeks: str = "", areas: Iterable[Area] = (), themes: Iterable[Theme] = (), links: Sequence[str] = (),
    photo: StoredFile | None = None, takes_letters: bool = True, open_now: bool = False,
) -> Profile:  # fmt: skip
    """Write what one says of oneself, and who sees each field (`seen`: what is not named is seen by nobody).

    `open_now` also opens the profile. Raises Refusal: a minor opens, no name to open with; ValidationError for values.
    """
    user = _person(by)
    profile = _own(user)
    texts = {"name": name, "kana": kana, "does": does, "helps": helps, "seeks": seeks}
    values: dict[str, Any] = {
        **texts, "links": [clean_link(link) for link in links][:MOST], "takes_letters": takes_letters,
        **{f"{field}_seen": seen.get(field, Openness.NOBODY) for field in OPEN_FIELDS},
    }  # fmt: skip
    if (open_now or profile.is_open) and not (name and values["name_seen"] != Openness.NOBODY):
        raise Refusal(
            "公開するには、名前または呼び名と、それを見せる相手を決めてください。", field="name", code="name"
        )
    if open_now and not profile.is_open:
        _require_adult(user)
        values |= {"is_open": True, "opened_at": clock.now()}
    values |= _photo(profile, photo)
    changed = change(profile, values)
    profile.areas.set(areas)
    profile.themes.set(themes)
    audit.record("communities.profile.saved", by=by, target=profile, data={"fields": changed})
    if "is_open" in changed:
        audit.record("communities.profile.opened", by=by, target=profile)
    indexing_people.put_person(profile)
    return profile


@transaction.atomic
def close_profile(*, by: Actor) -> Profile:
    """Disappear at once: directory, page, photo, search, the name on the pages of communities,
    and what others were writing to this person. Twice is once."""
    user = _person(by)
    profile = _own(user)
    change(profile, {"is_open": False, "opened_at": None})
    named = Membership.objects.select_for_update(no_key=True).filter(user=user, show_name=True)
    for membership in named.order_by("pk"):
        change(membership, {"show_name": False})
        audit.record("communities.membership.shown", by=by, target=membership, data={"show_name": False})
    for exchange in Exchange.objects.filter(recipient=user, state=ExchangeState.OPEN).order_by("pk"):
        stop_exchange(by=by, exchange=exchange, side=Side.RECIPIENT)
    indexing_people.put_person(profile)
    audit.record("communities.profile.closed", by=by, target=profile)
    return profile


def _person(by: Actor) -> User:
    user = user_of(by)
    if user is None:
        raise PermissionDenied("プロフィールは、ログインした本人だけが書けます。")
    return user


def _own(user: User) -> Profile:
    """The one row of this person, under its lock."""
    return locked(Profile.objects.get_or_create(user=user)[0])


def _require_adult(user: User) -> None:
    """Read afresh: the session may be old."""
    user.refresh_from_db(fields=["age_group", "is_active"])
    if not user.is_adult:
        raise Refusal(MINOR, code="minor")


def _photo(profile: Profile, sent: StoredFile | None) -> dict[str, Any]:
    """The photo as it is kept. What is replaced or taken away belongs to nobody from now on, and is swept."""
    if sent is not None and sent.pk == profile.photo_id:
        return {}
    if profile.photo is not None:
        uploads.release(profile.photo)
    return {"photo": pictures.keep_square(sent, profile) if sent is not None else None}
