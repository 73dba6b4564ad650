"""Objects with which the rows of the examination are opened: files of 志布志市 that its office holds."""

from typing import Any

from grants import actions, queries
from grants.models import Application
from portal.kernel import clock
from portal.site.demo.people import SHIBUSHI
from portal.site.demo.step_grants import Plan, file_plan
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import World

PLAN = {
    "area": SHIBUSHI, "officer": "officer-shibushi", "chief": "chief-shibushi", "platform": SHIBUSHI_SEA,
    "kind": "1-2", "parts": 3, "taken_by": "pref-officer",
}  # fmt: skip


def cases() -> dict[str, dict[str, Any]]:
    """One under examination with a remark that was not sent, one returned with a remark that was, one submitted twice."""
    call = queries.open_calls(clock.now()).get()
    world = World(clock.now())
    for title, outcome in (("審査中の事業", ""), ("補正中の事業", "returned"), ("二度目の事業", "returned")):
        file_plan(world, Plan(title=title, outcome=outcome, **PLAN), call)
    examined, returned, again = (
        Application.objects.filter(title=title).latest("created_at")
        for title in ("審査中の事業", "補正中の事業", "二度目の事業")
    )
    draft = actions.start_application(
        by=world.actor("officer-shibushi"),
        call=call,
        municipality=examined.municipality,
        title="開いた下書き",
    )
    officer, chief = world.actor("pref-officer"), world.actor("chief-shibushi")
    waiting = actions.write_remark(
        by=officer, application=examined, part="plan", text="期間を確かめてください。"
    )
    for remark in again.remarks.all():
        actions.answer_remark(by=chief, remark=remark, answer="直しました。")
    actions.submit(by=chief, application=again)
    return {
        "examined": {"pk": examined.pk},
        "examined place": {"pk": examined.pk, "place": "examine"},
        "draft place": {"pk": draft.pk, "place": "plan"},
        "examined act": {"pk": examined.pk, "act": "checks"},
        "remark waiting": {"pk": examined.pk, "remark_pk": waiting.pk},
        "returned": {"pk": returned.pk},
        "returned section": {"pk": returned.pk, "section": "plan"},
        "remark sent": {"pk": returned.pk, "remark_pk": returned.remarks.first().pk},
        "submitted again": {"pk": again.pk},
    }
