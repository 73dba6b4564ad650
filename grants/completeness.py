"""What an application still lacks before it may be submitted, section by section. Pure: reads loaded rows only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.kernel.fiscal import FiscalYear
from portal.kernel.money import yen

from .calculations import Amounts
from .enums import Part
from .models import Application

PLAN_TEXTS = {
    "purpose": "事業の目的",
    "content": "事業の内容",
    "partners": "協働する主体と役割",
    "outcome": "成果の目標と確かめ方",
    "continuation": "翌年度からの続け方",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is missing or does not fit; `field` is the form field of the section it belongs to."""

    part: Part
    field: str
    text: str


def problems(application: Application, amounts: Amounts) -> list[Problem]:
    """Everything that stops the submission, in the order of the sections. Needs parts, papers and relations loaded."""
    checks: tuple[Callable[[Application, Amounts], Iterable[Problem]], ...] = (
        _target,
        _plan,
        _budget,
        _papers,
        _confirm,
    )
    return [problem for check in checks for problem in check(application, amounts)]


def incomplete_parts(found: Iterable[Problem]) -> set[str]:
    return {problem.part for problem in found}


def _target(application: Application, amounts: Amounts) -> Iterable[Problem]:
    if not application.title:
        yield Problem(Part.TARGET, "title", "事業の名称が空です。")
    if application.platform_id is None:
        yield Problem(Part.TARGET, "platform", "コミプラを選んでいません。")
    if application.project_type_id is None:
        yield Problem(Part.TARGET, "project_type", "事業の型を選んでいません。")


def _plan(application: Application, amounts: Amounts) -> Iterable[Problem]:
    year = FiscalYear(application.menu.programme.fiscal_year)
    for name, label in (("starts_on", "着手予定"), ("ends_on", "完了予定")):
        on = getattr(application, name)
        if on is None:
            yield Problem(Part.PLAN, name, f"{label}の日を入れていません。")
        elif on not in year:
            yield Problem(Part.PLAN, name, f"{label}の日が{year.label}の外です。年度の中の日にします。")
    texts = next((part.texts for part in application.parts.all() if part.key == Part.PLAN), {})
    for name, label in PLAN_TEXTS.items():
        if not texts.get(name, "").strip():
            yield Problem(Part.PLAN, name, f"{label}が空です。")


def _budget(application: Application, amounts: Amounts) -> Iterable[Problem]:
    if amounts.total_yen == 0:
        yield Problem(Part.BUDGET, "expenses", "支出が1行もありません。")
        return
    if amounts.grant_yen == 0:
        yield Problem(
            Part.BUDGET,
            "expenses",
            "計算した補助金額が0円です。千円未満は切り捨てるため、このままでは申請できません。",
        )
    if amounts.share_yen is None:
        yield Problem(
            Part.BUDGET,
            "share_yen",
            f"市町村負担を入れていません。計算した額は{yen(amounts.share_offered_yen)}です。",
        )
    elif amounts.difference_yen:
        side = "多い" if amounts.difference_yen > 0 else "少ない"
        yield Problem(
            Part.BUDGET,
            "share_yen",
            f"収入の合計が支出の合計より{yen(abs(amounts.difference_yen))}{side}ため、合いません。"
            f"市町村負担を計算した額({yen(amounts.share_offered_yen)})にすると合います。",
        )
    if application.is_indirect:
        yield from _indirect(application, amounts)


def _indirect(application: Application, amounts: Amounts) -> Iterable[Problem]:
    if application.outlay_yen is None:
        yield Problem(Part.BUDGET, "outlay_yen", "市町村がコミプラへ交付する額(18節)を入れていません。")
    elif amounts.share_yen is not None and application.outlay_yen != amounts.grant_yen + amounts.share_yen:
        yield Problem(
            Part.BUDGET,
            "outlay_yen",
            f"18節の額({yen(application.outlay_yen)})が、県補助金と市町村負担の合計({yen(amounts.grant_yen + amounts.share_yen)})と合いません。",
        )


def _papers(application: Application, amounts: Amounts) -> Iterable[Problem]:
    attached = {paper.kind for paper in application.papers}
    code = application.project_type.code if application.project_type else ""
    for row in application.menu.attachable:
        if code in row["required_for"] and row["key"] not in attached:
            yield Problem(Part.ATTACHMENTS, row["key"], f"{row['title']}を添付していません。")


def _confirm(application: Application, amounts: Amounts) -> Iterable[Problem]:
    if not application.applicant_title or not application.applicant_name:
        yield Problem(Part.CONFIRM, "applicant_name", "申請者の職と氏名を入れていません。")
