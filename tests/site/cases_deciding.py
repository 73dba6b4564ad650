"""Objects with which the rows of decisions are opened: files of 志布志市 in 内容審査, in 決裁 and decided."""

from typing import Any

from grants import actions, queries
from grants.models import Application, LetterBatch, SigningDeputy
from portal.accounts.enums import Role
from portal.accounts.models import Appointment
from portal.kernel import clock
from portal.site.demo.people import SHIBUSHI
from portal.site.demo.step_grants import GRANT, Plan, file_plan
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import World
from tests.factories.deciding import record
from tests.factories.grants import staged

PLAN = {
    "area": SHIBUSHI, "officer": "officer-shibushi", "chief": "chief-shibushi", "platform": SHIBUSHI_SEA,
    "kind": "1-2", "parts": 3, "taken_by": "pref-officer", "outcome": "reviewing",
}  # fmt: skip
TITLES = ("内容審査の事業", "決裁中の事業", "決定した事業")


def cases() -> dict[str, dict[str, Any]]:
    """One to be decided, one whose 決裁 is open, one that was decided."""
    call = queries.open_calls(clock.now()).get()
    world = World(clock.now())
    for title in TITLES:
        file_plan(world, Plan(title=title, **PLAN), call)
    reviewing, waiting, decided = (
        Application.objects.filter(title=title).latest("created_at") for title in TITLES
    )
    officer, line = world.actor("pref-officer"), call.menu.programme.budget_lines.get(setsu=18)
    for case in (waiting, decided):
        actions.draft_decision(by=officer, application=case, amount_yen=GRANT, line=line)
    approval, signed = waiting.approvals.get(), decided.approvals.get()
    actions.record_approval(by=officer, approval=signed, **record(officer))
    chief = Appointment.objects.filter(role=Role.PREFECTURE_SECTION_CHIEF).latest("created_at").user
    today = clock.today_jst()
    deputy = SigningDeputy.objects.create(
        authority=call.menu.programme.authority, role=Role.PREFECTURE_SECTION_CHIEF, holder=chief, deputy=officer.user,
        starts_on=today, ends_on=today,
    )  # fmt: skip
    batch = LetterBatch.objects.create(
        menu=call.menu, asked_by=officer.user, record_number="起-1", decided_on=today, approver_title="課長",
        approver_name="見本", paper=staged(officer), effective_on=today,
    )  # fmt: skip
    return {
        "batch": {"pk": batch.pk},
        "deputy": {"pk": deputy.pk},
        "reviewing": {"pk": reviewing.pk},
        "reviewing act": {"pk": reviewing.pk, "act": "grant"},
        "approval": {"pk": approval.pk},
        "approval act": {"pk": approval.pk, "act": "record"},
        "signed approval": {"pk": signed.pk},
    }
