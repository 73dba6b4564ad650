"""支出負担行為: planning, making and releasing the charge of a 決裁 to a 科目. Each locks the budget line, after case and cap."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Sum

from communities.saving import insert, locked
from portal.documents.numbering import next_number
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ..models import AgencyContract, Application, Approval, BudgetLine, Commitment, Contract
from ..queries import approving as queries

SERIES = "grants.commitment"  # of the numbers that the portal gives where the office has none of its own


def plan(*, by: Actor, approval: Approval, line: BudgetLine, amount_yen: int) -> Commitment:
    """Reserve `amount_yen` of `line` for an open 決裁. Raises Refusal: another programme's 科目, not that much left."""
    if line.programme_id != approval.menu.programme_id:
        raise Refusal("この事業の科目を選んでください。", field="line", code="line")
    _check_left(locked(line), amount_yen, but=None)
    commitment = insert(Commitment(approval=approval, line=line, amount_yen=amount_yen))
    data = {"line": line.pk, "amount_yen": amount_yen}
    audit.record("grants.commitment.planned", by=by, target=commitment, data=data)
    return commitment


def charge(*, by: Actor, agency: AgencyContract, number: str = "", made_on: date) -> Commitment:
    """Charge the contract of a 委託先 to its 科目 at once. Raises Refusal: not that much left, another year's day."""
    commitment = Commitment(agency=agency, line=agency.line, amount_yen=agency.amount_yen)
    _check_year(commitment, made_on, "signed_on")
    _check_left(locked(agency.line), agency.amount_yen, but=None)
    return make(by=by, commitment=insert(commitment), number=number, made_on=made_on)


def resize(*, by: Actor, commitment: Commitment, amount_yen: int) -> Commitment:
    """Let a live charge come to `amount_yen`; its 科目 holds it. Released when nothing is left. Raises Refusal."""
    line = locked(commitment.line)
    commitment.refresh_from_db(fields=["amount_yen", "released_at"])
    before = commitment.amount_yen
    if commitment.released_at is not None or before == amount_yen:
        return commitment
    _check_left(line, amount_yen, but=commitment)
    if amount_yen:
        commitment.amount_yen = amount_yen
    else:
        commitment.released_at = clock.now()
    commitment.save(update_fields=["amount_yen", "released_at"])
    data = {"before_yen": before, "amount_yen": amount_yen}
    audit.record("grants.commitment.resized", by=by, target=commitment, data=data)
    return commitment


def recheck(*, by: Actor, approval: Approval, decided_on: date, effective_on: date) -> Commitment | None:
    """Before the last signature: the 科目 still holds the amount, and both days lie in its year. None where nothing is charged.

    A decision of a year is dated from 1 April to 31 March of it (地方自治法208条・232条の3: 支出負担行為 belongs to the 年度
    in which it is made). Raises Refusal.
    """
    commitment = Commitment.objects.filter(approval=approval).select_related("line__programme").first()
    if commitment is None:
        return None
    _check_year(commitment, decided_on, "decided_on")
    _check_year(commitment, effective_on, "effective_on")
    _check_left(locked(commitment.line), commitment.amount_yen, but=commitment)
    return commitment


def make(*, by: Actor, commitment: Commitment, number: str, made_on: date) -> Commitment:
    """Make the 支出負担行為 with the number of the 財務会計 system; without one the portal gives the year's next (gap-free)."""
    programme = commitment.line.programme
    if not number:
        given = next_number(SERIES, authority=programme.authority, section=None, year=programme.fiscal_year)
        number = f"{FiscalYear(programme.fiscal_year).code}-負-{given:04d}"
    commitment.number, commitment.made_on = number, made_on
    commitment.save(update_fields=["number", "made_on"])
    audit.record(
        "grants.commitment.made", by=by, target=commitment, data={"number": number, "made_on": made_on}
    )
    return commitment


def release(*, by: Actor, approval: Approval) -> Commitment | None:
    """Let the amount go back to its 科目. Again, or where nothing was charged: nothing happens."""
    commitment = (
        Commitment.objects.filter(approval=approval, released_at__isnull=True).select_related("line").first()
    )
    if commitment is None:
        return None
    locked(commitment.line)
    commitment.released_at = clock.now()
    commitment.save(update_fields=["released_at"])
    data = {"amount_yen": commitment.amount_yen}
    audit.record("grants.commitment.released", by=by, target=commitment, data=data)
    return commitment


def lower_to(*, by: Actor, application: Application, amount_yen: int) -> None:
    """Let the file's 支出負担行為 come to `amount_yen` in all: the newest is lowered first, or released when nothing is left.

    Charges that come to less already are left as they are.
    """
    _lower(by, queries.lock_charges(application), amount_yen)


def lower_contract_to(*, by: Actor, contract: Contract, amount_yen: int) -> None:
    """The same of a contract whose price falls."""
    _lower(by, queries.lock_contract_charges(contract), amount_yen)


def set_contract_to(*, by: Actor, contract: Contract, amount_yen: int) -> None:
    """Let the charge of a contract come to `amount_yen`, up or down; what was never charged stays so.

    Up: the newest rises within what its 科目 has left, in its own 年度. Raises Refusal (too little left, another 年度).
    """
    live = queries.lock_contract_charges(contract)
    more = amount_yen - sum(row.amount_yen for row in live)
    if not live or more <= 0:
        _lower(by, live, amount_yen)
        return
    newest = live[0]
    _check_year(newest, clock.today_jst(), "line")
    before, newest.amount_yen = newest.amount_yen, newest.amount_yen + more
    _check_left(newest.line, newest.amount_yen, but=newest)
    newest.save(update_fields=["amount_yen"])
    data = {"before_yen": before, "amount_yen": newest.amount_yen}
    audit.record("grants.commitment.raised", by=by, target=newest, data=data)


def _lower(by: Actor, live: Sequence[Commitment], amount_yen: int) -> None:
    over = sum(row.amount_yen for row in live) - amount_yen
    for row in live:
        taken = min(max(over, 0), row.amount_yen)
        over -= taken
        if taken == row.amount_yen and row.approval is not None:
            release(by=by, approval=row.approval)
        elif taken:
            before, row.amount_yen = row.amount_yen, row.amount_yen - taken
            row.save(update_fields=["amount_yen"])
            data = {"before_yen": before, "amount_yen": row.amount_yen}
            audit.record("grants.commitment.lowered", by=by, target=row, data=data)


def _check_left(line: BudgetLine, amount_yen: int, *, but: Commitment | None) -> None:
    """`line` is locked. `but`: the commitment that is being checked again."""
    others = line.commitments.filter(released_at__isnull=True)
    if but is not None:
        others = others.exclude(pk=but.pk)
    left = line.amount_yen - (others.aggregate(total=Sum("amount_yen"))["total"] or 0)
    if amount_yen > left:
        raise Refusal(
            f"科目「{line}」の残りは{yen(max(0, left))}で、{yen(amount_yen)}には足りません。",
            field="line",
            code="budget",
        )


def _check_year(commitment: Commitment, on: date, field: str) -> None:
    year = FiscalYear(commitment.line.programme.fiscal_year)
    if on not in year:
        raise Refusal(
            f"{year.label}の決定にできる日は、{wareki(year.start)}から{wareki(year.end)}までです。"
            f"{wareki(on)}付けの決定は、{year.label}の予算では行えません。",
            field=field,
            code="year",
        )
