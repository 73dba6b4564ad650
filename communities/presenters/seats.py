"""How seats, offers and draws read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say

LINES = {
    "cancel": "申込みを取り消しました",
    "offer": ("空いた席を案内しました", "ok"),
    "accept": ("案内を受けて、席が決まりました", "ok"),
    "decline": "案内を辞退しました",
    "expire": ("案内の期限が過ぎ、最後の順番にもどりました", "warn"),
    "win": ("抽選で席が決まりました", "ok"),
    "lose": "抽選の結果、キャンセル待ちになりました",
    "attend": ("参加を記録しました", "ok"),
    "miss": "欠席を記録しました",
    "unmark": "参加・欠席の記録を取り消しました",
}
say("communities.registration", LINES)


@audit_presenters.register("communities.registration.registered")
def _registered(data: Mapping[str, Any]) -> AuditLine:
    words = {"waiting": "キャンセル待ちを受け付けました", "entered": "抽選の申込みを受け付けました"}
    return AuditLine(text=f"{words.get(data['state'], '申込みを受け付けました')}({data['party_size']}人)")


@audit_presenters.register("communities.registration.party_reduced")
def _party_reduced(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"人数を{data['from']}人から{data['to']}人に減らしました")


@audit_presenters.register("communities.event.capacity_changed")
def _capacity_changed(data: Mapping[str, Any]) -> AuditLine:
    before, after = (f"{size}人" if size else "なし" for size in (data["from"], data["to"]))
    return AuditLine(text=f"定員を{before}から{after}にしました")


@audit_presenters.register("communities.event.lottery_sealed")
def _lottery_sealed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"抽選の封を公開しました({data['seal'][:8]}…)")


@audit_presenters.register("communities.event.lottery_drawn")
def _lottery_drawn(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"抽選しました(応募{data['entries']}組、当選{data['winners']}組)", tone="ok")
