"""Panels of menu ④ in the demo: one that scores five proposals with a conflict, and a call just closed."""

from collections.abc import Sequence

from communities.models import Organisation
from grants.commission.actions import (
    calls,
    panel,
    proposal_files,
    proposals,
    qualifying,
    scoring,
)
from grants.commission.enums import NEEDED_FILES, QUALIFICATIONS
from grants.models import CommissionCall, PanelInterest, Proposal
from portal.areas.models import Area
from portal.kernel.actors import UserActor

from .papers import charter
from .people import KANOYA
from .step_commission import KANOYA as KANOYA_PEOPLE
from .step_commission import selected, start
from .world import World

SCORING, CLOSED = "買い物バスの試み(見本)", "空き畑の市民農園(見本)"
UNSEALED = {("reviewer-1", 4), ("reviewer-3", 3)}  # what these two still have to hand in
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
PRICES = (1_450_000, 1_300_000, 1_480_000, 1_200_000, 1_400_000)


def build(world: World) -> None:
    """The running panel, and the call that waits for its qualifications."""
    _scoring(world)
    call = _call(world, CLOSED, -22)
    with world.on(-15):
        propose(world, call, "resident-20", "畑とくらしのNPO(見本)", 1_100_000)
    with world.on(-4):
        calls.close_call(by=world.actor("pref-officer"), call=fresh_call(call))


def _scoring(world: World) -> None:
    """Five proposals, one reviewer with a conflict, sheets sealed but for the last ones: nothing can be read."""
    call = _call(world, SCORING, -42)
    people = ("npo-1", "resident-13", "resident-14", "resident-15", "resident-16")
    with world.on(-32):
        made = [
            propose(world, call, who, f"{name}(見本)", price)
            for who, name, price in zip(
                people,
                ("NPO法人くらしの足", "いどう支援の会", "まちの工房", "健康づくり協会", "大隅大学地域研究室"),
                PRICES,
                strict=True,
            )
        ]
        back = propose(world, call, "resident-17", "取り下げた会(見本)", 900_000)
        proposals.withdraw_proposal(
            by=world.actor("resident-17"), proposal=back, note="人手が足りなくなったため"
        )
        unfit = propose(world, call, "resident-18", "県外の会(見本)", 900_000)
    with world.on(-24):
        calls.close_call(by=world.actor("pref-officer"), call=fresh_call(call))
        answers = {**FIT, "office": ("unfit", "事務所が県外にある")}
        qualifying.judge_qualification(
            by=world.actor("pref-officer"), proposal=fresh_row(unfit), step="disqualify", answers=answers,
            note="県内に事務所がないため",
        )  # fmt: skip
    open_panel(world, call, made, ("reviewer-1", "reviewer-3", "reviewer-4"), -22)
    with world.on(-15):
        tied = world.actor("reviewer-3")
        panel.declare_interest(by=tied, interest=_interest(tied, made[4]), declared="conflict", kinds=["pay"])
        scoring.write_opinion(
            by=world.actor("muni-kanoya"), proposal=made[0], text="地区の意向に合っている。"
        )
        for who, rows in (("reviewer-1", made), ("reviewer-4", made), ("reviewer-3", made[:4])):
            by = world.actor(who)
            for number, row in enumerate(rows):
                give(by, row, 85 - 5 * number, seal=(who, number) not in UNSEALED)


def _call(world: World, title: str, offset: int) -> CommissionCall:
    """A published call about a theme of its own; it closes 17 days later."""
    theme = selected(world, offset - 12, KANOYA_PEOPLE, title)
    with world.on(offset):
        return calls.publish_call(by=world.actor("pref-officer"), call=start(theme, (8, 17)))


def propose(world: World, call: CommissionCall, who: str, name: str, price: int) -> Proposal:
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
    rent = min(400_000, price // 4)
    lines = [proposals.Cost("人件費", price - rent), proposals.Cost("会場と車両の借上げ", rent)]
    proposals.save_costs(by=by, proposal=made, revision=1, lines=lines, price_yen=price, own_yen=None)
    for kind in NEEDED_FILES:
        proposal_files.add_file(by=by, proposal=made, kind=kind, file=charter(by))
    return proposals.submit_proposal(by=by, proposal=made, oath=True)


def open_panel(
    world: World, call: CommissionCall, made: Sequence[Proposal], reviewers: Sequence[str], offset: int
) -> None:
    with world.on(offset):
        officer = world.actor("pref-officer")
        for row in made:
            qualifying.judge_qualification(by=officer, proposal=fresh_row(row), step="qualify", answers=FIT)
        keeper = world.actor("secretariat")
        for who in reviewers:
            email = world.actor(who).user.email
            panel.seat_reviewer(by=keeper, call=fresh_call(call), email=email, title="地域づくりの専門家")
        panel.open_panel(by=keeper, call=fresh_call(call))


def _interest(by: UserActor, proposal: Proposal) -> PanelInterest:
    rows = PanelInterest.objects.select_related("seat__call", "seat__user", "proposal__call")
    return rows.get(seat__user=by.user, proposal=proposal)


def give(by: UserActor, proposal: Proposal, share: int, *, seal: bool = True) -> None:
    """A reviewer declares to be free, and gives `share` % of each item's points, cut off."""
    interest = _interest(by, proposal)
    panel.declare_interest(by=by, interest=interest, declared="clear")
    points = {item.pk: (item.points * share // 100, "") for item in proposal.call.items.all()}
    comment = "具体的で、続けられる形になっている。"
    scoring.save_sheet(by=by, interest=interest, revision=0, points=points, comment=comment)
    if seal:
        scoring.seal_sheet(by=by, interest=interest)


def fresh_call(call: CommissionCall) -> CommissionCall:
    rows = CommissionCall.objects.select_related("theme__menu__programme__authority", "theme__municipality")
    return rows.get(pk=call.pk)


def fresh_row(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("organisation").get(pk=proposal.pk)
