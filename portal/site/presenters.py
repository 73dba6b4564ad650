"""How audit entries of this app read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel import ports
from portal.kernel.ports import AuditLine


def step_seeded(data: Mapping[str, Any]) -> AuditLine:
    """A part of the demo's world was made."""
    return AuditLine(text=f"見本のデータをつくりました({data.get('step', '')})")


def scale_seeded(data: Mapping[str, Any]) -> AuditLine:
    """Bulk rows for measuring were made."""
    return AuditLine(text=f"計測用の架空のコミュニティを{data.get('communities', 0):,}組つくりました")


def snoozed(data: Mapping[str, Any]) -> AuditLine:
    """Somebody put a to-do of theirs off."""
    return AuditLine(text=f"あとでにしました({data['until_on']}まで)")


def woken(data: Mapping[str, Any]) -> AuditLine:
    """Somebody took a to-do back onto their desk."""
    return AuditLine(text="一覧にもどしました")


def register() -> None:
    ports.audit_presenters.register("site.desksnooze.set", snoozed)
    ports.audit_presenters.register("site.desksnooze.woken", woken)
    ports.audit_presenters.register("site.demostep.done", step_seeded)
    ports.audit_presenters.register("site.demostep.scaled", scale_seeded)
