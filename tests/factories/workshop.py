"""Workshops for tests: rows for where a test begins, the actions for what it is about."""

from datetime import datetime, timedelta
from typing import Any

from grants import actions
from grants.models import Menu, Workshop, WorkshopReport
from grants.workshop import queries
from grants.workshop.actions import agreeing, cases, running
from grants.workshop.rows import DutyRow, LecturerRow
from portal.areas.models import Authority
from portal.kernel import clock

from .areas import AuthorityFactory
from .deciding import record
from .grants import Town, open_call

STARTS = datetime(2026, 12, 12, 13, 30, tzinfo=clock.JST)
ENDS = STARTS + timedelta(hours=3)
DAY = timedelta(days=1)
PLAN: dict[str, Any] = {
    "host_kind": "with_municipality",
    "title": "地域の将来を話し合うワークショップ",
    "aim": "校区の将来像を話し合う。",
    "content": "講演とグループでの話し合い。",
    "starts_at": STARTS,
    "ends_at": ENDS,
    "venue": "見本公民館",
    "address": "見本町1-1",
    "audience": "校区の住民",
    "capacity": 40,
    "contact_name": "窓口 花子",
    "applicant_name": "試験 一郎",
    "own_number": "試地第45号",
}
LECTURER = LecturerRow(
    name="講師 太郎", affiliation="見本大学", topic="事例", fee_yen=30_000, travel_yen=4_000
)
DUTIES = (
    DutyRow(kind="fee", doer="prefecture", payer="prefecture"),
    DutyRow(kind="venue", doer="municipality", payer="municipality", note="公民館を借りる"),
    DutyRow(kind="entry", doer="municipality", payer="none"),
)


def menu() -> Menu:
    """Menu ② of the year; loads the programmes when there are none."""
    open_call()
    return queries.menus(clock.now()).get()


def draft(town: Town, **values: Any) -> Workshop:
    """A draft of the town in which everything stands. `lecturers` and `duties` as rows."""
    applicant = values.pop("applicant", "municipality")
    made = cases.start_workshop(
        by=town.officer, menu=menu(), municipality=town.area, title="話し合い", applicant=applicant
    )
    return save(town, made, **values)


def save(town: Town, made: Workshop, by: Any = None, **values: Any) -> Workshop:
    """Save the plan with everything, changed by `values`."""
    rows = {"lecturers": [LECTURER], "duties": DUTIES, **values}
    return cases.save_workshop(
        by=by or town.officer, workshop=made, revision=made.revision, **{**PLAN, **rows}
    )


def consulting(town: Town, **values: Any) -> Workshop:
    """Submitted by the chief."""
    return cases.submit_workshop(by=town.chief, workshop=draft(town, **values))


def agreed(town: Town, made: Workshop | None = None, **values: Any) -> Workshop:
    """Agreed to by both sides."""
    made = made or consulting(town, **values)
    agreeing.agree_workshop(by=town.chief, workshop=made, revision=made.revision)
    return agreeing.agree_workshop(by=town.prefecture, workshop=made, revision=made.revision)


def decide(town: Town, made: Workshop) -> Workshop:
    """Decided by a 決裁 that the office keeps."""
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    actions.record_approval(
        by=town.prefecture, approval=approval, **record(town.prefecture, commitment_number="")
    )
    return Workshop.objects.get(pk=made.pk)


def decided(town: Town, **values: Any) -> Workshop:
    """Decided, with its event."""
    return decide(town, agreed(town, **values))


def government(town: Town) -> Authority:
    """The town's own government, which hosts 市町村主催."""
    found = Authority.objects.filter(area=town.area).first()
    made: Authority = found or AuthorityFactory(area=town.area)
    return made


def report(town: Town, made: Workshop, **values: Any) -> WorkshopReport:
    """What the 窓口 reports, when nothing else is said."""
    figures = {
        "residents_count": 20,
        "organisations_count": 6,
        "municipal_count": 3,
        "prefecture_count": 1,
        "others_count": 0,
    }
    words = {"outcome": "三つの班で将来像を話し合った。", "next_step": "2月に二回目を開く。"}
    return running.report_workshop(by=town.officer, workshop=made, **{**figures, **words, **values})
