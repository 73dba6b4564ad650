"""The lists of a menu that officers edit: what a row of each holds, and what already depends on it."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from uuid import uuid4

from django.db.models import TextChoices

from portal.kernel.refusals import Refusal

from ..models import Application, Attachment, CheckAnswer, Inspection, Menu

Row = Mapping[str, Any]


class MenuList(TextChoices):
    """A list of a menu of ③; the value is part of the address."""

    CHECKS = "checks", "審査の項目"
    POINTS = "points", "検査の項目"
    RULES = "rules", "経費の決まり"
    ATTACHED = "attached", "添付する書類"


FIELDS = {
    MenuList.CHECKS: "checklist",
    MenuList.POINTS: "result_checklist",
    MenuList.RULES: "expense_rules",
    MenuList.ATTACHED: "documents",
}
KEYED = frozenset({MenuList.CHECKS, MenuList.POINTS, MenuList.ATTACHED})  # files refer to a row by its key


def rows_of(menu: Menu, kind: str) -> list[dict[str, Any]]:
    """The rows of a list as they are stored, in order; of the papers those that an applicant attaches."""
    if kind == MenuList.ATTACHED:
        return menu.attachable
    return list(getattr(menu, FIELDS[MenuList(kind)]))


def with_rows(menu: Menu, kind: str, rows: Sequence[Row]) -> dict[str, Any]:
    """The column of the list with its new rows; a row without a key gets one. Raises Refusal where a file depends on what goes."""
    old = rows_of(menu, kind)
    new = [dict(row) for row in rows]
    if kind in KEYED:
        new = [row | {"key": row.get("key") or uuid4().hex[:8]} for row in new]
    gone = [row for row in old if row not in new]
    if gone:
        CHECKS[MenuList(kind)](menu, gone)
    if kind == MenuList.RULES and new != old:
        _rules(menu, new)
    if kind == MenuList.ATTACHED:
        new = [row for row in menu.documents if row["made_here"]] + [
            {**row, "made_here": False} for row in new
        ]
    return {FIELDS[MenuList(kind)]: new}


def check_types(menu: Menu, codes: Sequence[str]) -> None:
    """Raises Refusal when a file is of one of these types, or a paper is asked for them: they can neither go nor change."""
    case = Application.objects.filter(menu=menu, project_type__code__in=codes).first()
    if case is not None:
        _depends(f"型「{case.project_type}」の{_named(case)}")


def check_asked(menu: Menu, codes: Sequence[str]) -> None:
    """Raises Refusal when an attached paper is required for one of these types, which are to go."""
    for row in menu.attachable:
        if set(row["required_for"]) & set(codes):
            raise Refusal(
                f"「{row['title']}」が、この型に必要な書類になっています。先に、添付する書類を直してください。",
                code="used",
            )


def _checks(menu: Menu, gone: Sequence[Row]) -> None:
    keys = [row["key"] for row in gone]
    answer = CheckAnswer.objects.filter(application__menu=menu, key__in=keys).first()
    if answer is not None:
        _depends(f"{_named(answer.application)}の審査")


def _points(menu: Menu, gone: Sequence[Row]) -> None:
    keys = {row["key"] for row in gone}
    for inspection in Inspection.objects.filter(application__menu=menu).select_related("application"):
        if keys & {row["key"] for row in inspection.answers}:
            _depends(f"{_named(inspection.application)}の検査調書")


def _attached(menu: Menu, gone: Sequence[Row]) -> None:
    keys = [row["key"] for row in gone]
    paper = Attachment.objects.filter(application__menu=menu, kind__in=keys).first()
    if paper is not None:
        _depends(f"{_named(paper.application)}の添付書類")


def _rules(menu: Menu, gone: Sequence[Row]) -> None:
    case = Application.objects.filter(menu=menu, submitted_at__isnull=False).first()
    if case is not None:
        _depends(f"提出された申請「{case}」の予算")


def _named(case: Application) -> str:
    """A draft is its municipality's alone: whoever maintains the menu reads that there is one, and not which."""
    return "下書きの申請" if case.submitted_at is None else f"申請「{case}」"


def _depends(what: str) -> NoReturn:
    raise Refusal(
        f"{what}が、いまの内容によっているため、変えたりなくしたりできません。次の年度の準備で直してください。",
        code="used",
    )


CHECKS = {
    MenuList.CHECKS: _checks,
    MenuList.POINTS: _points,
    MenuList.RULES: _rules,
    MenuList.ATTACHED: _attached,
}
