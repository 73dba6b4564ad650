"""Menu ②: a workshop at every step of the table, with the events of those that were decided. All invented."""

from datetime import time, timedelta
from typing import Any

from communities.models import Platform
from grants import actions, programmes
from grants.models import Advisor, Workshop
from grants.workshop import queries
from grants.workshop.actions import agreeing, cases, paying, running
from grants.workshop.rows import DutyRow, LecturerRow
from portal.kernel import clock
from portal.kernel.fiscal import fiscal_year, previous_business_day

from .papers import approved
from .people import DOMAIN, KAGOSHIMA, KANOYA
from .step_dispatch import TOWNS, fee_line, first_day
from .step_people import ensure
from .step_platforms import KANOYA_WEST
from .world import SEED, World

AHEAD = 17  # days to the workshop that is still to come, where the 年度 lasts so long
SOON = 16  # days from the first to those that were held
PLAN: dict[str, Any] = {
    "aim": "校区の十年後を、住民が自分たちの言葉で描く。",
    "content": "事例の話を聞いたあと、五つの班に分かれて話し合い、最後に発表する。",
    "venue": "見本市民交流センター 大会議室",
    "address": "見本町1番1号",
    "audience": "校区の住民、自治会とNPOの役員",
    "capacity": 60,
    "contact_name": "見本 花子",
    "applicant_name": "見本 太郎",
}
DUTIES = (
    DutyRow(kind="fee", doer="prefecture", payer="prefecture"),
    DutyRow(kind="travel", doer="prefecture", payer="prefecture"),
    DutyRow(kind="venue", doer="municipality", payer="municipality", note="市の施設を使う"),
    DutyRow(kind="publicity", doer="municipality", payer="municipality", note="回覧板と広報紙"),
    DutyRow(kind="day", doer="community", payer="none"),
)
WAY = (
    ("地区の未来をえがく話し合い", "with_community"),  # 0 draft
    ("防災と見守りを考える研修会", "with_municipality"),  # 1 consulting
    ("自治会の担い手を考える集い", "use"),  # 2 returned
    ("空き家の使い道を話し合う会", "with_municipality"),  # 3 agreed
    ("移動と買い物を考えるワークショップ", "with_municipality"),  # 4 decided
    ("広域の職員の意見交換会", "prefecture"),  # 5 refused
    ("子どもの居場所づくり研修会", "use"),  # 6 cancelled
    ("地域の将来を語るワークショップ", "with_municipality"),  # 7 reported
    ("コミプラの始め方を学ぶ講演会", "prefecture"),  # 8 closed
)


def build(world: World) -> None:
    """Everything within one 年度, as the dispatches."""
    ensure(world, "advisor-1", "advisor-2", "lecturer-1", "pref-accountant")
    base = first_day(world)
    with world.on(base):
        programmes.load(by=SEED)
    for steps, (title, kind) in enumerate(WAY):
        case(world, title, base=base, steps=steps, kind=kind)


def case(
    world: World, title: str, *, base: int, steps: int, kind: str = "with_municipality", code: str = KANOYA
) -> Workshop:
    """One so many steps far, in the order of `WAY`."""
    officer, chief = (world.actor(key) for key in TOWNS[code])
    office = world.actor("pref-officer")
    with world.on(base + 1):
        menu = queries.menus(clock.now()).filter(programme__authority__area=KAGOSHIMA).get()
        made = cases.start_workshop(by=officer, menu=menu, municipality=world.area(code), title=title)
        _write(world, made, officer, kind, day=_day(world, base, steps))
    if steps == 0:
        return made
    with world.on(base + 2):
        cases.submit_workshop(by=chief, workshop=made)
    if steps == 2:
        with world.on(base + 3):
            cases.return_workshop(by=office, workshop=made, note="参加してほしい人を、もう少しくわしく書いてください。")  # fmt: skip
    if steps > 2:
        with world.on(base + 4):
            agreeing.agree_workshop(by=chief, workshop=made, revision=made.revision)
            agreeing.agree_workshop(by=office, workshop=made, revision=made.revision)
    if steps > 3:
        _decide(world, made, base=base, steps=steps, office=office)
    if steps > 6:
        _after(world, made, base=base, steps=steps, officer=officer, office=office)
    return Workshop.objects.get(pk=made.pk)


