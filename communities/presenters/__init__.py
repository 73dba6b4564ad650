"""How the events of communities read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

from ..enums import EvidenceKind, OrganisationKind, PlatformPhase

LINES = {
    "community.registered": "コミュニティを登録しました",
    "community.edited": "コミュニティの内容を直しました",
    "community.publish_asked": "公開を頼みました",
    "community.publish": ("コミュニティを公開しました", "ok"),
    "community.discard": "下書きを取りやめました",
    "community.rest": "休止にしました",
    "community.wake": "再開しました",
    "community.dissolve": ("解散にしました", "ng"),
    "membership.joined": "参加しました",
    "membership.requested": "参加を申し込みました",
    "membership.accept": ("参加を受け入れました", "ok"),
    "membership.decline": ("参加をお断りしました", "warn"),
    "membership.withdraw": "申込みを取り下げました",
    "membership.accept_invitation": "招待を受けました",
    "membership.refuse_invitation": "招待を断りました",
    "membership.leave": "退会しました",
    "membership.remove": "退会にしました",
    "membership.appointed": "世話人になりました",
    "initiative.started": "取組を書きました",
    "initiative.edited": "取組の内容を直しました",
    "initiative.consider": "検討をはじめました",
    "initiative.prepare": "準備にうつりました",
    "initiative.run": "実施にうつりました",
    "initiative.become_independent": "自立しました",
    "initiative.finish": "やりとげて終えました",
    "initiative.end": "終えました",
    "event.edited": "催しの内容を直しました",
    "event.publish": ("催しを公開しました", "ok"),
    "event.close_entries": "申込みの受付を終えました",
    "event.reopen_entries": "申込みの受付を再開しました",
    "event.hold": "開催しました",
    "event.cancel": ("催しを中止しました", "ng"),
    "organisation.numbered": "主体に法人番号を加えました",
    "collaboration.recorded": "協働を記録しました",
    "collaboration.edited": "協働の内容を直しました",
    "collaboration.submit": "協働の記録を提出しました",
    "collaboration.ward_confirm": ("区で確認しました", "ok"),
    "collaboration.count": ("協働数に数えました", "ok"),
    "collaboration.count_directly": ("協働数に数えました", "ok"),
    "collaboration.return": ("協働の記録を差し戻しました", "warn"),
    "platform.prepare": "ステージを設立準備にしました",
    "platform.form": "ステージを形成初期にしました",
    "platform.sustain": "ステージを持続にしました",
    "platform.back_to_considering": "ステージを検討にもどしました",
    "platform.back_to_preparing": "ステージを設立準備にもどしました",
    "platform.back_to_forming": "ステージを形成初期にもどしました",
}
say("communities", LINES)


@audit_presenters.register("communities.membership.shown")
def _shown(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="名前を公開しました" if data["show_name"] else "名前の公開をやめました")


@audit_presenters.register("communities.event.created")
def _event_created(data: Mapping[str, Any]) -> AuditLine:
    seats = f"定員{data['capacity']}人" if data["capacity"] else "定員なし"
    return AuditLine(text=f"催しを登録しました({seats})")


@audit_presenters.register("communities.organisation.registered")
def _organisation(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"主体を登録しました({OrganisationKind(data['kind']).label})")


@audit_presenters.register("communities.collaboration.evidence_added")
def _evidence(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"資料を加えました({EvidenceKind(data['kind']).label})")


@audit_presenters.register("communities.collaborationyear.locked")
def _locked(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{data['fiscal_year']}年度の協働数を締めました")


@audit_presenters.register("communities.platform.registered")
def _platform(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"コミプラを登録しました({PlatformPhase(data['stage']).label})")


@audit_presenters.register("communities.platform.stage_confirmed")
def _stage_confirmed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"県がステージ「{PlatformPhase(data['stage']).label}」を確認しました", tone="ok")
