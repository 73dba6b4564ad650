"""Objects with which the rows of 一件書類 are opened: a submitted file of 志布志市 with one, and two copies of it."""

from typing import Any

from grants import queries
from grants.models import Application, Redaction
from portal.accounts.models import User
from portal.kernel import clock, uploads
from portal.site.demo.people import SHIBUSHI
from portal.site.demo.step_grants import Plan, file_plan
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import World
from tests.factories.dossier import mark, paper
from tests.factories.dossier import redaction as start

PLAN = {
    "area": SHIBUSHI, "officer": "officer-shibushi", "chief": "chief-shibushi", "platform": SHIBUSHI_SEA,
    "kind": "1-2", "parts": 3, "taken_by": "pref-officer",
}  # fmt: skip
TITLE = "一件書類の事業"


class Office:
    """The office of the demo, as factories ask for it."""

    def __init__(self, user: User) -> None:
        self.prefecture_user = user


def cases() -> dict[str, dict[str, Any]]:
    """One copy whose marks are still made, one that is finished."""
    world = World(clock.now())
    file_plan(world, Plan(title=TITLE, **PLAN), queries.open_calls(clock.now()).get())
    case, officer = (
        Application.objects.filter(title=TITLE).latest("created_at"),
        world.actor("pref-officer").user,
    )
    content = paper("一枚目")
    draft: Redaction = start(Office(officer), case, content)  # type: ignore[arg-type]
    row = mark(draft, term="一枚")
    made = Redaction.objects.create(
        dossier=draft.dossier, number=2, request_label="情公第13号", started_by=officer, making_by=officer,
        making_at=clock.now(), made_at=clock.now(), state="made",
        file=uploads.keep(content, name="redactions/case.pdf", filename="写し.pdf", content_type="application/pdf"),
    )  # fmt: skip
    return {
        "dossier case": {"pk": case.pk},
        "dossier": {"pk": draft.dossier_id},
        "redaction": {"pk": draft.pk},
        "redaction page": {"pk": draft.pk, "page": 1},
        "made redaction": {"pk": made.pk},
        "redaction act": {"pk": draft.pk, "act": "term"},
        "redaction mark": {"pk": draft.pk, "mark_pk": row.pk},
    }
