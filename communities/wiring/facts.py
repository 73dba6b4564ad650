"""What papers, figures and the city's part give to the floors below: permission and 履歴. Imported once by apps.py."""

from collections.abc import Mapping
from typing import Any

from portal.kernel import permissions
from portal.kernel.ports import AuditLine, audit_presenters

from ..models.facts import CityPart
from ..rules import is_ward_staff

permissions.define(
    "communities.set_city_role", is_ward_staff, reason="市の役割を決められるのは、その地域の担当者だけです。"
)


@audit_presenters.register("communities.community.facts_saved")
def _facts(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="会則、リンク、年代を直しました")


@audit_presenters.register("communities.community.city_role_set")
def _city_role(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"市の役割を「{CityPart(data['role']).label}」にしました")
