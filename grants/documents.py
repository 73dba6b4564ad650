"""The paper of ③: 補助金交付申請書 with 事業計画書 and 収支予算書 as one document, and what a submission freezes.

Titled 標準様式 with 「第○条」, because the 要綱's own forms are unknown (domain.md 8); both are data of the menu.
Everything a paper says is JSON made here; the template reads nothing else.
"""

from collections.abc import Iterable
from typing import Any

from portal.kernel.fiscal import wareki
from portal.kernel.money import digits, yen
from portal.kernel.ports import DocumentKind

from . import queries
from .calculations import Amounts
from .completeness import PLAN_TEXTS
from .enums import IncomeKind, Part, Setsu
from .models import Application, ExpenseLine, Menu

KIND = "grants.application"


def application_snapshot(application: Application) -> dict[str, Any]:
    """The content of 申請書, 事業計画書 and 収支予算書, from the stored rows; amounts under the cap as it stands."""
    case = queries.with_papers(Application.objects.all()).get(pk=application.pk)
    amounts = queries.amounts(case, queries.cap(case))
    programme = case.menu.programme
    return {
        "addressee": [named(programme.authority.head_title, programme.authority.head_name, "殿")],
        "sender": [named(case.applicant_title, case.applicant_name)],
        "rule": programme.rule_title.split("(")[0],
        "fiscal_year": programme.year_label,
        "subsidy": f"{programme.year_label}{case.menu.title}金",
        "share_label": _share_label(case),
        "forms": _forms(case.menu),
        **_case(case),
        "amounts": _amounts(amounts),
        "outlay_yen": case.outlay_yen,
        "papers": _paper_list(case),
        "income": _income_rows(case, amounts),
        "expenses": _expense_groups(case.expenses.all()),
    }


def filed(case: Application, amounts: Amounts) -> dict[str, Any]:
    """Every section and row as the pages show it, and the SHA-256 of every file: what a submission freezes."""
    return {
        "municipality": case.municipality_id,
        "fiscal_year": case.menu.programme.fiscal_year,
        "menu": case.menu.number,
        "call": case.call.title,
        **_case(case),
        "applicant": named(case.applicant_title, case.applicant_name),
        "own_number": case.own_number,
        "stage_fits": case.stage_fits,
        "amounts": _amounts(amounts),
        "outlay_yen": case.outlay_yen,
        "expenses": [_expense(line) for line in case.expenses.all()],
        "incomes": [
            {
                "kind": line.kind,
                "kind_label": line.get_kind_display(),
                "description": line.description,
                "amount_yen": line.amount_yen,
            }
            for line in case.incomes.all()
        ],
        "files": [
            {
                "id": str(paper.pk),
                "paper": paper.kind,
                "title": paper.title,
                "filename": paper.file.filename,
                "size": paper.file.size,
                "sha256": paper.file.sha256,
            }
            for paper in case.papers
        ],
    }


def application_kind() -> DocumentKind:
    """How `portal.documents` issues and shows the paper."""
    return DocumentKind(
        key=KIND,
        code="KC",
        title="補助金交付申請書",
        template="grants/pdf/application.html",
        model="grants.Application",
        snapshot=application_snapshot,
        visible_to=queries.visible_to,
        permission="grants.issue_application",
        version=lambda application: str(application.version),
        seal="（公印省略）",
    )


def named(title: str, name: str, suffix: str = "") -> str:
    """「鹿児島県知事　○○　○○　殿」, with full-width spaces as official letters have them."""
    return "　".join(part for part in (title, name.replace(" ", "　"), suffix) if part)


def _forms(menu: Menu) -> dict[str, str]:
    """「標準様式(第○条関係)」 of each paper made here."""
    made = [row["key"] for row in menu.documents if row["made_here"]]
    return {key: menu.form(key) for key in made} | {"article": menu.article("application")}


