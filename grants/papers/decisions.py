"""交付決定通知書 and 不交付決定通知書: the letters of a decision (domain.md 3.6: number and date right, addressee left, 記, 以上).

Titled 標準様式 with 「第○条」 until the 要綱's own forms are entered in the menu; everything they say is frozen here.
"""

from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from .. import queries
from ..documents import named
from ..models import Application, Decision
from ..queries import approving

GRANT, REJECTION = "grants.decision", "grants.rejection"
LETTERS = (GRANT, REJECTION)


def grant_snapshot(application: Application) -> dict[str, Any]:
    """The content of 交付決定通知書, from the decision that stands."""
    decision = _decision(application)
    return _letter(application, decision, GRANT, "交付決定通知書") | {
        "amount_yen": decision.amount_yen,
        "less": decision.note,
        "total_yen": application.total_yen,
        "base_yen": application.base_yen,
        "share": application.menu.share_label,
        "period": f"{wareki(application.starts_on)}から{wareki(application.ends_on)}まで"
        if application.starts_on and application.ends_on
        else "",
        "conditions": [*application.menu.conditions, *decision.own_conditions],
        "withdraw_days": application.menu.withdraw_days,
    }


def rejection_snapshot(application: Application) -> dict[str, Any]:
    """The content of 不交付決定通知書; the reason is always printed."""
    decision = _decision(application)
    return _letter(application, decision, REJECTION, "不交付決定通知書") | {"reason": decision.reason}


def kinds() -> tuple[DocumentKind, DocumentKind]:
    """How `portal.documents` issues and shows the two letters."""
    shared: dict[str, Any] = {
        "model": "grants.Application",
        "visible_to": queries.visible_to,
        "permission": "grants.issue_decision",
        "version": _version,
        "seal": "（公印省略）",
    }
    return (
        DocumentKind(
            key=GRANT, code="KT", title="交付決定通知書", template="grants/pdf/decision.html",
            snapshot=grant_snapshot, **shared,
        ),
        DocumentKind(
            key=REJECTION, code="FK", title="不交付決定通知書", template="grants/pdf/rejection.html",
            snapshot=rejection_snapshot, **shared,
        ),
    )  # fmt: skip


def _version(application: Application) -> str:
    return str(_decision(application).pk)


def _decision(application: Application) -> Decision:
    """The decision that stands. Raises ValueError before there is one."""
    decision = approving.current(application)
    if decision is None:
        raise ValueError(f"{application.pk}: not decided")
    return decision


def _letter(application: Application, decision: Decision, key: str, title: str) -> dict[str, Any]:
    """What both letters say: to whom, from whom, about which application of which day and number."""
    menu, approval = application.menu, decision.approval
    programme = menu.programme
    authority = programme.authority
    snapshot = queries.latest_snapshot(application)
    return {
        "form": menu.form(key.split(".")[1]),
        "addressee": [named(application.applicant_title, application.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        "subsidy": f"{programme.year_label}{menu.title}金",
        "letter": title,
        "rule": programme.rule_title.split("(")[0],
        "article": menu.article(key.split(".")[1]),
        "dated_on": approval.effective_on.isoformat() if approval.effective_on else "",
        "applied_on": snapshot.created_at.astimezone(clock.JST).date().isoformat(),
        "applied_number": application.own_number,
        "title": snapshot.data["title"],
        "platform": snapshot.data["platform"],
        "type_line": snapshot.data["type_line"],
        "appeal_notice": programme.appeal_notice,
        "office": application.office.name,
    }
