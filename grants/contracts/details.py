"""What a 決裁 of a contract, or of its change, is about, in words for those who sign it."""

from portal.kernel.fiscal import wareki
from portal.kernel.money import yen

from ..enums.approving import Matter
from ..models import Approval, Contract
from . import queries

Details = list[tuple[str, str]]


def details(approval: Approval) -> Details:
    """(label, words) of what is decided; nothing for other cases. At most two queries."""
    if approval.contract_id is None:
        return []
    contract = queries.with_case(Contract.objects.all()).get(pk=approval.contract_id)
    found = [("受託する団体", contract.proposal.organisation.name)]
    if approval.matter == Matter.AMENDMENT:
        return found + _amendment(approval)
    days = [wareki(day) if day else "" for day in (contract.starts_on, contract.ends_on)]
    return [
        *found,
        ("契約金額", f"{yen(contract.price_yen or 0)}(税込み)"),
        ("予定価格", f"{yen(contract.estimated_yen or 0)}(税込み)"),
        ("履行期間", f"{days[0]}から{days[1]}まで"),
        ("随意契約の根拠", contract.ground),
        ("随意契約の理由", contract.reason),
    ]


def _amendment(approval: Approval) -> Details:
    row = approval.amendments.first()
    if row is None:
        return []
    found = [("変更の理由", row.reason)]
    if row.ends_on != row.ends_before:
        found.append(("履行期間の終わり", f"{wareki(row.ends_before)}から{wareki(row.ends_on)}へ"))
    if row.price_yen != row.price_before:
        found.append(("契約金額", f"{yen(row.price_before)}から{yen(row.price_yen)}へ(税込み)"))
    if row.estimated_yen:
        found.append(("変更後の予定価格", yen(row.estimated_yen)))
    return found
