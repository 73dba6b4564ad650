"""Objects with which the rows of menu ② are opened: workshops of 志布志市 at the steps the rows name."""

from typing import Any

from grants.models import Workshop
from portal.documents.models import Document
from portal.kernel import clock
from portal.site.demo.people import SHIBUSHI
from portal.site.demo.step_dispatch import first_day
from portal.site.demo.step_workshops import case
from portal.site.demo.world import World


def cases() -> dict[str, dict[str, Any]]:
    """Of the municipality of the table."""
    world = World(clock.now())
    base = first_day(world)
    draft, consulting, agreed, decided, reported = (
        case(world, f"{steps}歩目のワークショップ", base=base, steps=steps, kind="use", code=SHIBUSHI)
        for steps in (0, 1, 3, 4, 7)
    )
    lecturer = reported.lecturers.earliest("position")
    return {
        "workshop draft": {"pk": draft.pk},
        "workshop consulting": {"pk": consulting.pk},
        "workshop sheet": {"kind": "workshop", "pk": consulting.pk},
        "workshop part": {"kind": "workshop", "pk": consulting.pk, "part": "workshop"},
        "workshop decided": {"pk": decided.pk},
        "workshop submit": {"pk": draft.pk, "act": "submit"},
        "workshop agree": {"pk": consulting.pk, "act": "agree"},
        "workshop draft decision": {"pk": agreed.pk, "act": "draft"},
        "workshop cancel": {"pk": decided.pk, "act": "cancel"},
        "workshop pay": {"pk": reported.pk, "lecturer_pk": lecturer.pk},
        "lecture": {"pk": decided.lecturers.earliest("position").pk},
        "workshop plan paper": {"pk": _paper("plan", consulting).pk},
        "workshop decision paper": {"pk": _paper("decision", decided).pk},
        "workshop report paper": {"pk": _paper("report", reported).pk},
    }


def _paper(name: str, workshop: Workshop) -> Document:
    return Document.objects.get(kind=f"grants.workshop_{name}", object_id=workshop.pk)
