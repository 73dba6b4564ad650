"""How the events of documents read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters


@audit_presenters.register("documents.document.issued")
def issued(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"確認番号{data['number']}で発行しました")


@audit_presenters.register("documents.document.finish")
def finished(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="文書のファイルができました", tone="ok")


@audit_presenters.register("documents.document.filed")
def filed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="効力のなくなった文書のファイルを、控えとして保存しました")


@audit_presenters.register("documents.document.replace")
def replaced(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="新しい版に差し替えました")


@audit_presenters.register("documents.document.void")
def voided(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="無効にしました", tone="ng")
