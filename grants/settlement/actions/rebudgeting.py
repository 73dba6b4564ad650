"""An approved change becomes what was decided: amount, budget, end."""

from communities.saving import insert_all
from portal.kernel import audit
from portal.kernel.actors import Actor

from ... import workflow
from ...models import (
    Application,
    ChangeExpense,
    ChangeRequest,
    ExpenseLine,
    IncomeLine,
    ResultExpense,
    ResultIncome,
)
from ..queries import changes as reads


def take_over(*, by: Actor, application: Application, row: ChangeRequest, amount_yen: int) -> Application:
    """Move the case back to 交付決定 with the amount and budget of the change; what was written of a result starts anew.

    Runs in the transaction of the last signature, the case locked.
    """
    amounts = reads.amounts_of(application, row)
    share = amounts.total_yen - amounts.specific_yen - amounts.own_yen - amount_yen
    units = {
        (line.setsu, line.description, line.amount_yen): (line.unit_price_yen, line.quantity)
        for line in application.expenses.all()
    }
    workflow.SUBSIDY.apply(
        application, "approve_change", by=by, decided_yen=amount_yen, grant_yen=amount_yen,
        total_yen=amounts.total_yen, base_yen=amounts.base_yen, share_yen=share,
        outlay_yen=row.outlay_yen if application.is_indirect else None, ends_on=row.ends_on or application.ends_on,
    )  # fmt: skip
    application.expenses.all().delete()
    application.incomes.all().delete()
    kept = [line for line in row.expenses.all() if line.changed_yen]
    insert_all([_expense(application, at, line, units) for at, line in enumerate(kept)])
    incomes = [line for line in row.incomes.all() if line.changed_yen]
    insert_all(
        [
            IncomeLine(
                application=application, position=at, kind=line.kind, description=line.description,
                amount_yen=line.changed_yen,
            )
            for at, line in enumerate(incomes)
        ]
    )  # fmt: skip
    ResultExpense.objects.filter(report__application=application).delete()
    ResultIncome.objects.filter(report__application=application).delete()
    data = {"number": row.number, "amount_yen": amount_yen}
    audit.record("grants.changerequest.taken_over", by=by, target=application, data=data)
    return application


def _expense(
    application: Application, at: int, line: ChangeExpense, units: dict[tuple[int, str, int], tuple[int, int]]
) -> ExpenseLine:
    """The line as a budget holds it; one whose amount stays keeps its unit price and quantity."""
    known = units.get((line.setsu, line.description, line.changed_yen))
    unit, quantity = known or (line.changed_yen, 1)
    return ExpenseLine(
        application=application, position=at, setsu=line.setsu, description=line.description, unit_price_yen=unit,
        quantity=quantity, amount_yen=line.changed_yen, ineligible_yen=line.ineligible_yen,
    )  # fmt: skip
