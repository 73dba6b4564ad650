"""Objects with which the rows of 取消し and 返還 are opened: a decided file of 志布志市, and money asked back."""

from datetime import timedelta
from typing import Any

from grants.models import Advance, Application, CarryOver, EarlyStart, Reclaim, StopRequest
from portal.kernel import clock
from portal.site.demo.world import World
from tests.factories.deciding import record

from .cases_deciding import GRANT, PLAN, Plan, actions, file_plan, queries

TITLE = "返還のある事業"


def cases() -> dict[str, dict[str, Any]]:
    """The decision stands; the row of the money needs no payment before it."""
    call = queries.open_calls(clock.now()).get()
    world = World(clock.now())
    file_plan(world, Plan(title=TITLE, **PLAN), call)
    case, officer = Application.objects.filter(title=TITLE).latest("created_at"), world.actor("pref-officer")
    actions.draft_decision(
        by=officer, application=case, amount_yen=GRANT, line=call.menu.programme.budget_lines.get(setsu=18)
    )
    actions.record_approval(by=officer, approval=case.approvals.get(), **record(officer))
    due_on = clock.today_jst() + timedelta(days=20)
    reclaim = Reclaim.objects.create(application=case, cause="settlement", amount_yen=1000, due_on=due_on)
    advance = Advance.objects.create(
        application=case, number=1, amount_yen=1000, reason="毎月の支払いのため。"
    )
    CarryOver.objects.create(
        application=case,
        kind="accident",
        reason="台風のため。",
        before_on=due_on,
        ends_on=due_on + timedelta(days=200),
    )
    StopRequest.objects.create(
        application=case, kind="stopped", reason="担い手がいなくなったため。", stops_on=clock.today_jst(), spent_yen=2000,
        before_yen=GRANT, keep_yen=1000,
    )  # fmt: skip
    EarlyStart.objects.create(
        application=case, starts_on=clock.today_jst(), reason="田植えに間に合わせるため。"
    )
    return {
        "early act": {"pk": case.pk, "act": "accept"},
        "stop act": {"pk": case.pk, "act": "draft"},
        "carry act": {"pk": case.pk, "act": "decline"},
        "advance act": {"pk": case.pk, "advance_pk": advance.pk, "act": "decline"},
        "granted": {"pk": case.pk},
        "granted act": {"pk": case.pk, "act": "revoke"},
        "reclaim": {"pk": reclaim.pk},
    }
