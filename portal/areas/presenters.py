"""How the events of areas read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters


@audit_presenters.register("areas.area.loaded")
def _area_loaded(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        text=f"地方公共団体コードを読み込みました(追加{data['created']}件・変更{data['changed']}件)"
    )


@audit_presenters.register("areas.authority.created")
def _authority_created(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="団体を登録しました")


@audit_presenters.register("areas.authority.changed")
def _authority_changed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="団体の設定を変えました")


@audit_presenters.register("areas.section.created")
def _section_created(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"課・室を登録しました(受け持つ市町村{len(data['covers'])})")


@audit_presenters.register("areas.schooldistrict.imported")
def _districts_imported(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"校区を読み込みました(追加{data['created']}件・変更{data['changed']}件)")
