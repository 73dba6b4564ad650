"""How 決裁 and the decisions read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters

from ..enums.approving import BatchWay, Matter
from . import said


def _drafted(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{Matter(data['matter']).label}を起案した")


def _decided(data: Mapping[str, Any]) -> AuditLine:
    if data.get("amount_yen") is None:
        return AuditLine(text="不交付の決定を起案した")
    return AuditLine(
        text=f"交付決定額 {yen(data['amount_yen'])}を起案した(計算した額 {yen(data['computed_yen'])})"
    )


def _signed(data: Mapping[str, Any]) -> AuditLine:
    way = "代決した" if data["deputised"] else "決裁の印を押した"
    return AuditLine(text=f"{data['position']}番目の{way}")


def _yen(words: str) -> Any:
    return lambda data: AuditLine(text=words.format(yen(data["amount_yen"])))


LINES = {
    # The municipality reads them too, before anything is decided: neither says which way.
    "grants.application.draft_decision": said("決定の案を起案した"),
    "grants.application.draft_rejection": said("決定の案を起案した"),
    "grants.application.sign": said("決裁が済み、交付を決定した", "ok"),
    "grants.application.sign_rejection": said("決裁が済み、不交付を決定した", "warn"),
    "grants.application.send_back": said("起案が差し戻された", "warn"),
    "grants.approval.drafted": _drafted,
    "grants.approval.complete": said("決裁が済んだ", "ok"),
    "grants.approval.send_back": said("差し戻した", "warn"),
    "grants.approval.drop": said("起案を取りやめた"),
    "grants.approval.step_signed": _signed,
    "grants.approval.step_seen": lambda data: AuditLine(text=f"{data['position']}番目の代決を後閲した"),
    "grants.letterbatch.asked": lambda data: AuditLine(
        text=f"{data['files']}件を{BatchWay(data.get('way', 'record')).label}に回した"
    ),
    "grants.signingdeputy.named": said("代決者を決めた"),
    "grants.signingdeputy.ended": said("代決者を取り消した"),
    "grants.decision.drafted": _decided,
    "grants.commitment.planned": _yen("支出負担行為 {}を予定した"),
    "grants.commitment.made": lambda data: AuditLine(text=f"支出負担行為 {data['number']}を記録した"),
    "grants.commitment.released": _yen("支出負担行為 {}を外した"),
    "grants.capuse.used": _yen("枠を{}使った"),
    "grants.capuse.freed": _yen("枠の{}を戻した"),
}

for event, present in LINES.items():
    audit_presenters.register(event, present)
