"""Objects with which the rows of menu ① are opened: dispatches of 志布志市, one draft, one requested, one proposed."""

from typing import Any

from grants.models import Advisor, Dispatch, Payment
from portal.documents.models import Document
from portal.kernel import clock
from portal.site.demo.people import DOMAIN, SHIBUSHI
from portal.site.demo.step_dispatch import case, first_day, follow
from portal.site.demo.world import World


def cases() -> dict[str, dict[str, Any]]:
    """Of the advisor of the demo, and of the municipality of the table."""
    world = World(clock.now())
    base = first_day(world)
    draft, requested, proposed = (
        case(world, f"{steps}歩目の派遣", base=base, steps=steps, code=SHIBUSHI) for steps in (0, 1, 3)
    )
    decided = _far(world, base, "決定した派遣", 6)
    visit = decided.visits.get()
    reported = _far(world, base, "報告した派遣", 10).visits.get()
    payment = Payment.objects.create(
        authority=decided.menu.programme.authority, case_type="grants.dispatch", case_id=decided.pk, slot="table",
        title="表の支払い", kind="other", payee="見本", gross_yen=1, net_yen=1, fiscal_year=2026, ordered_on=world.today,
    )  # fmt: skip
    advisor = Advisor.objects.get(user__email=f"advisor-1@{DOMAIN}")
    return {
        "advisor": {"pk": advisor.pk},
        "advisor offer": {"pk": advisor.offers.earliest("starts_at").pk},
        "dispatch draft": {"pk": draft.pk},
        "dispatch sheet": {"kind": "dispatch", "pk": draft.pk},
        "dispatch part": {"kind": "dispatch", "pk": draft.pk, "part": "request"},
        "dispatch requested": {"pk": requested.pk},
        "dispatch act": {"pk": requested.pk, "act": "return"},
        "dispatch proposed": {"pk": proposed.pk},
        "dispatch answer": {"pk": proposed.pk, "act": "decline"},
        "dispatch paper": {"pk": _paper("request", requested).pk},
        "dispatch decided": {"pk": decided.pk},
        "visit": {"pk": visit.pk},
        "visit hold": {"pk": visit.pk, "act": "hold"},
        "visit order": {"pk": reported.pk, "act": "order"},
        "decision paper": {"pk": _paper("decision", decided).pk},
        "notice paper": {"pk": _paper("notice", decided).pk},
        **_ended(world, base),
        "report paper": {"pk": Document.objects.get(kind="grants.visit_report", object_id=reported.pk).pk},
        "payment": {"pk": payment.pk},
        "payments": {"kind": "payments"},
    }


def _far(world: World, base: int, title: str, steps: int) -> Dispatch:
    """A dispatch that went on after the advisor's answer, so many steps."""
    made = case(world, title, base=base, steps=4, code=SHIBUSHI, follows=True)
    return follow(world, made, base=base, steps=steps)


def _ended(world: World, base: int) -> dict[str, dict[str, Any]]:
    """The letters of a dispatch that was refused, and of one that was called off."""
    refused, cancelled = (_far(world, base, f"{steps}で終えた派遣", steps) for steps in (5, 7))
    return {
        "refusal paper": {"pk": _paper("refusal", refused).pk},
        "cancel paper": {"pk": _paper("cancel_notice", cancelled).pk},
    }


def _paper(name: str, dispatch: Dispatch) -> Document:
    return Document.objects.get(kind=f"grants.dispatch_{name}", object_id=dispatch.pk)
