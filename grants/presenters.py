"""How the events of the grants read in 履歴."""

from collections.abc import Callable, Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine

from .enums import Part

Present = Callable[[Mapping[str, Any]], AuditLine]


def _said(text: str, tone: str = "") -> Present:
    return lambda data: AuditLine(text=text, tone=tone)


def _saved(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{Part(data['part']).label}を保存した({data['revision']}回目)")


def _filed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"第{data['number']}回の提出を控えに残した(交付申請額 {yen(data['grant_yen'])})")


def _cap_used(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"ポータルの外で決定した額 {yen(data['amount_yen'])}を記録した")


PRESENTERS: dict[str, Present] = {
    "grants.programme.opened": _said("事業を開いた"),
    "grants.call.opened": _said("募集を開いた"),
    "grants.application.started": _said("申請の下書きを作った"),
    "grants.application.attached": _said("書類を添付した"),
    "grants.application.detached": _said("添付した書類を外した"),
    "grants.application.submit": _said("提出した", "ok"),
    "grants.application.filed": _filed,
    "grants.application.screen": _said("担当になり、形式審査を始めた"),
    "grants.application.withdraw_draft": _said("下書きを取りやめた"),
    "grants.applicationpart.saved": _saved,
    "grants.setaside.kept": _said("同時に編集された入力を取り置いた"),
    "grants.setaside.settled": _said("取り置いた入力を片付けた"),
    "grants.capuse.recorded": _cap_used,
}
