"""How keeping organisations reads in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say


@audit_presenters.register("communities.organisation.edited")
def _edited(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="主体の内容を直しました")


@audit_presenters.register("communities.organisation.merged")
def _merged(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"ほかの主体をまとめました(協働{data['moved']}件を移しました)", tone="warn")


@audit_presenters.register("communities.organisation.unmerged")
def _unmerged(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"まとめたのをもとにもどしました(協働{data['moved']}件)")


say(
    "communities.organisationmember",
    {"said": "この主体の人だと申し出た", "confirmed": ("この主体の人だと確かめた", "ok")},
)
