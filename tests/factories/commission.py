"""Themes, calls and what follows of menu ④ for tests, made by the actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from grants.commission.actions import calls, panel, proposal_files, proposals, qualifying, scoring, themes
from grants.commission.enums import DEFAULT_ITEMS, NEEDED_FILES, QUALIFICATIONS
from grants.models import CommissionCall, CommissionTheme, PanelInterest, Proposal, ScoreSheet
from portal.accounts.enums import Role
from portal.kernel import clock
from portal.kernel.actors import UserActor
from tests.support.factories import number

from .accounts import UserFactory, actor, officer
from .areas import KAGOSHIMA
from .grants import Town, menu, staged

THEME = {
    "title": "買い物と見守りを続けるしくみづくり",
    "problem": "店が遠く、担い手が減っている。",
    "wanted": "地区の団体と組んで、続けられる形を試してほしい。",
    "support": "広報紙で知らせ、公民館を使えるようにする。",
}


def draft_theme(town: Town, **changes: Any) -> CommissionTheme:
    """A draft of the town's about its コミプラ, which is formed."""
    values = {**THEME, "platform": town.platform, **changes}
    if "menu" not in values:
        values["menu"] = menu(4)
    return themes.start_theme(by=town.officer, **values)


def proposed_theme(town: Town, **changes: Any) -> CommissionTheme:
    return themes.propose_theme(by=town.chief, theme=draft_theme(town, **changes))


def selected_theme(town: Town, **changes: Any) -> CommissionTheme:
    return themes.judge_theme(by=town.prefecture, theme=proposed_theme(town, **changes), step="select")


TERMS: dict[str, Any] = {
    "title": "買い物と見守りのモデル業務",
    "purpose": "続けられる形を地区でつくる。",
    "work": "試行と検証を行い、手引きにまとめる。",
    "conditions": "",
    "takes_platforms": False,
    "ceiling_yen": 1_500_000,
    "adopted_count": 1,
    "questions_on": date(2026, 12, 4),
    "closes_on": date(2026, 12, 18),
    "closes_time": time(17, 0),
    "shift": "as_is",
    "presentation_on": date(2027, 1, 15),
    "presentation_place": "県庁",
    "ends_on": date(2027, 3, 18),
    "floor_percent": 60,
    "tie_position": 3,
    "panel_min": 3,
    "reserve_days": 7,
}
ITEMS = [calls.Item(label, points) for label, points in DEFAULT_ITEMS]


def draft_call(town: Town, **changes: Any) -> CommissionCall:
    """A draft about a selected theme of the town; the default items."""
    items = changes.pop("items", ITEMS)
    return calls.start_call(
        by=town.prefecture, theme=selected_theme(town), items=items, terms={**TERMS, **changes}
    )


def published_call(town: Town, **changes: Any) -> CommissionCall:
    return calls.publish_call(by=town.prefecture, call=draft_call(town, **changes))


WORDS = {
    "title": "軽トラ市と見守りの企画",
    "representative": "理事長 試験 花子",
    "contact_name": "試験 次郎",
    "contact_email": "npo@example.jp",
    "contact_phone": "099-000-0000",
    "summary": "週に一度、軽トラ市を開く。",
    "plan": "4月から9月まで試し、10月に振りかえる。",
    "team": "理事2人、地区の協力者10人。",
    "record": "同じ形の市を3年続けている。",
}
COSTS = [proposals.Cost("人件費", 800_000), proposals.Cost("会場と車両", 600_000)]
FIT = {key: ("fit", "") for key, _ in QUALIFICATIONS}


def person() -> UserActor:
    """Somebody with an account, as a fresh actor."""
    return actor(UserFactory())


def draft_proposal(town: Town, call: CommissionCall, by: UserActor | None = None, **changes: Any) -> Proposal:
    """A draft of a fresh NPO in the town, with nothing in it."""
    values = {"organisation_name": f"試験のNPO{number()}", "kind": "civic", "area": town.area, **changes}
    return proposals.start_proposal(by=by or person(), call=call, **values)


