"""What keeping organisations gives to the floors below: permission, 履歴, who sees them. Imported once by apps.py."""

from collections.abc import Mapping
from typing import Any

from portal.kernel import permissions, ports
from portal.kernel.ports import AuditLine, audit_presenters

from ..queries.organisations import organisations_kept_by
from ..rules import is_ward_staff

permissions.define(
    "communities.keep_organisation", is_ward_staff, reason="主体を直せるのは、その地域の担当者だけです。"
)
ports.visible.register("communities.organisation", organisations_kept_by)


@audit_presenters.register("communities.organisation.edited")
def _edited(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="主体の内容を直しました")


@audit_presenters.register("communities.organisation.merged")
def _merged(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"ほかの主体をまとめました(協働{data['moved']}件を移しました)", tone="warn")


@audit_presenters.register("communities.organisation.unmerged")
def _unmerged(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"まとめたのをもとにもどしました(協働{data['moved']}件)")
