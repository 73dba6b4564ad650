"""精算書 of the 委託先: titled 標準様式 with 「第○条」 until the menu has its own (domain.md 8)."""

from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import AgencyStatement
from . import queries

STATEMENT_KIND = "grants.agency_statement"


def statement_snapshot(statement: AgencyStatement) -> dict[str, Any]:
    """The sums of the month and every visit: when, where, the advisor, fee, travel, the tax withheld. Whole yen."""
    case = queries.with_statement(AgencyStatement.objects.all()).get(pk=statement.pk)
    contract = case.contract
    authority = contract.menu.programme.authority
    left = queries.left(contract, but=case)
    return {
        "form": contract.menu.form("agency_statement"),
        "addressee": [named(authority.head_title, authority.head_name, "殿")],
        "sender": [contract.organisation.area.name, contract.organisation.name],
        "fiscal_year": contract.menu.programme.year_label,
        "menu": contract.menu.title,
        "number": case.number,
        "month": case.month_label,
        "contract": f"{contract.number}({wareki(contract.signed_on)})",
        "amount_yen": contract.amount_yen,
        "before_yen": contract.amount_yen - left,
        "left_yen": left - case.total_yen,
        "fee_yen": case.fee_yen,
        "travel_yen": case.travel_yen,
        "office_yen": case.office_yen,
        "total_yen": case.total_yen,
        "withheld_yen": sum(cost.withheld_yen for cost in queries.costs_of(case)),
        "rows": [
            {
                "on": wareki(cost.visit.starts_at.astimezone(clock.JST).date()),
                "town": cost.visit.dispatch.municipality.name,
                "title": cost.visit.dispatch.title,
                "number": cost.visit.number,
                "advisor": cost.visit.advisor.name,
                "fee_yen": cost.fee_yen,
                "travel_yen": cost.travel_yen,
                "withheld_yen": cost.withheld_yen,
                "net_yen": cost.net_yen,
            }
            for cost in queries.costs_of(case)
        ],
    }


KINDS = (
    DocumentKind(
        key=STATEMENT_KIND, code="HE", title="アドバイザー派遣業務精算書", template="grants/pdf/agency_statement.html",
        model="grants.AgencyStatement", snapshot=statement_snapshot, visible_to=queries.visible_to,
        permission="grants.write_statement", version=lambda statement: str(statement.version), seal="（公印省略）",
    ),
)  # fmt: skip
