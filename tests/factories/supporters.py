"""Student supporters for tests: rows for where a test begins, the actions for what it is about."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from grants.models import Placement, Supporter, SupporterOffer, SupportRequest
from grants.supporters.actions import placing, register
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor

from .accounts import UserFactory, actor
from .areas import KAGOSHIMA, authority
from .grants import Town, open_call
from .workshop import consulting

FIRST = date(2026, 12, 5)  # a Saturday after the Wednesday of the grants' tests
ADULT_BORN, MINOR_BORN = date(2006, 5, 1), date(2009, 5, 1)
ENTRY: dict[str, Any] = {
    "name": "学生 花子",
    "kana": "ガクセイ ハナコ",
    "birth_on": ADULT_BORN,
    "school": "見本大学",
    "grade": "2年",
    "phone": "099-000-0000",
    "fields": ["record", "talk"],
}
GUARDIAN = {
    "guardian_name": "保護 太郎",
    "guardian_phone": "099-000-0001",
    "guardian_email": "guardian@hiroba.example",
}
WANTED: dict[str, Any] = {
    "title": "まちあるきの記録",
    "field": "record",
    "work": "写真をとり、気づいたことを書きとめる。",
    "place": "見本公民館",
    "hours": "10時から15時まで",
    "first_on": FIRST,
    "last_on": FIRST + timedelta(days=9),
    "people": 1,
    "contact_name": "窓口 花子",
}


@dataclass
class Student:
    """A student of 鹿児島県 with an account, registered and free on the first days of `WANTED`."""

    town: Town
    values: dict[str, Any] = field(default_factory=dict)
    free: int = 3

    @cached_property
    def user(self) -> User:
        made: User = UserFactory()
        return made

    @property
    def actor(self) -> UserActor:
        return actor(self.user)

    @cached_property
    def row(self) -> Supporter:
        values = {**ENTRY, "state": "registered", "registered_at": clock.now(), **self.values}
        made = Supporter.objects.create(authority=authority(KAGOSHIMA), user=self.user, **values)
        SupporterOffer.objects.bulk_create(
            SupporterOffer(supporter=made, on=FIRST + timedelta(days=count)) for count in range(self.free)
        )
        return made


def applied(town: Town, user: User, **values: Any) -> Supporter:
    """An entry that a student asked for."""
    open_call()
    return register.apply_as_supporter(by=actor(user), authority=authority(KAGOSHIMA), **{**ENTRY, **values})


def request(town: Town, file: Any = None, **values: Any) -> SupportRequest:
    """Supporters wanted at a file (a workshop in consultation when none is given)."""
    return placing.ask_supporters(by=town.officer, file=file or consulting(town), **{**WANTED, **values})


def proposed(town: Town, student: Student, wanted: SupportRequest | None = None, days: int = 2) -> Placement:
    """The student was asked for so many days from `FIRST`."""
    return placing.propose_supporter(
        by=town.prefecture, request=wanted or request(town), supporter=student.row,
        days=[FIRST + timedelta(days=count) for count in range(days)],
    )  # fmt: skip


def accepted(town: Town, student: Student, **values: Any) -> Placement:
    return placing.accept_placement(by=student.actor, placement=proposed(town, student, **values))
