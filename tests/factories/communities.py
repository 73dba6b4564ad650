"""Communities, events, initiatives and collaborations for tests, made by the actions as their users make them."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communities import actions
from communities.models import (
    Activity,
    Collaboration,
    Community,
    Event,
    Initiative,
    Membership,
    Platform,
    Post,
    Registration,
    Theme,
)
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.areas.models import Area
from portal.kernel import clock, uploads
from portal.kernel.actors import Actor, UserActor, VisitorActor
from portal.kernel.models import StoredFile
from tests.support.factories import email, number

from .accounts import UserFactory, actor, officer
from .areas import AKIHA, KANOYA, area


def ward_officer(code: str = AKIHA) -> UserActor:
    """A fresh officer of a ward."""
    return actor(officer(Role.WARD_OFFICER, code))


def city_officer(code: str = "151009") -> UserActor:
    """A fresh officer of the city's head office."""
    return actor(officer(Role.CITY_OFFICER, code))


def municipal_officer(code: str = KANOYA) -> UserActor:
    """A fresh officer of a municipality."""
    return actor(officer(Role.MUNICIPAL_OFFICER, code))


def usual(role: str = Role.WARD_OFFICER, code: str = AKIHA) -> UserActor:
    """Who does what a test asks nobody in particular to do: one officer for each post, made when first needed.

    Somebody new would cost a test a good part of its time for each of its objects.
    """
    address = f"usual-{role}-{code}@example.test"
    known = User.objects.filter(email=address).first()
    return actor(known or officer(role, code, user=UserFactory(email=address)))


def person(**kwargs: Any) -> UserActor:
    """A fresh resident."""
    return actor(UserFactory(**kwargs))


def visitor() -> VisitorActor:
    """Somebody without an account."""
    return VisitorActor.of_session(f"session-{number()}")


def fresh(who: UserActor) -> UserActor:
    """The same person at a later request: standing gained since then counts."""
    return UserActor(User.objects.get(pk=who.user_id))


def theme(slug: str = "food") -> Theme:
    """One of the themes of the master data."""
    return Theme.objects.get(slug=slug)


def community(
    *, by: UserActor | None = None, place: Area | None = None, publish: bool = True, **kwargs: Any
) -> Community:
    """A published community of 秋葉区 (or of `place`), open to all unless said otherwise."""
    place = place or area(AKIHA)
    name = f"試験の集まり{number()}"
    values = {
        "name": name,
        "kana": f"シケンノアツマリ{number()}",
        "summary": "試験のための集まりです。",
        "join_policy": "open",
    }
    return actions.register_community(
        by=by or usual(code=place.pk), area=place, publish=publish, **{**values, **kwargs}
    )


def member(where: Community, who: UserActor | None = None, **kwargs: Any) -> Membership:
    """An active member, accepted by an officer where the community asks for approval."""
    made = actions.join_community(by=who or person(), community=where, **kwargs)
    return (
        actions.accept_member(by=usual(code=where.area_id), membership=made)
        if made.state == "requested"
        else made
    )


def organiser(where: Community, who: UserActor | None = None) -> UserActor:
    """A person who organises a published community."""
    who = who or person()
    made = member(where, who)
    actions.appoint_organiser(by=usual(code=where.area_id), membership=made)
    return fresh(who)


