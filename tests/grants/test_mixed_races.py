"""Officers drafting, changing, signing, settling and revoking for one municipality at once, with real threads: the cap holds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import Sum

from grants import actions
from grants.execution import queries as execution
from grants.models import Application, BudgetLine, CapAccount, CapUse, Commitment, Programme
from grants.recovery.actions import revoking
from grants.settlement.actions import answering
from portal.documents.models import Document
from portal.kernel.refusals import Refusal
from tests.factories.cloning import cloned
from tests.factories.deciding import asking, decided, deciding, line_of, open_approval, record, reviewing
from tests.factories.grants import Town, open_call
from tests.factories.settlement import DONE, changing, inspected, reported, settling_case
from tests.support.threads import Outcome, race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")
LOCK_NOT_AVAILABLE = "55P03"  # lock_timeout of the web role; forms answer it with kernel.forms.BUSY
DRAFTED, GRANTED, CHANGED, SETTLED = 40_000, 20_000, 50_000, 10_000
# What a step adds to what the municipality uses of its cap, when it is carried out.
ADDS = {
    "draft": DRAFTED,
    "change": CHANGED - GRANTED,
    "sign": 0,
    "settle": SETTLED - GRANTED,
    "revoke": -GRANTED,
}
ORDER = ("draft", "change", "sign", "settle", "revoke")
ALWAYS = {"sign", "settle", "revoke"}  # they ask for nothing more, so nobody is in their way


@dataclass(frozen=True, slots=True)
class Step:
    """What one officer does with one file."""

    name: str
    case: Application
    call: Callable[[], Any]


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    open_call()
    made = Town()
    assert made.officer
    assert made.chief
    assert made.prefecture
    return made


def fresh(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)


def files(town: Town, world: World, counts: dict[str, int]) -> dict[str, list[Application]]:
    """For every step as many files that wait for it: one walks there, the others are its copies."""
    made: dict[str, Application] = {"draft": reviewing(town, asking(town, 2 * DRAFTED))}
    made["sign"] = reviewing(town, asking(town, 2 * GRANTED))
    for name in ("change", "settle", "revoke"):
        made[name] = decided(town, cloned(made["sign"], 2)[1], amount_yen=GRANTED)
    deciding(town, made["sign"], amount_yen=GRANTED)
    changing(town, made["change"], more_yen=2 * (CHANGED - GRANTED), asked_yen=CHANGED)
    revoking.draft_revocation(
        by=town.prefecture, application=fresh(made["revoke"]), reason="着手していないため。"
    )
    world.clock.set(DONE)
    done = reported(town, fresh(made["settle"]), less_yen=2 * SETTLED, claimed_yen=SETTLED)
    settling_case(town, inspected(town, done))
    unused = [name for name in ORDER if not counts.get(name)]
    CapUse.objects.filter(application__in=[made[name] for name in unused]).delete()
    gone = Commitment.objects.filter(approval__application__in=[made[name] for name in unused])
    gone.update(released_at=made["draft"].created_at)
    return {name: cloned(fresh(made[name]), count) for name, count in counts.items() if count}


def steps(town: Town, cases: dict[str, list[Application]], line: BudgetLine) -> list[Step]:
    def drafting(case: Application) -> Any:
        return actions.draft_decision(
            by=town.prefecture,
            application=fresh(case),
            amount_yen=DRAFTED,
            line=BudgetLine.objects.get(pk=line.pk),
        )

    def approving(case: Application) -> Any:
        own = BudgetLine.objects.get(pk=line.pk)
        return answering.draft_approval(by=town.prefecture, application=fresh(case), line=own)

    def recording(case: Application, values: dict[str, Any]) -> Any:
        return actions.record_approval(by=town.prefecture, approval=open_approval(fresh(case)), **values)

    made = []
    for name, rows in cases.items():
        for number, case in enumerate(rows):
            if name in ALWAYS:
                values = record(town.prefecture, document_number=f"{name}第{number}号")
                values |= {} if name == "sign" else {"commitment_number": ""}
                made.append(Step(name, case, partial(recording, case, values)))
            else:
                made.append(Step(name, case, partial(drafting if name == "draft" else approving, case)))
    return made


def pressed(call: Callable[[], Any]) -> Callable[[], Any]:
    """As people do whom the page told that it is busy (a lock was waited for too long): again. A deadlock is no such thing."""

    def again() -> Any:
        for _ in range(5):
            try:
                return call()
            except OperationalError as busy:
                if getattr(busy.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                    raise
        return call()

    return again


def uses(town: Town, **which: Any) -> int:
    rows = CapUse.objects.filter(account__municipality=town.area, **which)
    return rows.aggregate(sum=Sum("amount_yen"))["sum"] or 0


@pytest.mark.parametrize(("officers", "left"), [(2, 40_000), (10, 40_000), (50, 160_000)])
def test_every_step_at_once_holds_the_cap_exactly_and_tells_the_losers(
    town: Town, world: World, officers: int, left: int
) -> None:
    counts = {name: list(islice(cycle(ORDER), officers)).count(name) for name in ORDER}
    cases = files(town, world, counts)
    line = line_of(town, cases["draft"][0].menu)
    limit = CapAccount.objects.get(municipality=town.area).limit_yen
    actions.record_outside_use(
        by=town.prefecture, municipality=town.area, menu=cases["draft"][0].menu, title="第1次募集の分",
        amount_yen=limit - uses(town) - left,
    )  # fmt: skip
    before = uses(town)
    assert before == limit - left
    plan = steps(town, cases, line)
    outcomes = race(*[pressed(step.call) for step in plan], timeout=120)
    check(town, plan, outcomes, line)
    won = [step.name for step, outcome in zip(plan, outcomes, strict=True) if outcome.ok]
    assert uses(town) == before + sum(ADDS[name] for name in won) <= limit


def check(town: Town, plan: list[Step], outcomes: list[Outcome], line: BudgetLine) -> None:
    """Nobody hung or met a deadlock, every loser reads how much is left; 科目, cap and rows agree; numbers have no gap."""
    lost = [(step, outcome) for step, outcome in zip(plan, outcomes, strict=True) if not outcome.ok]
    assert all(isinstance(outcome.error, Refusal) for _, outcome in lost), lost
    assert all("円" in str(outcome.error) for _, outcome in lost), lost
    assert lost
    assert not {step.name for step, _ in lost} & ALWAYS
    ends = {"sign": "decided", "settle": "settled", "revoke": "revoked"}
    assert {(step.name, fresh(step.case).state) for step in plan if step.name in ends} <= set(ends.items())
    mine = Commitment.objects.filter(approval__application__municipality=town.area, released_at__isnull=True)
    assert mine.aggregate(sum=Sum("amount_yen"))["sum"] == uses(town, application__isnull=False)
    found = execution.lines(Programme.objects.filter(pk=line.programme_id)).get(pk=line.pk)
    live = line.commitments.filter(released_at__isnull=True).aggregate(sum=Sum("amount_yen"))["sum"]
    assert found.planned_yen + found.committed_yen == live
    for kind in ("grants.decision", "grants.settlement", "grants.revocation"):
        letters = Document.objects.filter(kind=kind, section=town.office).order_by("number")
        numbers = list(letters.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
