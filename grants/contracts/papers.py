"""The papers of a contract. Titled 標準様式 with 「第○条」 until the menu has its own (domain.md 8); what they say is JSON made here."""

from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import Amendment, Contract, Menu, PartialWork
from . import queries
from .enums import AMENDMENT_PAPER

CONTRACT_KIND, INSPECTION_KIND, INVOICE_KIND = (
    "grants.contract",
    "grants.contract_inspection",
    "grants.contract_invoice",
)


def contract_snapshot(contract: Contract) -> dict[str, Any]:
    """業務委託契約書: both parties, the work, the period, the price with the tax in it, the deposit."""
    case = queries.with_case(Contract.objects.all()).get(pk=contract.pk)
    price = case.price_yen or 0
    return {
        **_head(case, CONTRACT_KIND),
        "addressee": [],
        "ordering": _authority(case),
        "accepting": _contractor(case),
        "partners": [row.name for row in case.proposal.partners.all()],
        "tax_yen": _menu(case).tax_in(price),
        "deposit": "免除" if case.deposit_exempt else "契約金額の100分の10以上",
        "signed_on": case.signed_on.isoformat() if case.signed_on else "",
        "theme": case.proposal.call.theme.title,
        "municipality": case.proposal.call.theme.municipality.name,
    }


def inspection_snapshot(contract: Contract) -> dict[str, Any]:
    """検査調書: what was inspected, by whom, when, and what was found; of a terminated contract its accepted part."""
    case = queries.with_case(Contract.objects.all()).get(pk=contract.pk)
    if part := queries.part_of(case):
        return {**_part(case, part, INSPECTION_KIND), "sender": [named("検査職員", _inspector(part))]}
    return {
        "part": None,
        **_head(case, INSPECTION_KIND),
        "addressee": [f"{_authority(case)}　殿"],
        "sender": [named("検査職員", case.inspected_by.name) if case.inspected_by else ""],
        "contractor": _contractor(case),
        "completed_on": case.completed_on.isoformat() if case.completed_on else "",
        "inspected_on": case.inspected_on.isoformat() if case.inspected_on else "",
        "findings": case.findings,
    }


def invoice_snapshot(contract: Contract) -> dict[str, Any]:
    """請求書 of the whole price. Where to pay to is kept by the office's own system (債権者登録)."""
    case = queries.with_case(Contract.objects.all()).get(pk=contract.pk)
    if part := queries.part_of(case):
        organisation = case.proposal.organisation
        sender = [organisation.name, named("", case.proposal.representative)]
        return {
            **_part(case, part, INVOICE_KIND),
            "sender": sender,
            "tax_yen": _menu(case).tax_in(part.amount_yen or 0),
        }
    return {
        "part": None,
        **_head(case, INVOICE_KIND),
        "addressee": [f"{_authority(case)}　殿"],
        "sender": [case.proposal.organisation.name, named("", case.proposal.representative)],
        "tax_yen": _menu(case).tax_in(case.price_yen or 0),
        "inspected_on": case.inspected_on.isoformat() if case.inspected_on else "",
    }


def amendment_snapshot(amendment: Amendment) -> dict[str, Any]:
    """変更契約書: both parties, what is changed from what to what, why; all else stays as it was signed."""
    row = Amendment.objects.get(pk=amendment.pk)
    case = queries.with_case(Contract.objects.all()).get(pk=row.contract_id)
    return {
        **_head(case, AMENDMENT_PAPER),
        "addressee": [],
        "ordering": _authority(case),
        "accepting": _contractor(case),
        "number": row.number,
        "reason": row.reason,
        "signed_on": case.signed_on.isoformat() if case.signed_on else "",
        "agreed_on": row.agreed_on.isoformat() if row.agreed_on else "",
        "starts_on": case.starts_on.isoformat() if case.starts_on else "",
        "before_ends_on": row.ends_before.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "price_before": row.price_before,
        "price_yen": row.price_yen,
        "tax_before": _menu(case).tax_in(row.price_before),
        "tax_yen": _menu(case).tax_in(row.price_yen),
    }


def _part(case: Contract, part: PartialWork, key: str) -> dict[str, Any]:
    """What both papers of an accepted part say."""
    on = part.inspected_on.isoformat() if part.inspected_on else ""
    ended = case.terminated_at.astimezone(clock.JST).date().isoformat() if case.terminated_at else ""
    return {
        **_head(case, key),
        "addressee": [f"{_authority(case)}　殿"],
        "contractor": _contractor(case),
        "inspected_on": on,
        "findings": part.findings,
        "part": {"percent": part.percent, "amount_yen": part.amount_yen, "ended_on": ended},
    }


def _version(contract: Contract) -> str:
    """The whole work is inspected once; its accepted part as often as who decides asks for it; the 請求書 follows it."""
    part = queries.part_of(contract)
    return str(part.inspections) if part else "1"


def _inspector(part: PartialWork) -> str:
    return part.inspected_by.name if part.inspected_by else ""


def _head(case: Contract, key: str) -> dict[str, Any]:
    menu = _menu(case)
    days = [wareki(day) if day else "" for day in (case.starts_on, case.ends_on)]
    return {
        "form": menu.form(key.split(".")[1]),
        "sender": [],
        "fiscal_year": menu.programme.year_label,
        "menu": menu.title,
        "title": case.title,
        "price_yen": case.price_yen,
        "period": f"{days[0]}から{days[1]}まで",
    }


def _menu(case: Contract) -> Menu:
    return case.proposal.call.theme.menu


def _authority(case: Contract) -> str:
    authority = _menu(case).programme.authority
    return named(authority.head_title, authority.head_name)


def _contractor(case: Contract) -> list[str]:
    organisation = case.proposal.organisation
    return [organisation.area.name, organisation.name, named("", case.proposal.representative)]


def _kind(
    key: str, code: str, title: str, permission: str, model: str = "grants.Contract", **more: Any
) -> DocumentKind:
    name = key.split(".")[1]
    return DocumentKind(
        key=key, code=code, title=title, template=f"grants/pdf/{name}.html", model=model,
        permission=f"grants.{permission}", **more,
    )  # fmt: skip


KINDS = (
    _kind(CONTRACT_KIND, "IK", "業務委託契約書", "conclude_contract", snapshot=contract_snapshot, visible_to=queries.contracted),
    _kind(AMENDMENT_PAPER, "IH", "変更契約書", "conclude_amendment", "grants.Amendment", snapshot=amendment_snapshot, visible_to=queries.amended),
    _kind(INSPECTION_KIND, "IT", "検査調書", "run_contract", snapshot=inspection_snapshot, visible_to=queries.received, version=_version),
    _kind(INVOICE_KIND, "IS", "請求書", "fulfil_contract", snapshot=invoice_snapshot, visible_to=queries.contracted, version=_version),
)  # fmt: skip
