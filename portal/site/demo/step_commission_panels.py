"""Panels of menu ④ in the demo: one that scores five proposals with a conflict, one announced, a call just closed."""

from collections.abc import Sequence

from communities.models import Organisation
from grants.commission.actions import announcing, calls, panel, proposal_files, proposals, qualifying, scoring
from grants.commission.enums import NEEDED_FILES, QUALIFICATIONS
from grants.commission.queries import proposals as proposal_reads
from grants.contracts.actions import negotiating
from grants.contracts.enums import GROUND
from grants.models import CommissionCall, PanelInterest, Proposal
from portal.areas.models import Area

from .papers import charter
from .people import KANOYA
from .step_commission import KANOYA as KANOYA_PEOPLE
from .step_commission import selected, start
from .world import World

SCORING, ANNOUNCED, CLOSED = "買い物バスの試み(見本)", "集落の見守り当番(見本)", "空き畑の市民農園(見本)"
WORDS = {
    "representative": "代表理事 見本 一郎",
    "contact_name": "見本 次郎",
    "contact_email": "",
    "contact_phone": "099-000-0000",
    "summary": "地区の団体と組んで、半年のあいだ試し、続けられる形を手引きにまとめる。",
    "plan": "一月めに聞き取り、二月めから週一回の試行、六月めに振りかえりの会を開く。",
    "team": "理事2人と地区の協力者10人。役割は、集まりごとに書面で分ける。",
    "record": "同じ形の取組を、近くの町で3年続けている。",
}
FIT = {key: ("fit", "") for key, _ in QUALIFICATIONS}
TERMS = negotiating.Terms(
    ground=GROUND, reason="公募した企画提案を審査会で審査し、最も優れた提案として採択したため。", estimated_yen=1_300_000,
    deposit_exempt=True, deposit_reason="これまでの実績から、履行しないおそれがないため", starts_on=None, ends_on=None,
)  # fmt: skip
PRICES = (1_450_000, 1_300_000, 1_480_000, 1_200_000, 1_400_000)


def build(world: World) -> None:
    """The running panel, the announced one, the call that waits for its qualifications."""
    _scoring(world)
    _announced(world)
    call = _call(world, CLOSED, -22)
    with world.on(-15):
        _propose(world, call, "resident-20", "畑とくらしのNPO(見本)", 1_100_000)
    with world.on(-4):
        calls.close_call(by=world.actor("pref-officer"), call=_fresh(call))


def _scoring(world: World) -> None:
    """Five proposals, one reviewer with a conflict, sheets sealed but for the last ones: nothing can be read."""
    call = _call(world, SCORING, -42)
    people = ("npo-1", "resident-13", "resident-14", "resident-15", "resident-16")
    with world.on(-32):
        made = [
            _propose(world, call, who, f"{name}(見本)", price)
            for who, name, price in zip(
                people,
                ("NPO法人くらしの足", "いどう支援の会", "まちの工房", "健康づくり協会", "大隅大学地域研究室"),
                PRICES,
                strict=True,
            )
        ]
        back = _propose(world, call, "resident-17", "取り下げた会(見本)", 900_000)
        proposals.withdraw_proposal(
            by=world.actor("resident-17"), proposal=back, note="人手が足りなくなったため"
        )
        unfit = _propose(world, call, "resident-18", "県外の会(見本)", 900_000)
    with world.on(-24):
        calls.close_call(by=world.actor("pref-officer"), call=_fresh(call))
        answers = {**FIT, "office": ("unfit", "事務所が県外にある")}
        qualifying.judge_qualification(
            by=world.actor("pref-officer"), proposal=_row(unfit), step="disqualify", answers=answers,
            note="県内に事務所がないため",
        )  # fmt: skip
    _open(world, call, made, ("reviewer-1", "reviewer-3", "reviewer-4"), -22)
    with world.on(-15):
        _declare(world, "reviewer-3", made[4], "conflict")
        scoring.write_opinion(
            by=world.actor("muni-kanoya"), proposal=made[0], text="地区の意向に合っている。"
        )
        for who, rows in (("reviewer-1", made), ("reviewer-4", made), ("reviewer-3", made[:4])):
            for number, row in enumerate(rows):
                _declare(world, who, row, "clear")
                seal = not (who == "reviewer-3" and number == 3)
                _give(world, who, row, 85 - 5 * number, seal=seal)


