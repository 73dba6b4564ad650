"""What an officer maintains of a menu besides its terms: its words, its types, its lists. Until the year is closed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import living
from ..enums import ProgrammeState, Table
from ..models import Menu, ProjectType
from ..offering import parts

NAMES = ("name", "title")  # printed in the papers of every file


@transaction.atomic
def change_words(*, by: Actor, menu: Menu, **values: Any) -> Menu:
    """Change what a menu says of itself: names, 内容, 実施例. Names stay once a file of the menu was handed in: its papers have them.

    Raises PermissionDenied, Refusal, ValidationError.
    """
    _open(by, menu)
    renamed = any(name in values and values[name] != getattr(menu, name) for name in NAMES)
    if renamed and living.handed_in(menu).exists():
        raise Refusal(
            "提出された申請(申込み、計画、テーマ)があるため、名前と見出しは変えられません。",
            field="title",
            code="used",
        )
    if fields := change(menu, values):
        audit.record("grants.menu.words_changed", by=by, target=menu, data={"fields": fields})
    return menu


@transaction.atomic
def change_rows(*, by: Actor, menu: Menu, kind: str, rows: Sequence[Mapping[str, Any]]) -> Menu:
    """Replace a list of a menu of ③ (審査の項目, 検査の項目, 経費の決まり, 添付する書類), each row with the key it had.

    Rows can be added until the year closes; a row that a file depends on stays as it is. Raises PermissionDenied, Refusal.
    """
    _open(by, menu)
    _of_subsidy(menu)
    if fields := change(menu, parts.with_rows(menu, kind, rows)):
        audit.record("grants.menu.rows_changed", by=by, target=menu, data={"list": kind, "fields": fields})
    return menu


@transaction.atomic
def change_types(*, by: Actor, menu: Menu, rows: Sequence[Mapping[str, Any]]) -> Menu:
    """Make the types of ③ those of `rows`, by their 記号: new ones are added, others changed or taken out while no file has them.

    Raises PermissionDenied, Refusal (a file is of the type, a paper is required for it), ValidationError.
    """
    _open(by, menu)
    _of_subsidy(menu)
    old = {row.code: row for row in menu.project_types.all()}
    new = {row["code"]: row for row in rows}
    gone = [code for code in old if code not in new]
    changed = [code for code, row in new.items() if code in old and _differs(old[code], row)]
    parts.check_types(menu, [*gone, *changed])
    parts.check_asked(menu, gone)
    for code in gone:
        old[code].delete()
    for code, row in new.items():
        if code in changed:
            change(old[code], row)
        elif code not in old:
            insert(ProjectType(menu=menu, **row))
    if gone or changed or set(new) - set(old):
        data = {"codes": sorted({*gone, *changed, *(set(new) - set(old))})}
        audit.record("grants.menu.types_changed", by=by, target=menu, data=data)
    return menu


def _differs(kind: ProjectType, row: Mapping[str, Any]) -> bool:
    return any(getattr(kind, name) != value for name, value in row.items())


def _open(by: Actor, menu: Menu) -> None:
    permissions.require(by, "grants.run_programme", menu.programme)
    if locked(menu.programme).state == ProgrammeState.CLOSED:
        raise Refusal("終了した事業のメニューは直せません。", code="moved")
    locked(menu)


def _of_subsidy(menu: Menu) -> None:
    if menu.table != Table.SUBSIDY:
        raise Refusal("型と項目があるのは、補助金のメニューだけです。", code="table")
