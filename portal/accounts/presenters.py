"""How the events of accounts read in 履歴."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.kernel.ports import AuditLine, audit_presenters, say
from portal.kernel.wareki import wareki

from .enums import AgeGroup, Role

LINES = {
    "user.discarded": "確認されなかったアカウントを消しました",
    "user.confirmed_adult": "18歳以上になったことを確認しました",
    "user.renamed": "表示名を変えました",
    "user.signed_out_everywhere": "ほかの端末からもログアウトしました",
    "user.second_factor_reset": "端末をなくした人の二段階認証を解除しました",
    "user.second_factor_set_up": "二段階認証を設定しました",
    "user.second_factor_removed": "二段階認証の設定を解除しました",
    "user.email_changed": "メールアドレスを変えました",
}
_METHODS = {"code": "メールのコード", "mfa": "二段階認証", "demo": "デモ"}


def _day(value: str | None) -> str:
    return wareki(date.fromisoformat(value)) if value else "期限なし"


say("accounts", LINES)


@audit_presenters.register("accounts.user.registered")
def _registered(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"アカウントを作りました({AgeGroup(data['age_group']).label})")


@audit_presenters.register("accounts.user.created")
def _created(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"アカウントを用意しました({AgeGroup(data['age_group']).label})")


@audit_presenters.register("accounts.user.exported")
def _exported(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"本人について持っている情報を書き出しました({data['rows']}件)")


@audit_presenters.register("accounts.user.signed_in")
def _signed_in(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        text=f"ログインしました({'・'.join(_METHODS.get(method, method) for method in data['methods'])})"
    )


@audit_presenters.register("accounts.appointment.appointed")
def _appointed(data: Mapping[str, Any]) -> AuditLine:
    acting = "(職務代理)" if data["acting"] else ""
    term = f"{_day(data['starts_on'])}から、{_day(data['ends_on'])}" + ("まで" if data["ends_on"] else "")
    return AuditLine(text=f"{Role(data['role']).label}{acting}にしました({term})")


@audit_presenters.register("accounts.appointment.ended")
def _ended(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"終わる日を{_day(data['ends_on'])}にしました")
