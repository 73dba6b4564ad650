"""What a proposal still lacks before it can be submitted, section by section."""

from dataclasses import dataclass

from ..models import Proposal
from .calculations import imbalance
from .enums import NEEDED_FILES, ProposalPart

WANTED = {
    "title": "企画の名称",
    "representative": "代表者の職と氏名",
    "contact_name": "担当者",
    "contact_email": "メールアドレス",
    "summary": "概要",
    "plan": "実施計画",
    "team": "体制",
    "record": "実績",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, and the section in which it is mended."""

    part: str
    text: str


def problems(proposal: Proposal) -> list[Problem]:
    """Everything that keeps it from being submitted, in the order of the sections. Two queries."""
    found = [
        Problem(ProposalPart.WORDS, f"{label}を入力してください。")
        for name, label in WANTED.items()
        if not getattr(proposal, name)
    ]
    amounts = [line.amount_yen for line in proposal.lines.all()]
    if not proposal.price_yen:
        found.append(Problem(ProposalPart.COSTS, "提案額を入力してください。"))
    elif proposal.price_yen > proposal.call.ceiling_yen:
        found.append(
            Problem(
                ProposalPart.COSTS, f"提案額は、上限額{proposal.call.ceiling_yen:,}円以下にしてください。"
            )
        )
    elif difference := imbalance(amounts, proposal.price_yen, proposal.own_yen):
        words = f"経費の合計と、提案額と自己負担の合計が、{abs(difference):,}円合いません。"
        found.append(Problem(ProposalPart.COSTS, words))
    kinds = {row.kind for row in proposal.papers}
    found += [
        Problem(ProposalPart.FILES, f"{kind.label}を添付してください。")
        for kind in NEEDED_FILES
        if kind not in kinds
    ]
    return found
