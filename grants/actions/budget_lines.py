"""The 科目 of a programme and their 予算額."""

from django.db import transaction

from communities.saving import change, insert, locked
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import ProgrammeState
from ..models import BudgetLine, Programme


@transaction.atomic
def save_budget_line(
    *, by: Actor, programme: Programme, kan: str, kou: str, moku: str, setsu: int, amount_yen: int
) -> BudgetLine:
    """Set the 予算額 of one 科目: a new one is added, one that is there gets the amount (補正予算).

    Raises PermissionDenied, Refusal, ValidationError.
    """
    _open(by, programme)
    key = {"kan": kan, "kou": kou, "moku": moku, "setsu": setsu}
    line = programme.budget_lines.select_for_update(no_key=True).filter(**key).first()
    before = line.amount_yen if line else 0
    if line is None:
        line = insert(BudgetLine(programme=programme, amount_yen=amount_yen, **key))
    else:
        change(line, {"amount_yen": amount_yen})
    if before != amount_yen:
        data = {"before_yen": before, "amount_yen": amount_yen}
        audit.record("grants.budgetline.saved", by=by, target=line, data=data)
    return line


@transaction.atomic
def remove_budget_line(*, by: Actor, line: BudgetLine) -> Programme:
    """Take a 科目 out of a draft; after it is published it stays. Raises PermissionDenied, Refusal."""
    programme = line.programme
    _open(by, programme)
    if not programme.is_draft:
        raise Refusal("公開した事業の科目は、なくせません。予算額を直してください。", code="moved")
    if not programme.budget_lines.filter(pk=line.pk).exists():
        raise Refusal("この科目は、もうありません。", code="moved")
    audit.record("grants.budgetline.removed", by=by, target=programme, data={"amount_yen": line.amount_yen})
    line.delete()
    return programme


def _open(by: Actor, programme: Programme) -> None:
    permissions.require(by, "grants.run_programme", programme)
    if locked(programme).state == ProgrammeState.CLOSED:
        raise Refusal("終了した事業の科目は直せません。", code="moved")
