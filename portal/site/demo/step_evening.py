"""One evening of the demo from its draw to its record: a lottery drawn, people who came and who did not, photos, answers.

Beside it a meeting whose freed seat is being offered, and a weekly one as a series.
"""

from communities import actions
from communities.models import Event
from portal.kernel import clock
from portal.kernel.actors import TokenActor, VisitorActor

from .pictures import picture, plan
from .step_communities import community
from .step_people import residents
from .texts import AKIHA, KITA, TRAIL, Words
from .world import World

DRAWN, FREED, WEEKLY = "里山の夜の音を聞く会", "古い町家を見て歩く会", "里山の道なおし"
ANSWERS = (
    (5, "静かな時間でした。また来たいです。"),
    (4, "こどもと参加しました。"),
    (5, ""),
    (4, ""),
    (3, "少し寒かったです。"),
)


def build(world: World) -> None:
    """Draw, hold, report, record; offer; repeat."""
    evening = _drawn(world)
    _held(world, evening)
    _offered(world)
    with world.on(-30):
        first = _meeting(world, TRAIL, WEEKLY, -20, 9, capacity=None, entry_method="none")
        actions.repeat_event(by=world.actor("ward-akiha"), event=first, kind="weekly", every=2, count=6)


def _meeting(world: World, host: Words, title: str, day: int, hour: int, **more: object) -> Event:
    officer = "ward-kita" if host is KITA else "ward-akiha"
    return actions.create_event(
        by=world.actor(officer), host=community(host), title=title, venue="新津地区の集会所", address="秋葉区",
        summary="見本の催しです。少人数で集まります", starts_at=world.at(day, hour), ends_at=world.at(day, hour + 2),
        collector="joint", publish=True, **more,
    )  # fmt: skip


def _drawn(world: World) -> Event:
    """Six parties for four seats: sealed with the first day, drawn when entries have ended."""
    with world.on(-40):
        evening = _meeting(
            world,
            AKIHA,
            DRAWN,
            -12,
            18,
            capacity=4,
            entry_method="lottery",
            entries_close_at=world.at(-20, 17),
        )
    for number, person in enumerate(residents()[:6]):
        with world.on(-36 + number):
            actions.register_for_event(
                by=person, event=evening, name=person.user.name, kana="ミホン タロウ", email=person.user.email,
                party_size=1, consent=True,
            )  # fmt: skip
    with world.on(-19):
        actions.draw_lottery(by=world.actor("ward-akiha"), event=evening)
    return evening


def _held(world: World, evening: Event) -> None:
    """Who came, the report with photos and the way, answers, the record of activity."""
    with world.on(-15):
        organiser = world.actor("organiser-akiha")
        way = "集会所の図。大きな道から門を入ると、右に集会所、左に駐車場があります"
        actions.set_sketch(by=organiser, event=evening, file=plan(organiser), alt=way)
    with world.on(-11):
        officer, organiser = world.actor("ward-akiha"), world.actor("organiser-akiha")
        actions.hold_event(by=officer, event=evening)
        came = list(
            evening.registrations.filter(state="confirmed").select_related("event").order_by("position")
        )
        for party in came[:-1]:
            actions.mark_attended(by=officer, registration=party)
        actions.mark_absent(by=officer, registration=came[-1])
        actions.report_event(
            by=organiser, event=evening, result="明かりを消して、虫と水の音を聞きました。",
            minutes="一 あいさつ\n二 里山の道を歩く\n三 気づいたことを話す", adults_count=3, staff_count=2,
        )  # fmt: skip
        for tables, alt in ((3, "丘の前に机が三つ並ぶ絵"), (5, "丘の前に机が五つ並ぶ絵")):
            actions.add_event_photo(
                by=organiser,
                event=evening,
                file=picture(organiser, tables),
                alt=alt,
                caption="見本の絵",
                consented=True,
            )
        survey = actions.set_survey(by=organiser, event=evening)
        actions.thank_participants(by=organiser, event=evening)
    with world.on(-9):
        link = TokenActor("survey", f"eventsurvey:{survey.pk}")
        for party, (stars, text) in zip(evening.registrations.order_by("position"), ANSWERS, strict=False):
            actions.answer_survey(by=link, survey=survey, registration=party, stars=stars, text=text)
        actions.record_event(
            by=world.actor("organiser-akiha"), event=evening, title=evening.title, held_on=world.day(-12),
            place=evening.venue, people_count=5, visits_count=5, summary="明かりを消して、虫と水の音を聞きました。",
        )  # fmt: skip


def _offered(world: World) -> None:
    """Two seats, three parties; one gives its seat back at the first start, and the next has a day to answer."""
    with world.on(-14):
        walk = _meeting(world, AKIHA, FREED, 15, 13, capacity=2)
    parties = []
    for number, (name, kana) in enumerate(
        (("小柳 京", "コヤナギ ケイ"), ("笠原 澄", "カサハラ スミ"), ("渋谷 蛍", "シブヤ ホタル"))
    ):
        reached = f"aruku{number}@visitor.example"
        with world.on(-10 + number):
            parties.append(actions.register_for_event(
                by=VisitorActor.of_session(reached), event=walk, name=name, kana=kana, email=reached, party_size=1,
                consent=True,
            ))  # fmt: skip
    with clock.at(world.start):
        link = TokenActor("registration", f"registration:{parties[0].pk}")
        actions.cancel_registration(by=link, registration=parties[0])
