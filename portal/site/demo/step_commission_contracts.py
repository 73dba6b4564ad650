"""Contracts of menu ④ in the demo: one closed after a change, one at work, one ended, one negotiated in its place. All invented."""

from datetime import date, datetime, time

from grants import actions, programmes
from grants.commission.actions import announcing, calls, results
from grants.commission.enums import CONTRACT_ENDS
from grants.commission.queries import proposals as proposal_reads
from grants.contracts import queries
from grants.contracts.actions import amending, deciding, ending, fulfilling, meetings, negotiating
from grants.contracts.enums import GROUND
from grants.enums import Table
from grants.models import Approval, BudgetLine, Contract, Menu, Proposal
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import FiscalYear, previous_business_day

from .papers import approved, charter
from .people import KAGOSHIMA
from .step_commission import KANOYA as KANOYA_PEOPLE
from .step_commission import selected, start
from .step_commission_panels import fresh_call, fresh_row, give, open_panel, propose
from .world import SEED, World

TITLE = "集落の見守り当番(見本)"
ADOPTED = 3
BODIES = (  # who proposes, as which body, at which price, and the share of the points it gets
    ("resident-19", "見守りネット(見本)", 380_000, 88),
    ("npo-1", "NPO法人くらしの足(見本)", 350_000, 85),
    ("resident-17", "てつだい隊(見本)", 390_000, 80),
    ("resident-18", "となりの会(見本)", 360_000, 75),
    ("resident-16", "ふれあいの会(見本)", 340_000, 68),
    ("resident-20", "花だんの会(見本)", 300_000, 50),
)
CEILING = 400_000
LINE = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 12}
REVIEWERS = ("reviewer-2", "reviewer-4", "reviewer-5")
WHOLE_DAYS = 90  # of a 年度 that must have passed before its own contracts are at work
LAST_DAY = (3, 26)  # of an earlier 年度, seen when its last contracts are being paid


def build(world: World) -> None:
    """One call in the running 年度 or, in its first months, in the one before: adopted, 次点, below the floor.

    Of its contracts one is closed, one at work; one ended before it was signed, and the 次点 negotiates in its place.
    """
    world, menu = _year_of(world)
    theme = selected(world, -82, KANOYA_PEOPLE, TITLE, menu)
    with world.on(-68):
        call = start(theme, (8, 17), adopted=ADOPTED, ceiling=CEILING)
        calls.publish_call(by=world.actor("pref-officer"), call=call)
    with world.on(-60):
        made = [propose(world, call, who, name, price) for who, name, price, _ in BODIES]
    with world.on(-50):
        calls.close_call(by=world.actor("pref-officer"), call=fresh_call(call))
    open_panel(world, call, made, REVIEWERS, -45)
    with world.on(-41):
        for by in map(world.actor, REVIEWERS):
            for row, (_, _, _, share) in zip(made, BODIES, strict=True):
                give(by, row, share)
    with world.on(-36):
        office = world.actor("pref-officer")
        announcing.announce(by=office, call=fresh_call(call))
        line = actions.save_budget_line(by=office, programme=menu.programme, amount_yen=5_000_000, **LINE)
    first, second = (_signed(world, row, who, line) for row, (who, *_) in zip(made[:2], BODIES, strict=False))
    _fell_out(world, made[2], made[3])
    _at_work(world, second)
    _closed(world, first)


def _year_of(world: World) -> tuple[World, Menu]:
    """The world as it stood while the contracts of a 年度 ran, and that year's menu."""
    year = FiscalYear.of(world.today)
    if (world.today - year.start).days < WHOLE_DAYS:
        year = FiscalYear(year.year - 1)
        with clock.at(datetime.combine(date(year.year, 10, 1), time(10), tzinfo=clock.JST)):
            programmes.load(by=SEED)
    last = date(year.end.year, *LAST_DAY)
    if world.today > last:
        world = World(start=clock.at_jst(last, time(15)))
    rows = Menu.objects.filter(
        table=Table.COMMISSION,
        programme__fiscal_year=year.year,
        programme__authority__area=KAGOSHIMA,
    )
    return world, rows.select_related("programme__authority").latest("programme__created_at")


def _opened(world: World, proposal: Proposal, who: str) -> Contract:
    """Negotiated: the terms are settled, the 見積 is in."""
    office, by = world.actor("pref-officer"), world.actor(who)
    found = proposal_reads.whole(Proposal.objects.all()).get(pk=proposal.pk)
    case = negotiating.open_contract(by=office, proposal=found)
    price, year = proposal.price_yen or CEILING, FiscalYear(found.call.theme.menu.programme.fiscal_year)
    negotiating.give_quote(by=by, contract=case, price_yen=price, file=charter(by))
    terms = negotiating.Terms(
        ground=GROUND, reason="公募した企画提案を審査会で審査し、優れた提案として採択したため。", estimated_yen=CEILING,
        deposit_exempt=True, deposit_reason="これまでの実績から、履行しないおそれがないため",
        starts_on=clock.today_jst(), ends_on=date(year.end.year, *CONTRACT_ENDS),
    )  # fmt: skip
    return negotiating.save_terms(by=office, contract=case, revision=0, terms=terms)


