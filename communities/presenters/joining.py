"""How the events of invitations and of organisers read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..enums import MembershipRole

LINES = {
    "membership.invited": "招待されました",
    "membership.stepped_back": "世話人をおりました",
    "invitation.accept": "招待を受けました",
    "invitation.refuse": "招待を断りました",
    "invitation.cancel": "招待を取りやめました",
    "invitation.expire": "招待の期限が切れました",
}
say("communities", LINES)


@audit_presenters.register("communities.invitation.sent")
def _sent(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"招待を送りました({MembershipRole(data['role']).label}として)")