def ready_proposal(
    town: Town, call: CommissionCall, by: UserActor | None = None, price_yen: int = 1_400_000, **changes: Any
) -> Proposal:
    """A draft that may be submitted: words, costs in balance, the needed papers."""
    who = by or person()
    made = draft_proposal(town, call, who, **changes)
    proposals.save_words(by=who, proposal=made, revision=0, **WORDS)
    costs = [proposals.Cost("人件費", price_yen - 600_000), proposals.Cost("会場と車両", 600_000)]
    proposals.save_costs(by=who, proposal=made, revision=1, lines=costs, price_yen=price_yen, own_yen=0)
    for kind in NEEDED_FILES:
        proposal_files.add_file(by=who, proposal=made, kind=kind, file=staged(who, f"{kind}.pdf"))
    return made


def submitted_proposal(
    town: Town, call: CommissionCall, by: UserActor | None = None, **changes: Any
) -> Proposal:
    who = by or person()
    return proposals.submit_proposal(by=who, proposal=ready_proposal(town, call, who, **changes), oath=True)


def closed_call(town: Town, call: CommissionCall) -> CommissionCall:
    """Closed an instant after its deadline."""
    with clock.at(call.closes_at):
        return calls.close_call(by=town.prefecture, call=CommissionCall.objects.get(pk=call.pk))


def qualified(town: Town, made: Proposal) -> Proposal:
    """A submitted proposal of a closed call that qualifies."""
    row = Proposal.objects.get(pk=made.pk)
    with clock.at(row.call.closes_at):
        return qualifying.judge_qualification(by=town.prefecture, proposal=row, step="qualify", answers=FIT)


@dataclass
class Panel:
    """A running panel: a closed call with qualified proposals, its proponents and three reviewers."""

    town: Town
    prices: tuple[int, ...] = (1_400_000, 1_300_000)
    terms: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        call = published_call(self.town, **self.terms)
        self.npos = [person() for _ in self.prices]
        made = [
            submitted_proposal(self.town, call, npo, price_yen=price)
            for npo, price in zip(self.npos, self.prices, strict=True)
        ]
        closed_call(self.town, call)
        self.proposals = [qualified(self.town, row) for row in made]
        self.secretariat = actor(officer(Role.SECRETARIAT, KAGOSHIMA))
        self.reviewers = [person() for _ in range(3)]
        self.call = CommissionCall.objects.get(pk=call.pk)
        for one in self.reviewers:
            panel.seat_reviewer(by=self.secretariat, call=self.call, email=one.user.email, title="大学教員")

    def open(self) -> "Panel":
        panel.open_panel(by=self.secretariat, call=self.call)
        return self

    def interest(self, reviewer: int, proposal: int) -> PanelInterest:
        return PanelInterest.objects.select_related("seat").get(
            seat__user=self.reviewers[reviewer].user, proposal=self.proposals[proposal]
        )

    def declare(self, reviewer: int, proposal: int, declared: str = "clear") -> PanelInterest:
        kinds = ["pay"] if declared == "conflict" else []
        return panel.declare_interest(
            by=self.reviewers[reviewer],
            interest=self.interest(reviewer, proposal),
            declared=declared,
            kinds=kinds,
        )

    def give(self, reviewer: int, proposal: int, share: int, *, seal: bool = True) -> ScoreSheet:
        """`share` % of each item's points (cut off), sealed."""
        by, interest = self.reviewers[reviewer], self.interest(reviewer, proposal)
        points = {item.pk: (item.points * share // 100, "理由") for item in self.call.items.all()}
        sheet = scoring.save_sheet(by=by, interest=interest, revision=0, points=points, comment="よい案")
        return scoring.seal_sheet(by=by, interest=interest) if seal else sheet

    def finish(self, shares: Sequence[int]) -> CommissionCall:
        """Everybody clear, everybody gives each proposal its share: the scores freeze."""
        for place, share in enumerate(shares):
            for reviewer in range(3):
                self.declare(reviewer, place)
                self.give(reviewer, place, share)
        self.call.refresh_from_db()
        return self.call
