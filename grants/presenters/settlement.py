"""How what follows a decision reads in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters, say


def _saved(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"実績報告を保存した({data['revision']}回目)")


def _filed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        text=f"第{data['number']}回の実績報告(補助金の精算額 {yen(data['claimed_yen'])})", tone="ok"
    )


say(
    "grants",
    {
        "application.request_change": "変更を申請した",
        "application.approve_change": ("変更が承認された", "ok"),
        "application.take_back_change": "変更の申請を取り下げた",
        "application.refuse_change": ("変更は承認されなかった", "warn"),
        "application.report_result": ("実績を報告した", "ok"),
        "application.return_result": ("実績報告が戻された", "warn"),
        "application.inspect": ("検査が済んだ", "ok"),
        "application.settle": ("補助金の額が確定した", "ok"),
        "application.revoke": ("交付決定が取り消された", "ng"),
        "application.close": ("完了した", "ok"),
        "sheettyped.kept": "同時に書いた入力を取り置いた",
        "sheettyped.settled": "取り置いた入力を片づけた",
        "resultreport.attached": "実績の証拠書類を添付した",
        "resultreport.detached": "実績の証拠書類を外した",
    },
)


def _inspected(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"第{data['number']}回の報告を検査した(補助対象経費 {yen(data['base_yen'])})")


def _lowered(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"支出負担行為を{yen(data['before_yen'])}から{yen(data['amount_yen'])}に減らした")


def _raised(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"支出負担行為を{yen(data['before_yen'])}から{yen(data['amount_yen'])}に増やした")


def _amount(words: str) -> Any:
    return lambda data: AuditLine(text=words.format(yen(data["amount_yen"])))


def _change(words: str) -> Any:
    return lambda data: AuditLine(text=f"第{data['number']}回の変更{words}")


audit_presenters.register(
    "grants.statusreport.filed", lambda data: AuditLine(text=f"第{data['number']}回の状況を報告した")
)
audit_presenters.register("grants.changerequest.saved", _change("の内容を保存した"))
audit_presenters.register("grants.changerequest.filed", _change("を申請した"))
audit_presenters.register("grants.changerequest.taken_over", _change("を決定の内容に反映した"))
# The municipality reads it too, before anything is decided: it does not say which way.
audit_presenters.register(
    "grants.changedecision.drafted", lambda data: AuditLine(text="変更への回答を起案した")
)
audit_presenters.register("grants.inspection.made", _inspected)
audit_presenters.register("grants.commitment.lowered", _lowered)
audit_presenters.register("grants.commitment.raised", _raised)
audit_presenters.register("grants.settlement.drafted", _amount("確定額 {}を起案した"))
audit_presenters.register("grants.invoice.sent", _amount("{}を請求した"))
audit_presenters.register("grants.resultreport.saved", _saved)
audit_presenters.register("grants.resultreport.filed", _filed)
