"""取得財産等管理台帳, 財産処分承認申請書 and its answer: 標準様式 with 「第○条」 until the 要綱's own forms are entered."""

import hashlib
from typing import Any

from portal.kernel import clock
from portal.kernel.ports import DocumentKind

from .. import queries as applications
from ..documents import named
from ..enums.approving import ApprovalState
from ..models import Application, Approval, Asset, Disposal
from ..settlement.papers import from_town, heading
from . import queries

LIST, REQUEST, ANSWER = "grants.asset_list", "grants.disposal_request", "grants.disposal_answer"


def list_snapshot(application: Application) -> dict[str, Any]:
    """The content of 取得財産等管理台帳: every line as it stands."""
    case = applications.with_case(Application.objects.all()).get(pk=application.pk)
    rows = [_line(row) for row in case.assets.all()]
    return {
        **heading(case, LIST),
        **from_town(case),
        "floor_yen": case.menu.asset_floor_yen,
        "rows": rows,
        "total_yen": sum(row["amount_yen"] for row in rows),
        "grant_yen": sum(row["grant_yen"] for row in rows),
    }


def list_version(application: Application) -> str:
    """Which list: a digest of its lines."""
    columns = (
        "pk",
        "name",
        "spec",
        "kind",
        "quantity",
        "unit_price_yen",
        "grant_yen",
        "acquired_on",
        "place",
        "until_on",
    )
    rows = list(application.assets.values_list(*columns, "state"))
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


def request_snapshot(disposal: Disposal) -> dict[str, Any]:
    """The content of 財産処分承認申請書."""
    row = queries.disposals_with_case(Disposal.objects.all()).get(pk=disposal.pk)
    return {
        **heading(row.application, REQUEST),
        **from_town(row.application),
        **_wish(row),
    }


def answer_snapshot(disposal: Disposal) -> dict[str, Any]:
    """The content of 財産処分承認通知書, or of the refusal."""
    row = queries.disposals_with_case(Disposal.objects.all()).get(pk=disposal.pk)
    case = row.application
    authority = case.menu.programme.authority
    signed = Approval.objects.filter(disposal=row, state=ApprovalState.SIGNED)
    on = signed.values_list("effective_on", flat=True).first()
    return heading(case, ANSWER) | {
        "addressee": [named(case.applicant_title, case.applicant_name, "殿")],
        "sender": [named(authority.head_title, authority.head_name)],
        **_wish(row),
        "dated_on": on.isoformat() if on else "",
        "approved": bool(row.basis),
        "payback_yen": row.payback_yen,
        "basis": row.get_basis_display() if row.basis else "",
        "ends_limit": row.ends_limit,
        "conditions": row.conditions,
        "answer_reason": row.answer_reason,
        "appeal_notice": case.menu.programme.appeal_notice,
    }


def _wish(row: Disposal) -> dict[str, Any]:
    asked = row.asked_at
    return {
        "asset": _line(row.asset),
        "kind": row.get_kind_display(),
        "planned_on": row.planned_on.isoformat(),
        "price_yen": row.price_yen or 0,
        "remaining_yen": row.remaining_yen,
        "reason": row.reason,
        "plan": row.plan,
        "asked_on": asked.astimezone(clock.JST).date().isoformat() if asked else "",
    }


def _line(row: Asset) -> dict[str, Any]:
    return {
        "name": row.name,
        "spec": row.spec,
        "kind": row.kind_label,
        "quantity": row.quantity,
        "unit_price_yen": row.unit_price_yen,
        "amount_yen": row.amount_yen,
        "grant_yen": row.grant_yen,
        "acquired_on": row.acquired_on.isoformat(),
        "place": row.place,
        "years": row.years,
        "until_on": row.until_on.isoformat(),
        "state": row.get_state_display(),
    }


KINDS = (
    DocumentKind(
        key=LIST, code="SZ", title="取得財産等管理台帳", template="grants/pdf/asset_list.html", snapshot=list_snapshot,
        version=list_version, permission="grants.issue_assets", model="grants.Application",
        visible_to=applications.visible_to, seal="（公印省略）",
    ),
    DocumentKind(
        key=REQUEST, code="SD", title="財産処分承認申請書", template="grants/pdf/disposal_request.html",
        snapshot=request_snapshot, permission="grants.ask_disposal", model="grants.Disposal",
        visible_to=queries.disposals_visible_to, seal="（公印省略）",
    ),
    DocumentKind(
        key=ANSWER, code="SS", title="財産処分承認通知書", template="grants/pdf/disposal_answer.html",
        snapshot=answer_snapshot, permission="grants.conclude_disposal", model="grants.Disposal",
        visible_to=queries.disposals_visible_to, seal="（公印省略）",
    ),
)  # fmt: skip
