"""How the events of the 委託先 of ① read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say


def _registered(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"委託先の契約 {yen(data['amount_yen'])}を登録した", tone="ok")


def _resized(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{yen(data['before_yen'])}から{yen(data['amount_yen'])}に変えた")


say(
    "grants",
    {
        "agencystatement.submit": ("精算書を提出した", "ok"),
        "agencystatement.return_for_correction": ("差し戻した", "warn"),
        "agencystatement.check": ("確認して支出命令を出した", "ok"),
        "agencystatement.pay": ("支払いが済んだ", "ok"),
        "agencystatement.drop": ("精算書を取りやめた", "warn"),
    },
)
audit_presenters.register("grants.agencycontract.registered", _registered)
audit_presenters.register("grants.agencycontract.changed", _resized)
audit_presenters.register("grants.commitment.resized", _resized)
audit_presenters.register(
    "grants.agencystatement.started", lambda data: AuditLine(text=f"{data['visits']}回分の精算書を作った")
)
audit_presenters.register(
    "grants.agencystatement.saved",
    lambda data: AuditLine(text=f"旅費を保存した(合計 {yen(data['total_yen'])})"),
)