def _day(world: World, base: int, steps: int) -> int:
    """The offset of the day: still to come for the first ones where the 年度 allows it, over for those that are reported."""
    ahead = fiscal_year(world.day(AHEAD + 6)) == fiscal_year(world.day(base))
    return AHEAD + steps if steps < 7 and ahead else base + SOON + steps % 7


def _write(world: World, made: Workshop, officer: Any, kind: str, *, day: int) -> None:
    advisor = Advisor.objects.get(user__email=f"advisor-2@{DOMAIN}")
    starts_at = clock.at_jst(world.day(day), time(13, 30))
    hosts = {"platform": Platform.objects.get(name=KANOYA_WEST)} if kind == "with_community" else {}
    lecturers = [LecturerRow(name="上薗 真理", email=f"lecturer-1@{DOMAIN}", affiliation="見本大学 教授", topic="各地の話し合いの例", fee_yen=30_000, travel_yen=5_200)]  # fmt: skip
    if advisor.authority_id == made.menu.programme.authority_id and kind != "use":
        lecturers.append(LecturerRow(advisor=advisor, topic="話し合いの進めかた", fee_yen=16_000))
    cases.save_workshop(
        by=officer, workshop=made, revision=made.revision, host_kind=kind, title=made.title, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2, minutes=30), lecturers=lecturers, duties=DUTIES, **{**PLAN, **hosts},
    )  # fmt: skip


def _decide(world: World, made: Workshop, *, base: int, steps: int, office: Any) -> None:
    """Decided, refused (5) or, the day after, called off (6)."""
    with world.on(base + 6):
        if steps == 5:
            approval = actions.draft_workshop_refusal(
                by=office, workshop=made, reason="この年度の開催の予定に達したため。"
            )
        else:
            line = fee_line(office, made.menu.programme)
            approval = actions.draft_workshop_decision(by=office, workshop=made, line=line)
        today = clock.today_jst()
        actions.record_approval(
            by=office, approval=approval, record_number=f"起-5{steps:02d}", decided_on=today, effective_on=today,
            approver_title="くらし共生協働課長", approver_name="見本 次郎", paper=approved(office),
            document_number=f"地共第5{steps:02d}号", commitment_number="" if steps == 5 else f"負-5{steps:02d}",
        )  # fmt: skip
    made.refresh_from_db()
    if steps == 6:
        with world.on(base + 7):
            running.cancel_workshop(
                by=world.actor(TOWNS[made.municipality_id][0]), workshop=made, note="大雨の災害対応のため。"
            )


def _after(world: World, made: Workshop, *, base: int, steps: int, officer: Any, office: Any) -> None:
    """Held and reported; paid and closed (8)."""
    with world.on(made.ends_at + timedelta(hours=1) if made.ends_at else base):
        running.report_workshop(
            by=officer, workshop=made, residents_count=34, organisations_count=9, municipal_count=4, prefecture_count=2,
            others_count=1, survey_count=38, survey_average="4.3", survey_note="同じ地区の人と初めてゆっくり話せた。",
            outcome="五つの班が、見守りと買い物を一番の課題にあげた。", next_step="来月、買い物の班が試行の計画をつくる。",
        )  # fmt: skip
    if steps == 8:
        paid_on = previous_business_day(world.day(base + 27))
        with world.on((paid_on - world.today).days):
            for lecturer in queries.unordered(made):
                payments = paying.order_lecturer_payment(
                    by=office, workshop=made, lecturer=lecturer, travel_yen=lecturer.travel_yen
                )
                for payment in payments:
                    actions.enter_payment(by=world.actor("pref-accountant"), payment=payment, paid_on=paid_on)
            paying.close_workshop(by=office, workshop=made)
