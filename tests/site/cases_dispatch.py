"""Objects with which the rows of menu ① are opened: dispatches of 志布志市, one draft, one requested, one proposed."""

from typing import Any

from grants.models import Advisor, Dispatch
from portal.documents.models import Document
from portal.kernel import clock
from portal.site.demo.people import DOMAIN, SHIBUSHI
from portal.site.demo.step_dispatch import case, first_day
from portal.site.demo.world import World


def cases() -> dict[str, dict[str, Any]]:
    """Of the advisor of the demo, and of the municipality of the table."""
    world = World(clock.now())
    base = first_day(world)
    draft, requested, proposed = (
        case(world, f"{steps}歩目の派遣", base=base, steps=steps, code=SHIBUSHI) for steps in (0, 1, 3)
    )
    advisor = Advisor.objects.get(user__email=f"advisor-1@{DOMAIN}")
    return {
        "advisor": {"pk": advisor.pk},
        "advisor offer": {"pk": advisor.offers.earliest("starts_at").pk},
        "dispatch draft": {"pk": draft.pk},
        "dispatch requested": {"pk": requested.pk},
        "dispatch act": {"pk": requested.pk, "act": "return"},
        "dispatch proposed": {"pk": proposed.pk},
        "dispatch answer": {"pk": proposed.pk, "act": "decline"},
        "dispatch paper": {"pk": _paper(requested).pk},
    }


def _paper(dispatch: Dispatch) -> Document:
    return Document.objects.get(kind="grants.dispatch_request", object_id=dispatch.pk)
