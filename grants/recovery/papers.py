"""交付決定取消通知書 and 納入通知書: 標準様式 with 「第○条」 until the 要綱's own forms are entered in the menu."""

from typing import Any

from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..documents import named
from ..models import Application, Reclaim
from ..settlement.papers import heading
from . import queries
from .enums import Cause
from .rates import label, rates

REVOCATION, RECLAIM = "grants.revocation", "grants.reclaim"


def _letter(case: Application, key: str) -> dict[str, Any]:
    """What both say: to whom, from whom, of which decision."""
    authority = case.menu.programme.authority
    return heading(case, key) | {
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "office": case.office.name,
    }


def revocation_snapshot(application: Application) -> dict[str, Any]:
    """The content of 取消通知書. Raises ValueError before it was drafted."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    row = queries.revocation_of(case)
    if row is None:
        raise ValueError(f"{case.pk}: not revoked")
    on = row.approval.effective_on
    return _letter(case, REVOCATION) | {
        "dated_on": on.isoformat() if on else "",
        "reason": row.reason,
        "paid_yen": row.paid_yen,
        "surcharges": row.surcharges and row.paid_yen > 0,
        "appeal_notice": case.menu.programme.appeal_notice,
    }


def reclaim_snapshot(reclaim: Reclaim) -> dict[str, Any]:
    """The content of 納入通知書."""
    case = applications.with_case(Application.objects.all()).get(pk=reclaim.application_id)
    return _letter(case, RECLAIM) | {
        "amount_yen": reclaim.amount_yen,
        "cause": reclaim.get_cause_display(),
        "is_payback": reclaim.cause == Cause.DISPOSAL,
        "due_on": reclaim.due_on.isoformat(),
        "surcharge_from_on": reclaim.surcharge_from.isoformat() if reclaim.surcharge_from else "",
        "tranches": [
            {"received_on": row.received_on.isoformat(), "amount_yen": row.amount_yen}
            for row in reclaim.tranches.all()
        ],
        "surcharge_rate": label(rates("surcharge"), reclaim.due_on),
        "arrears_rate": label(rates("arrears"), reclaim.due_on),
    }


def revocation_version(application: Application) -> str:
    """Which 取消し of the file."""
    row = queries.revocation_of(application)
    return str(row.pk) if row else ""


KINDS = (
    DocumentKind(
        key=REVOCATION, code="KR", title="交付決定取消通知書", template="grants/pdf/revocation.html",
        snapshot=revocation_snapshot, permission="grants.conclude_application", version=revocation_version,
        model="grants.Application", visible_to=applications.visible_to, seal="（公印省略）",
    ),
    DocumentKind(
        key=RECLAIM, code="NT", title="納入通知書", template="grants/pdf/reclaim.html", snapshot=reclaim_snapshot,
        permission="grants.issue_reclaim", model="grants.Reclaim", visible_to=queries.visible_to, seal="（公印省略）",
    ),
)  # fmt: skip
