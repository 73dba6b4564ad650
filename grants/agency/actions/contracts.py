"""The contract of the 委託先: registered with its 科目 for a year, its amount changed by a 変更契約."""

from datetime import date

from django.db import transaction

from communities.actions.organisations import find_or_register_organisation
from communities.saving import change, insert, locked, user_of
from portal.areas.models import Area
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ...actions import committing
from ...enums import ProgrammeState, Table
from ...models import AgencyContract, BudgetLine, Menu, Programme
from .. import queries


@transaction.atomic
def register_agency(
    *,
    by: Actor,
    menu: Menu,
    organisation_name: str,
    kind: str,
    area: Area,
    number: str,
    signed_on: date,
    amount_yen: int,
    line: BudgetLine,
    case_yen: int = 0,
    corporate_number: str = "",
    commitment_number: str = "",
) -> AgencyContract:
    """Register the year's contract with the 委託先 and charge it to `line`. Yen, tax included.

    Raises PermissionDenied, Refusal (no menu of ①, its budget has not passed, a day to come, one is there, another programme's 科目, not that much left), ValidationError.
    """
    programme = menu.programme
    permissions.require(by, "grants.keep_agency", programme.authority)
    if menu.table != Table.DISPATCH:
        raise Refusal("委託先を置けるのは、アドバイザーの派遣のメニューです。", field="menu")
    _check_time(programme, signed_on)
    if line.programme_id != menu.programme_id:
        raise Refusal("この事業の科目を選んでください。", field="line", code="line")
    if AgencyContract.objects.filter(menu=locked(menu)).exists():
        raise Refusal("このメニューには、もう委託先があります。", field="menu", code="twice")
    organisation = find_or_register_organisation(
        by=by, name=organisation_name, kind=kind, area=area, corporate_number=corporate_number
    )
    contract = insert(
        AgencyContract(
            menu=menu, organisation=organisation, number=number, signed_on=signed_on, amount_yen=amount_yen,
            case_yen=case_yen, line=line, created_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.agencycontract.registered", by=by, target=contract, data={"amount_yen": amount_yen})
    committing.charge(by=by, agency=contract, number=commitment_number, made_on=signed_on)
    return contract


def _check_time(programme: Programme, signed_on: date) -> None:
    """Raises Refusal before the budget has passed and the programme is published, and before the day itself."""
    if programme.provisional or programme.state == ProgrammeState.DRAFT:
        raise Refusal(
            f"{programme.year_label}の予算の成立と事業の公開を記録してから、契約を登録してください。",
            field="menu",
            code="provisional",
        )
    if signed_on > clock.today_jst():
        raise Refusal("契約した日に、先の日は入れられません。", field="signed_on", code="future")


@transaction.atomic
def change_agency(*, by: Actor, contract: AgencyContract, amount_yen: int) -> AgencyContract:
    """Change the amount by a 変更契約, and its 支出負担行為 with it. Raises PermissionDenied, Refusal (used already, 科目)."""
    permissions.require(by, "grants.change_agency", contract)
    locked(contract)
    if amount_yen < (used := queries.used(contract)):
        raise Refusal(f"もう{yen(used)}の精算書が出ています。これより少なくできません。", field="amount_yen")
    before = contract.amount_yen
    if change(contract, {"amount_yen": amount_yen}):
        data = {"before_yen": before, "amount_yen": amount_yen}
        audit.record("grants.agencycontract.changed", by=by, target=contract, data=data)
        committing.resize(by=by, commitment=contract.commitment, amount_yen=amount_yen)
    return contract
