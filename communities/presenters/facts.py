"""How papers, figures and the city's part read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters

from ..models.facts import CityPart


@audit_presenters.register("communities.community.facts_saved")
def _facts(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="会則、リンク、年代を直しました")


@audit_presenters.register("communities.community.city_role_set")
def _city_role(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"市の役割を「{CityPart(data['role']).label}」にしました")
