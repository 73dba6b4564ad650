"""How the contents of コミプラ read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters

from ..models.platforms import PartKind


@audit_presenters.register("communities.platform.edited")
def _edited(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="コミプラの内容を直しました")


@audit_presenters.register("communities.platform.part_added")
def _added(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{PartKind(data['part']).label}を加えました")


@audit_presenters.register("communities.platform.part_removed")
def _removed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{PartKind(data['part']).label}を外しました")
