"""How the events of the grants read in 履歴."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.money import yen
from portal.kernel.ports import AuditLine, audit_presenters

from ..enums import Keeping, Part
from ..enums.approving import Matter

Present = Callable[[Mapping[str, Any]], AuditLine]


def said(text: str, tone: str = "") -> Present:
    return lambda data: AuditLine(text=text, tone=tone)


def _saved(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{Part(data['part']).label}を保存した({data['revision']}回目)")


def _filed(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"第{data['number']}回の提出を控えに残した(交付申請額 {yen(data['grant_yen'])})")


def _cap_used(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"ポータルの外で決定した額 {yen(data['amount_yen'])}を記録した")


def _budget_line(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"予算額を{yen(data['before_yen'])}から{yen(data['amount_yen'])}にした")


def _checked(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"審査の項目{data['points']}件に答えた")


def _asked(data: Mapping[str, Any]) -> AuditLine:
    due = wareki(date.fromisoformat(data["due_on"]))
    return AuditLine(text=f"{data['remarks']}件の補正を、{due}までに依頼した", tone="warn")


def _extended(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"補正の期限を{wareki(date.fromisoformat(data['due_on']))}に延ばした")


def _chain(data: Mapping[str, Any]) -> AuditLine:
    """Where it is kept, matter by matter, as far as that changed."""
    before, after = data.get("before", {}), data.get("after", {})
    moved = [
        f"{Matter(key).label if key else 'メニュー'}は{_where(before.get(key, ''))}から{_where(where)}に"
        for key, where in after.items()
        if where != before.get(key)
        and (not key or (before.get(key), where) != (before.get(""), after.get("")))
    ]
    return AuditLine(text="決裁の順を決めた" + (f"({'、'.join(moved)})" if moved else ""))


def _where(pair: str) -> str:
    names = [str(Keeping(value).label) for value in pair.split("/") if value]
    return (
        "・".join(f"{what} {name}" for what, name in zip(("決裁", "文書番号"), names, strict=False)) or "なし"
    )


def _part(words: str) -> Present:
    return lambda data: AuditLine(text=f"{Part(data['part']).label}{words}")


PRESENTERS: dict[str, Present] = {
    "grants.programme.opened": said("事業を開いた"),
    "grants.programme.copied": lambda data: AuditLine(text=f"{data['from']}を写して準備を始めた"),
    "grants.programme.changed": said("事業の内容を直した"),
    "grants.programme.budget_passed": lambda data: AuditLine(
        text=f"予算の成立を記録した(議決日 {data['passed_on']})"
    ),
    "grants.programme.publish": said("公開した", "ok"),
    "grants.programme.close": said("終了した"),
    "grants.menu.changed": said("メニューの条件を直した"),
    "grants.menu.papers_changed": said("書類の条・様式番号を入れた"),
    "grants.menu.words_changed": said("メニューの言葉を直した"),
    "grants.menu.rows_changed": said("審査の項目などの一覧を直した"),
    "grants.menu.types_changed": said("型を直した"),
    "grants.menu.chain_changed": _chain,
    "grants.needssurvey.asked": lambda data: AuditLine(
        text=f"{data['municipalities']}の市町村に要望を照会した"
    ),
    "grants.needssurvey.reminded": said("未回答の市町村に催促した"),
    "grants.needsanswer.saved": lambda data: AuditLine(text=f"要望を保存した({data['revision']}回目)"),
    "grants.needsanswer.answer": said("要望を提出した", "ok"),
    "grants.needsanswer.return_answer": said("市町村に戻した"),
    "grants.needsanswer.notice": said("内示をした", "ok"),
    "grants.needsanswer.agreed": lambda data: AuditLine(
        text=f"内示を超える申請に同意した({data['agreed_yen']:,}円まで)"
    ),
    "grants.budgetline.saved": _budget_line,
    "grants.budgetline.removed": said("科目をなくした"),
    "grants.call.opened": said("募集を開いた"),
    "grants.call.changed": said("募集を直した"),
    "grants.application.started": said("申請の下書きを作った"),
    "grants.application.typed_in": said("紙の申請書の入力を始めた"),
    "grants.application.attached": said("書類を添付した"),
    "grants.application.detached": said("添付した書類を外した"),
    "grants.application.submit": said("提出した", "ok"),
    "grants.application.filed": _filed,
    "grants.application.screen": said("担当になり、形式審査を始めた"),
    "grants.application.return_for_correction": said("補正を依頼した", "warn"),
    "grants.application.resume": said("補正を待たずに、形式審査をつづけた"),
    "grants.application.lapse": said("補正がないため、取り下げとして扱った", "warn"),
    "grants.application.pass": said("内容審査に進めた", "ok"),
    "grants.application.withdraw": said("申請を取り下げた", "warn"),
    "grants.application.checked": _checked,
    "grants.application.taken_over": said("担当を替わった"),
    "grants.correction.asked": _asked,
    "grants.correction.extended": _extended,
    "grants.remark.written": _part("への指摘を書いた"),
    "grants.remark.removed": _part("への指摘を消した"),
    "grants.remark.answered": _part("への指摘に回答した"),
    "grants.application.withdraw_draft": said("下書きを取りやめた"),
    "grants.applicationpart.saved": _saved,
    "grants.setaside.kept": said("同時に編集された入力を取り置いた"),
    "grants.setaside.settled": said("取り置いた入力を片付けた"),
    "grants.capuse.recorded": _cap_used,
}

for event, present in PRESENTERS.items():
    audit_presenters.register(event, present)