def _case(case: Application) -> dict[str, Any]:
    kind, platform = case.project_type, case.platform
    texts = next((part.texts for part in case.parts.all() if part.key == Part.PLAN), {})
    days = [wareki(day) if day else "" for day in (case.starts_on, case.ends_on)]
    return {
        "title": case.title,
        "mode": case.get_mode_display(),
        "type": kind.code if kind else "",
        "type_label": kind.label if kind else "",
        "type_text": kind.text if kind else "",
        "type_line": str(kind) if kind else "",
        "platform": platform.name if platform else "",
        "platform_stage": platform.stage if platform else "",
        "platform_stage_label": platform.get_stage_display() if platform else "",
        "platform_line": f"{platform.name}(段階 {platform.get_stage_display()})" if platform else "",
        "starts_on": case.starts_on.isoformat() if case.starts_on else "",
        "ends_on": case.ends_on.isoformat() if case.ends_on else "",
        "period": f"{days[0]}から{days[1]}まで" if any(days) else "",
        "plan": [[label, texts.get(name, "")] for name, label in PLAN_TEXTS.items()],
        "purpose": texts.get("purpose", ""),
    }


def _expense(line: ExpenseLine) -> dict[str, Any]:
    return {
        "setsu": line.setsu,
        "setsu_label": Setsu(line.setsu).heading,
        "description": line.description,
        "unit_price_yen": line.unit_price_yen,
        "quantity": line.quantity,
        "amount_yen": line.amount_yen,
        "ineligible_yen": line.ineligible_yen,
    }


def _share_label(case: Application) -> str:
    """市負担金, 町負担金, 村負担金."""
    return f"{case.municipality.name[-1]}負担金"


def _amounts(amounts: Amounts) -> dict[str, int | None]:
    return {
        "total_yen": amounts.total_yen,
        "ineligible_yen": amounts.ineligible_yen,
        "specific_yen": amounts.specific_yen,
        "own_yen": amounts.own_yen,
        "base_yen": amounts.base_yen,
        "cap_left_yen": amounts.cap_left_yen,
        "grant_yen": amounts.grant_yen,
        "share_yen": amounts.share_yen,
        "income_yen": amounts.income_yen,
    }


def _paper_list(case: Application) -> list[str]:
    """添付書類 in the menu's order, numbered by the template: the sheets made here, then each kind that was attached."""
    attached = {paper.kind for paper in case.papers}
    made = [row["title"] for row in case.menu.documents if row["made_here"] and row["key"] != "application"]
    return made + [row["title"] for row in case.menu.attachable if row["key"] in attached]


def _income_rows(case: Application, amounts: Amounts) -> list[dict[str, Any]]:
    grant = f"補助対象経費 {yen(amounts.base_yen)}×{case.menu.share_label}" + (
        "（上限まで）" if case.menu.file_cap_yen else "（枠の残りまで）" if amounts.is_capped else ""
    )
    rows: list[dict[str, Any]] = [
        {"label": "県補助金", "amount_yen": amounts.grant_yen, "notes": [grant + "　千円未満切捨て"]},
        {"label": _share_label(case), "amount_yen": amounts.share_yen or 0, "notes": ["一般財源"]},
    ]
    for kind in IncomeKind:
        lines = [line for line in case.incomes.all() if line.kind == kind]
        if lines:
            notes = [f"{line.description}　{yen(line.amount_yen)}" for line in lines]
            rows.append(
                {"label": kind.label, "amount_yen": sum(line.amount_yen for line in lines), "notes": notes}
            )
    return rows


def _expense_groups(lines: Iterable[ExpenseLine]) -> list[dict[str, Any]]:
    """節 by 節 in order of their numbers: 区分, 予算額, 積算."""
    groups: dict[int, list[ExpenseLine]] = {}
    for line in lines:
        groups.setdefault(line.setsu, []).append(line)
    return [
        {
            "label": Setsu(number).heading,
            "amount_yen": sum(line.amount_yen for line in rows),
            "notes": [_sum(line) for line in rows],
        }
        for number, rows in sorted(groups.items())
    ]


def _sum(line: ExpenseLine) -> str:
    """「ちらしの印刷　22円×3,000＝66,000円」, with what is not eligible."""
    body = f"{line.description}　{yen(line.unit_price_yen)}×{digits(line.quantity)}＝{yen(line.amount_yen)}"
    return body + (f"（うち対象外 {yen(line.ineligible_yen)}）" if line.ineligible_yen else "")
