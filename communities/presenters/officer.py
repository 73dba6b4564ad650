"""How the events of the officer's day read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..models import BulkStep

LINES = {
    "contact.keep": "約束を果たしました",
    "contact.drop": "約束を取りやめました",
    "contact.handed_over": "約束を引き継ぎました",
    "inquiry.open": "照会を送りました",
    "inquiry.discard": "照会を取りやめました",
    "inquiry.close": "照会を締め切りました",
    "inquiry.reminded": "催促のメールを送りました",
}
say("communities", LINES)


@audit_presenters.register("communities.contact.recorded")
def _recorded(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="対応を記録しました" + ("(約束あり)" if data["promise"] else ""))


@audit_presenters.register("communities.bulkrun.ran")
def _ran(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        text=f"まとめて「{BulkStep(data['step']).label}」を行いました(できた{data['done']}件・できなかった{data['refused']}件)"
    )


@audit_presenters.register("communities.community.written_to")
def _written_to(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"担当者が世話人{data['count']}人にメールを送りました")


@audit_presenters.register("communities.inquiry.drafted")
def _drafted(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"照会をつくりました(相手{data['recipients']}組・質問{data['questions']}つ)")


@audit_presenters.register("communities.inquiry.edited")
def _edited(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"照会の下書きを直しました(相手{data['recipients']}組・質問{data['questions']}つ)")


@audit_presenters.register("communities.inquiryrecipient.answered")
def _answered(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        text="照会に回答しました" if data["version"] == 1 else f"回答を直しました(第{data['version']}版)"
    )