def moment(days: float = 10) -> datetime:
    """So many days from now, on the hour."""
    return (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


def event(
    host: Any = None, *, by: UserActor | None = None, starts_at: datetime | None = None, **kwargs: Any
) -> Event:
    """A published event in ten days, two hours long, collected by the city, 10 seats."""
    host = host or community()
    starts_at = starts_at or moment()
    values = {
        "title": f"試験の会{number()}",
        "venue": "試験会館",
        "collector": "city",
        "capacity": 10,
        "publish": True,
    }
    return actions.create_event(
        by=by or usual(code=host.area_id), host=host, starts_at=starts_at,
        **{"ends_at": starts_at + timedelta(hours=2), **values, **kwargs},
    )  # fmt: skip


def held(event: Event, by: UserActor | None = None) -> Event:
    """The event, noted as held by the ward's officer at its start."""
    with clock.at(event.starts_at):
        return actions.hold_event(by=by or usual(code=event.area_id), event=event)


def registration(to: Event, by: Actor | None = None, **kwargs: Any) -> Registration:
    """A party of one, without an account."""
    values = {"name": "試験 花子", "kana": "シケン ハナコ", "email": email("party"), "consent": True}
    return actions.register_for_event(by=by or visitor(), event=to, **{**values, **kwargs})


def initiative(of: Community | None = None, by: UserActor | None = None, **kwargs: Any) -> Initiative:
    """An initiative at its first stage."""
    of = of or community()
    values = {"title": f"試験の取組{number()}", "summary": "試験のための取組です。"}
    return actions.start_initiative(by=by or usual(code=of.area_id), community=of, **{**values, **kwargs})


def stored(by: Actor, name: str = "minutes.txt") -> StoredFile:
    """A staged text file."""
    content = f"議事録 第{number()}回 双方が出席".encode()
    return uploads.stage(SimpleUploadedFile(name, content), by=by)


def yesterday() -> date:
    return clock.today_jst() - timedelta(days=1)


def collaboration(
    of: Initiative | None = None,
    *,
    by: UserActor | None = None,
    evidence: Sequence[str] = ("minutes",),
    **kwargs: Any,
) -> Collaboration:
    """A record of yesterday with a fresh school, submitted, with one piece of evidence."""
    of = of or initiative()
    by = by or usual(code=of.community.area_id)
    values = {
        "organisation_name": f"試験第{number()}学校", "organisation_kind": "school", "form": "shared_roles",
        "our_role": "会場と進行", "their_role": "司会と取材", "started_on": yesterday(), "submit": True,
    }  # fmt: skip
    files = [(kind, stored(by)) for kind in evidence]
    return actions.record_collaboration(by=by, initiative=of, evidence=files, **{**values, **kwargs})


def counted(of: Initiative | None = None, **kwargs: Any) -> Collaboration:
    """A record that the ward has confirmed and the city has counted."""
    row = collaboration(of, **kwargs)
    actions.ward_confirm_collaboration(by=usual(code=row.lead_area_id), collaboration=row)
    return actions.count_collaboration(by=usual(Role.CITY_OFFICER, "151009"), collaboration=row)


def platform(place: Area | None = None, **kwargs: Any) -> Platform:
    """A コミプラ of 鹿屋市 at its first stage."""
    place = place or area(KANOYA)
    values = {
        "name": f"試験コミュニティ協議会{number()}",
        "kana": f"シケンコミュニティキョウギカイ{number()}",
    }
    return actions.register_platform(
        by=usual(Role.MUNICIPAL_OFFICER, place.pk),
        area=place,
        **{"since_on": yesterday(), **values, **kwargs},
    )


def image(by: Actor, name: str = "写真.jpg") -> StoredFile:
    """A staged picture of two colours."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (number() % 255, 90, 40)).save(out, format="JPEG")
    return uploads.stage(SimpleUploadedFile(name, out.getvalue()), by=by, accept=uploads.IMAGES)


def new_photo(by: Actor, file: StoredFile | None = None, **kwargs: Any) -> actions.NewPhoto:
    """A picture with its words."""
    words = {"alt": "赤い四角の絵", "caption": "試験の写真", "consent": "nobody"}
    return actions.NewPhoto(file=file or image(by), **{**words, **kwargs})


def post(of: Community | None = None, by: UserActor | None = None, **kwargs: Any) -> Post:
    """A published post of the ward's officer, without a picture."""
    of = of or community()
    values = {"title": f"試験の投稿{number()}", "body": "試験のための投稿です。", "publish": True}
    return actions.write_post(by=by or usual(code=of.area_id), community=of, **{**values, **kwargs})


def activity(of: Community | None = None, by: UserActor | None = None, **kwargs: Any) -> Activity:
    """A record of yesterday with 12 people."""
    of = of or community()
    values = {
        "title": f"試験の活動{number()}",
        "summary": "試験です。",
        "held_on": yesterday(),
        "people_count": 12,
    }
    return actions.log_activity(by=by or usual(code=of.area_id), community=of, **{**values, **kwargs})
