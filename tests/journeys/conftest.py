"""Journeys start from the demo's world, which the actions themselves made."""

import pytest
from django.urls import reverse

from communities.models import Collaboration, Community, Event, Initiative
from grants.enums import GRANTED
from grants.models import Application, CommissionCall, Commitment, Contract, Payment, Reclaim
from tests.support.world import World

from .steps import Width


@pytest.fixture(scope="module")
def demo(world: World) -> World:
    """A world with the demo's people and records, made by the actions; its hundreds of waiting jobs sleep on."""
    return world


@pytest.fixture(scope="module")
def places(demo: World) -> dict[str, str]:
    """The addresses of records that the demo holds."""
    community = Community.objects.get(name="「タイトル未定」")
    event = Event.objects.filter(host_community=community, state="published").first()
    initiative = Initiative.objects.filter(community=community).first()
    counted = Collaboration.objects.filter(state="counted").order_by("-fiscal_year").first()
    draft = Application.objects.get(state="draft", municipality_id="462039")
    file = Application.objects.filter(state="submitted").first()
    return {
        "community": community.get_absolute_url(), "event": event.get_absolute_url(),
        "initiative": initiative.get_absolute_url(), "collaboration": counted.get_absolute_url(),
        "year": str(counted.fiscal_year), "draft": f"/grants/applications/{draft.pk}/",
        "file": f"/staff/grants/applications/{file.pk}/", **after_the_decision(), **of_commission(),
    }  # fmt: skip


def of_commission() -> dict[str, str]:
    """Menu ④: a contract at work as both sides see it, and a running panel."""
    work, panel = Contract.objects.get(state="started"), CommissionCall.objects.get(state="panel")
    return {
        "contract": work.get_absolute_url(), "staff_contract": work.get_staff_url(),
        "review": reverse("grants:review_call", args=[panel.pk]),
        "panel": reverse("grants:staff_panel", args=[panel.pk]),
    }  # fmt: skip


def after_the_decision() -> dict[str, str]:
    """What 鹿屋市 and its office see of files after their decision: "closed" the town's page, "office_closed" the office's."""
    found: dict[str, str] = {}
    for case in Application.objects.filter(office__name="大隅地域振興局", state__in=GRANTED | {"revoked"}):
        found |= {case.state: case.get_absolute_url(), f"office_{case.state}": case.get_staff_url()}
    settled = Commitment.objects.select_related("line__programme").get(approval__application__state="settled")
    execution = reverse("grants:execution", args=[settled.line.programme.slug])
    return found | {
        "reclaim": Reclaim.objects.get(state="ordered").get_absolute_url(),
        "payment": Payment.objects.get(case_type="grants.application", state="ordered").get_absolute_url(),
        "execution": execution, "line": f"{execution}{settled.line_id}/",
    }  # fmt: skip


@pytest.fixture
def width() -> Width:
    """The two widths at which everything is looked at, in one walk."""
    return Width.of_phone_and_desk()
