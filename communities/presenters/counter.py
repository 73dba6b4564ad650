"""How what happens around a registration reads in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..enums import CallReason, Channel, QuestionKind


@audit_presenters.register("communities.event.readers_named")
def _readers(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="参加に必要なことを読む人を決めました")


@audit_presenters.register("communities.registration.received")
def _received(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"代わりに受け付けました({Channel(data['channel']).label})")


@audit_presenters.register("communities.registration.recounted")
def _recounted(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"来た人数を{data['people']}人に直しました")


@audit_presenters.register("communities.phonecall.called")
def _called(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"電話で知らせました({CallReason(data['reason']).label})")


@audit_presenters.register("communities.event.list_printed")
def _list_printed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="当日の名簿を印刷しました")


_LINES = {
    "eventask.edited": "申込みで聞くことを決めました",
    "eventquestion.edited": "質問を直しました",
    "eventquestion.retired": "質問を、聞くのをやめました",
    "registration.extended": "質問への答えなどを受け付けました",
}
say("communities", _LINES)


@audit_presenters.register("communities.eventquestion.added")
def _question(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"質問を加えました({QuestionKind(data['kind']).label})")