def _announced(world: World) -> None:
    """Adopted, 次点 and below the floor; the result is out."""
    call = _call(world, ANNOUNCED, -58)
    with world.on(-48):
        made = [
            _propose(world, call, who, f"{name}(見本)", price)
            for who, name, price in (
                ("resident-17", "見守りネット", 1_300_000),
                ("resident-18", "となりの会", 1_250_000),
                ("resident-19", "てつだい隊", 1_000_000),
            )
        ]
    with world.on(-40):
        calls.close_call(by=world.actor("pref-officer"), call=_fresh(call))
    reviewers = ("reviewer-2", "reviewer-4", "reviewer-5")
    _open(world, call, made, reviewers, -38)
    with world.on(-34):
        for who in reviewers:
            for row, share in zip(made, (85, 75, 50), strict=True):
                _declare(world, who, row, "clear")
                _give(world, who, row, share)
    with world.on(-30):
        announcing.announce(by=world.actor("pref-officer"), call=_fresh(call))
    _negotiated(world, made[0])


def _negotiated(world: World, adopted: Proposal) -> None:
    """The contract of the adopted one: its terms are settled, its 見積 is in, the 決裁 is to be drafted."""
    office, contractor = world.actor("pref-officer"), world.actor("resident-17")
    with world.on(-26):
        contract = negotiating.open_contract(
            by=office, proposal=proposal_reads.whole(Proposal.objects.all()).get(pk=adopted.pk)
        )
        negotiating.save_terms(by=office, contract=contract, revision=0, terms=TERMS)
    with world.on(-23):
        negotiating.give_quote(
            by=contractor, contract=contract, price_yen=1_290_000, file=charter(contractor)
        )


def _call(world: World, title: str, offset: int) -> CommissionCall:
    """A published call about a theme of its own; it closes 17 days later."""
    theme = selected(world, offset - 12, KANOYA_PEOPLE, title)
    with world.on(offset):
        return calls.publish_call(by=world.actor("pref-officer"), call=start(theme, (8, 17)))


def _propose(world: World, call: CommissionCall, who: str, name: str, price: int) -> Proposal:
    by = world.actor(who)
    made = proposals.start_proposal(
        by=by, call=call, organisation_name=name, kind="civic", area=Area.objects.get(pk=KANOYA)
    )
    words = {
        **WORDS,
        "title": f"{Organisation.objects.get(pk=made.organisation_id).name}の企画",
        "contact_email": by.user.email,
    }
    proposals.save_words(by=by, proposal=made, revision=0, **words)
    lines = [proposals.Cost("人件費", price - 400_000), proposals.Cost("会場と車両の借上げ", 400_000)]
    proposals.save_costs(by=by, proposal=made, revision=1, lines=lines, price_yen=price, own_yen=None)
    for kind in NEEDED_FILES:
        proposal_files.add_file(by=by, proposal=made, kind=kind, file=charter(by))
    return proposals.submit_proposal(by=by, proposal=made, oath=True)


def _open(
    world: World, call: CommissionCall, made: Sequence[Proposal], reviewers: Sequence[str], offset: int
) -> None:
    with world.on(offset):
        for row in made:
            qualifying.judge_qualification(
                by=world.actor("pref-officer"), proposal=_row(row), step="qualify", answers=FIT
            )
        keeper = world.actor("secretariat")
        for who in reviewers:
            email = world.actor(who).user.email
            panel.seat_reviewer(by=keeper, call=_fresh(call), email=email, title="地域づくりの専門家")
        panel.open_panel(by=keeper, call=_fresh(call))


def _interest(world: World, who: str, proposal: Proposal) -> PanelInterest:
    rows = PanelInterest.objects.select_related("seat")
    return rows.get(seat__user=world.actor(who).user, proposal=proposal)


def _declare(world: World, who: str, proposal: Proposal, declared: str) -> None:
    kinds = ["pay"] if declared == "conflict" else []
    interest = _interest(world, who, proposal)
    panel.declare_interest(by=world.actor(who), interest=interest, declared=declared, kinds=kinds)


def _give(world: World, who: str, proposal: Proposal, share: int, *, seal: bool = True) -> None:
    """`share` % of each item's points, cut off."""
    interest, by = _interest(world, who, proposal), world.actor(who)
    points = {item.pk: (item.points * share // 100, "") for item in proposal.call.items.all()}
    scoring.save_sheet(
        by=by, interest=interest, revision=0, points=points, comment="具体的で、続けられる形になっている。"
    )
    if seal:
        scoring.seal_sheet(by=by, interest=interest)


def _fresh(call: CommissionCall) -> CommissionCall:
    rows = CommissionCall.objects.select_related("theme__menu__programme__authority", "theme__municipality")
    return rows.get(pk=call.pk)


def _row(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("organisation").get(pk=proposal.pk)