def _signed(world: World, proposal: Proposal, who: str, line: BudgetLine) -> Contract:
    """Decided outside and signed; the work has begun."""
    with world.on(-35):
        case, office = _opened(world, proposal, who), world.actor("pref-officer")
        approval = deciding.draft_contract(by=office, contract=case, line=line)
        number = (proposal.price_yen or 0) // 10_000
        _record(office, approval, f"く共第{number}号", commitment=f"負-{number}")
        case = queries.with_case(Contract.objects.all()).get(pk=case.pk)
        fulfilling.start_work(by=world.actor(who), contract=case, started_on=clock.today_jst())
    return case


def _fell_out(world: World, adopted: Proposal, reserve: Proposal) -> None:
    """The adopted one cannot go on: its contract ends before it was signed, and the 次点 takes the place."""
    with world.on(-34):
        office = world.actor("pref-officer")
        found = proposal_reads.whole(Proposal.objects.all()).get(pk=adopted.pk)
        contract = negotiating.open_contract(by=office, proposal=found)
        note = "代表者の急病で、業務を行えなくなったため"
        ending.terminate_contract(by=office, contract=contract, note=note, ask=True)
    with world.on(-30):
        results.take_up(by=world.actor("resident-18"), proposal=fresh_row(reserve))
        _opened(world, reserve, "resident-18")


def _record(by: UserActor, approval: Approval, number: str, *, commitment: str) -> None:
    today = clock.today_jst()
    actions.record_approval(
        by=by, approval=approval, record_number="起-612", decided_on=today, approver_title="くらし共生協働課長",
        approver_name="課長 見本", paper=approved(by), effective_on=today, document_number=number,
        commitment_number=commitment,
    )  # fmt: skip


def _at_work(world: World, case: Contract) -> None:
    """A meeting of the three sides, and a change that waits for its answer."""
    with world.on(-28):
        _meet(world, case)
    with world.on(-15):
        _ask(world.actor("npo-1"), case, 370_000)


def _closed(world: World, case: Contract) -> None:
    """To its end, after a change of its price."""
    with world.on(-30):
        office, by = world.actor("pref-officer"), world.actor("resident-19")
        _ask(by, case, 370_000)
        approval = amending.draft_amendment(by=office, contract=case)
        _record(office, approval, "く共第99号", commitment="")
    with world.on(-14):
        office, by, today = world.actor("pref-officer"), world.actor("resident-19"), clock.today_jst()
        text = "聞き取りを終え、週一回の試行を続けた。"
        fulfilling.report_interim(by=by, contract=case, text=text)
        fulfilling.complete_work(
            by=by, contract=case, completed_on=today, outcome="試行の結果を手引きにまとめ、地区に引きついだ。",
            report=charter(by), deliverable=charter(by),
        )  # fmt: skip
        found = "契約のとおり履行されている。"
        ending.inspect_work(by=office, contract=case, inspected_on=today, findings=found)
        fulfilling.invoice(by=by, contract=case)
        payment = ending.order_contract_payment(by=office, contract=case)
    with world.on(-1):
        till = world.actor("pref-accountant")
        actions.enter_payment(by=till, payment=payment, paid_on=previous_business_day(clock.today_jst()))
        ending.close_contract(by=world.actor("pref-officer"), contract=case)


def _meet(world: World, case: Contract) -> None:
    meetings.record_meeting(
        by=world.actor("muni-kanoya"), contract=case, held_on=clock.today_jst(), place="鹿屋市役所(見本)",
        topics="試行の日取りと、声かけの分担を話し合った。", settled="毎週水曜日に行う。市は広報紙で知らせる。",
        present={
            "prefecture": ["大隅地域振興局 主査 見本 一郎"],
            "municipality": ["企画課 係長 見本 二郎"],
            "contractor": ["代表理事 見本 三郎"],
        },
    )  # fmt: skip


def _ask(by: UserActor, case: Contract, price_yen: int) -> None:
    ends_on = case.ends_on or clock.today_jst()
    amending.ask_amendment(
        by=by,
        contract=case,
        ends_on=ends_on,
        price_yen=price_yen,
        reason="試行の地区を一つ増やすため",
        file=charter(by),
    )
