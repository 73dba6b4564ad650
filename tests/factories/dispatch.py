"""Advisors and dispatches for tests, made by the actions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from grants import actions
from grants.dispatch import queries
from grants.models import Advisor, Dispatch, Menu, Visit, VisitReport
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor

from .accounts import UserFactory, actor
from .areas import KAGOSHIMA, authority
from .deciding import record
from .grants import Town, open_call

WISH = {
    "subject": "block_grant",
    "issue": "補助金が六つに分かれている。",
    "wishes": "まとめる手順を知りたい。",
    "times": "1月の午後。",
    "visits_wanted": 2,
    "manner": "visit",
    "applicant_name": "試験 一郎",
    "own_number": "試地第12号",
}
FIRST = datetime(2026, 12, 10, 13, 30, tzinfo=clock.JST)


def menu() -> Menu:
    """Menu ① of the year; loads the programmes when there are none."""
    open_call()
    return queries.menus(clock.now()).get()


@dataclass
class Adviser:
    """An advisor of 鹿児島県 with an account, who goes anywhere and knows the block grant."""

    town: Town
    values: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def user(self) -> User:
        made: User = UserFactory()
        return made

    @property
    def actor(self) -> UserActor:
        assert self.row
        return actor(self.user)

    @cached_property
    def row(self) -> Advisor:
        values = {
            "name": "助言 花子", "kana": "ジョゲン ハナコ", "fields": ["block_grant", "plan"], "base": "鹿児島市",
            "fee_yen": 20_000, "fee_unit": "visit", "active_from": 2026, "shown": ["name"], **self.values,
        }  # fmt: skip
        return actions.register_advisor(
            by=self.town.prefecture, authority=authority(KAGOSHIMA), email=self.user.email, **values
        )


def draft(town: Town, **values: Any) -> Dispatch:
    """A draft in which everything stands."""
    made = actions.start_dispatch(by=town.officer, menu=menu(), municipality=town.area, title="交付金の制度")
    return actions.save_dispatch(by=town.officer, dispatch=made, revision=0, **{**WISH, **values})


def requested(town: Town, **values: Any) -> Dispatch:
    return actions.submit_dispatch(by=town.chief, dispatch=draft(town, **values))


def proposed(town: Town, adviser: Adviser, *, starts_at: datetime = FIRST, visits_count: int = 2) -> Dispatch:
    return actions.propose_advisor(
        by=town.prefecture, dispatch=requested(town), advisor=adviser.row, visits_count=visits_count,
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
    )  # fmt: skip


def accepted(town: Town, adviser: Adviser, **values: Any) -> Dispatch:
    return actions.accept_dispatch(by=adviser.actor, dispatch=proposed(town, adviser, **values))


def decide(town: Town, made: Dispatch) -> Dispatch:
    """Decided by a 決裁 that the office keeps."""
    approval = actions.draft_dispatch_decision(by=town.prefecture, dispatch=made)
    actions.record_approval(
        by=town.prefecture, approval=approval, **record(town.prefecture, commitment_number="")
    )
    made.refresh_from_db()
    return made


def decided(town: Town, adviser: Adviser, **values: Any) -> Dispatch:
    """Decided, with its first visit on `FIRST`."""
    return decide(town, accepted(town, adviser, **values))


def report(by: UserActor, visit: Visit, side: str, **values: Any) -> VisitReport:
    """What one side reports, when nothing else is said."""
    figure = {"people_count": 12} if side == "municipality" else {"minutes": 100}
    return actions.report_visit(
        by=by,
        visit=visit,
        side=side,
        content="要綱の例を見た。",
        outcome="素案をつくる。",
        **{**figure, **values},
    )


def reported(town: Town, adviser: Adviser, clock_file: Any) -> Visit:
    """The first visit, held and reported by both; the clock stands two hours after it."""
    made = decided(town, adviser)
    clock_file.set("2026-12-10T17:30:00+09:00")
    visit = actions.hold_visit(by=town.officer, visit=made.visits.get())
    report(town.officer, visit, "municipality")
    report(adviser.actor, visit, "advisor")
    visit.refresh_from_db()
    return visit
