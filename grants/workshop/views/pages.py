"""What the page of a workshop says besides its forms."""

from typing import Any

from django.http import HttpRequest

from portal.accounts.enums import Role
from portal.documents import queries as documents
from portal.kernel import clock, permissions

from ...calling import intake
from ...models import Approval, Workshop
from ...payments import queries as payments
from ...relief import queries as relief
from ...together.receipts import receipt
from ..enums import WorkshopState
from ..papers import PLAN_KIND, hosts, when


def page_context(request: HttpRequest, workshop: Workshop, approval: Approval | None) -> dict[str, Any]:
    """The plan with its rows, its papers and its money, as far as this person is one of the two sides."""
    sees_money = _may(request, "grants.conclude_workshop", workshop) or request.scope.has(Role.AUDITOR)
    is_side = sees_money or _may(request, "grants.consult_workshop", workshop)
    papers = list(documents.of(workshop)) if workshop.version and is_side else []
    return {
        "workshop": workshop,
        "receipt": receipt(workshop, papers, PLAN_KIND),
        "late": relief.received_late(workshop) if workshop.version and is_side else None,
        "when": when(workshop),
        "intake": intake(workshop.menu, clock.now()) if _is_bound(workshop) else None,
        "hosts": hosts(workshop),
        "lecturers": list(workshop.lecturers.select_related("advisor")),
        "duties": list(workshop.duties.all()),
        "participants": list(workshop.participants.order_by("pk")),
        "plans": list(workshop.plans.all()),
        "report": getattr(workshop, "report", None),
        "is_side": is_side,
        "is_deciding": approval is not None,
        "approval": approval if sees_money else None,
        "documents": papers,
        "payments": payments.of_case(workshop) if sees_money else [],
        **_rights(request, workshop),
    }


def _is_bound(workshop: Workshop) -> bool:
    """Whether a call of the menu, if there is one, says when it can be sent."""
    return workshop.state == WorkshopState.DRAFT and not workshop.is_planned_by_office


def _rights(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """What this person may do elsewhere: write the plan, report, run the event."""
    writes = "grants.consult_workshop" if workshop.is_consulting else "grants.write_workshop"
    open_to_write = workshop.is_consulting or workshop.is_writable
    held = workshop.state == WorkshopState.DECIDED and workshop.is_over
    reports = _may(request, "grants.report_workshop", workshop)
    return {
        "may_write": open_to_write and _may(request, writes, workshop),
        "may_submit": permissions.check(request.actor, "grants.submit_workshop", workshop),
        "may_report": held and reports,
        "runs_event": workshop.event_id is not None and reports and request.scope.has(Role.MUNICIPAL_OFFICER),
    }


def _may(request: HttpRequest, permission: str, workshop: Workshop) -> bool:
    return permissions.check(request.actor, permission, workshop).allowed
