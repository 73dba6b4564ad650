"""Bulk rows for measuring: many invented communities with events, members and search entries, marked as such.

Rows are the same for the same number; only their dates follow the day they are made. Written with COPY, past the
actions: they measure reading, and one audit entry says that they were made.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, models, transaction

from communities.enums import CommunityState, EventState, JoinPolicy, MembershipRole, MembershipState, Stage
from communities.models import Community, Event, EventSeats, Initiative, Membership, Theme
from portal.accounts.enums import AgeGroup
from portal.accounts.models import User
from portal.areas.models import Area
from portal.areas.queries import default_authority
from portal.kernel import audit, clock, search
from portal.kernel.actors import JobActor

from ..models import DemoStep

NAMESPACE = uuid.UUID("6f0f6a0e-3c0b-4a57-9c8e-5f2f7a2b9d11")
STEP = "scale"
PIECE = 5_000
PEOPLE, MEMBERS_EACH = 400, 2
PLACES = (
    "駅前",
    "川べり",
    "里山",
    "海辺",
    "商店街",
    "団地",
    "港",
    "田んぼ",
    "公園",
    "坂道",
    "学校",
    "用水",
    "市場",
    "図書館",
)
THINGS = (
    "花",
    "本",
    "音楽",
    "写真",
    "自転車",
    "食堂",
    "見守り",
    "防災",
    "子ども",
    "縁側",
    "手仕事",
    "落語",
    "英語",
    "囲碁",
    "体操",
)
DOINGS = ("をつくる会", "を語る会", "を歩く会", "をつなぐ会", "を育てる会", "を伝える会", "をひらく会")
STORY = (
    "{place}で{thing}にかかわる人が、月に一度あつまって話しています。初めての人も、見ているだけの人も歓迎します。"
    "道具は用意があり、参加の費用はかかりません。計測のために作った、架空のコミュニティです。"
)


def seed_scale(total: int, *, say: Callable[[str], None] = lambda text: None) -> int:
    """Bring the number of measuring communities up to `total`; returns how many were added. Safe to call again.

    Needs `load_areas`. One transaction: all or nothing.
    """
    first = Community.objects.filter(slug__startswith="keisoku-").count()
    if total <= first:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        # Deferred checks of row history would be walked at every row: quadratic at 100,000.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        wards = list(Area.wards_of(default_authority().area_id).order_by("code"))
        batch = Batch(first, total, wards, list(_people()), clock.now())
        for model, rows in batch.tables():
            say(f"  {model._meta.verbose_name}: {copy(model, rows):,}件")
        search.put_many(batch.entries())
        row, _ = DemoStep.objects.get_or_create(name=STEP)
        data = {"communities": total - first, "first": first}
        audit.record("site.demostep.scaled", by=JobActor("seed_scale"), target=row, data=data)
    return total - first


class Batch:
    """The rows number `first` to `total` - 1."""

    def __init__(self, first: int, total: int, wards: list[Area], people: list[User], now: datetime) -> None:
        self.numbers = range(first, total)
        self.wards, self.people, self.now = wards, people, now
        self.themes = list(Theme.objects.order_by("order", "slug"))

    def tables(self) -> Iterator[tuple[type[models.Model], Iterable[models.Model]]]:
        """The tables in the order in which they may be filled, with their rows."""
        yield Community, map(self.community, self.numbers)
        if self.themes:
            yield Community.themes.through, map(self.theme, self.numbers)
        yield Event, map(self.event, self.numbers)
        yield EventSeats, map(self.seats, self.numbers)
        yield Initiative, (self.initiative(number) for number in self.numbers if number % 5 == 0)
        yield (
            Membership,
            (self.membership(number, each) for number in self.numbers for each in range(MEMBERS_EACH)),
        )

    def entries(self) -> Iterator[search.Entry]:
        """What search finds: the community and its event."""
        for number in self.numbers:
            found, event = self.community(number), self.event(number)
            yield search.Entry(
                kind="community",
                object_id=found.pk,
                audience=["public"],
                title=found.name,
                weight=30,
                body=f"{found.kana}\n{found.summary}\n{found.story}",
                area_codes=[found.area_id],
            )
            yield search.Entry(
                kind="event",
                object_id=event.pk,
                audience=["public"],
                title=event.title,
                weight=20,
                body=f"{event.summary}\n{event.venue}\n{found.name}",
                area_codes=[event.area_id],
                happens_at=event.starts_at,
            )

    def community(self, number: int) -> Community:
        place, thing = PLACES[number % len(PLACES)], THINGS[number // 3 % len(THINGS)]
        return Community(
            id=made_id("community", number),
            name=f"{place}の{thing}{DOINGS[number % len(DOINGS)]} {number:06d}(計測用)",
            kana=f"ケイソク {number:06d}",
            slug=f"keisoku-{number:06d}",
            area=self.wards[number % len(self.wards)],
            summary=f"{place}で{thing}を楽しむ、計測用の架空の集まりです",
            story=STORY.format(place=place, thing=thing),
            join_policy=JoinPolicy.values[number % 2],
            state=CommunityState.PUBLISHED,
            created_at=self.now,
            published_at=self.now - timedelta(minutes=number + 1),
        )

    def theme(self, number: int) -> models.Model:
        theme = self.themes[number % len(self.themes)]
        return Community.themes.through(id=None, community_id=made_id("community", number), theme_id=theme.pk)

    def event(self, number: int) -> Event:
        place, thing = PLACES[number % len(PLACES)], THINGS[number // 3 % len(THINGS)]
        starts_at = self.now + timedelta(days=1, minutes=10 * number)
        return Event(
            id=made_id("event", number),
            host_community_id=made_id("community", number),
            area=self.wards[number % len(self.wards)],
            title=f"{thing}の日 {number:06d}(計測用)",
            summary=f"{place}で{thing}を試します",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            venue=f"{place}の集会所",
            collector="community",
            state=EventState.PUBLISHED,
            published_at=self.now,
            created_at=self.now,
        )

    def seats(self, number: int) -> EventSeats:
        return EventSeats(
            event_id=made_id("event", number), capacity=20 + number % 60, confirmed_count=number % 20
        )

    def initiative(self, number: int) -> Initiative:
        return Initiative(
            id=made_id("initiative", number),
            community_id=made_id("community", number),
            area=self.wards[number % len(self.wards)],
            created_at=self.now,
            title=f"{THINGS[number % len(THINGS)]}の取組 {number:06d}(計測用)",
            summary="計測のために作った、架空の取組です",
            stage=Stage.values[number // 5 % len(Stage.values)],
            stage_changed_at=self.now - timedelta(minutes=number),
        )

    def membership(self, number: int, each: int) -> Membership:
        return Membership(
            id=made_id(f"membership-{each}", number),
            community_id=made_id("community", number),
            user=self.people[(number * MEMBERS_EACH + each) % len(self.people)],
            created_at=self.now,
            joined_at=self.now,
            role=MembershipRole.ORGANISER if each == 0 else MembershipRole.MEMBER,
            state=MembershipState.ACTIVE,
        )


def made_id(kind: str, number: int) -> uuid.UUID:
    """The same id for the same row, and no other's."""
    return uuid.uuid5(NAMESPACE, f"{kind}:{number}")


def copy(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Write `rows` with COPY; returns how many. A row without a key gets one from the database.

    In pieces: one statement of 100,000 rows passes the web role's time-out on a busy machine.
    """
    waiting, written = iter(rows), 0
    while piece := list(islice(waiting, PIECE)):
        written += _copy_piece(model, piece)
    return written


def _copy_piece(model: type[models.Model], rows: list[models.Model]) -> int:
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key and rows[0].pk is None)]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as target:
        for row in rows:
            target.write_row(
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            )
    return len(rows)


def _people() -> Iterator[User]:
    """The members, made once: nobody can sign in as one of them."""
    emails = [f"keisoku-{number:03d}@scale.example" for number in range(PEOPLE)]
    known = User.objects.in_bulk(emails, field_name="email")
    today = clock.today_jst()
    fresh = [
        User(
            id=made_id("user", number),
            email=email,
            name=f"計測用 {number:03d}",
            age_group=AgeGroup.ADULT,
            adult_confirmed_on=today,
            is_active=False,
        )
        for number, email in enumerate(emails)
        if email not in known
    ]
    for user in fresh:
        user.set_unusable_password()
    User.objects.bulk_create(fresh)
    return islice((*known.values(), *fresh), PEOPLE)
