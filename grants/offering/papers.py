"""Every kind of paper of a menu, from the registry of papers: the list of which 条 and 様式番号 are entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.kernel import ports

from ..enums import Table
from ..models import Menu
from ..models.menu_papers import ARTICLE, FORM_LABEL

SPACE = "grants."
EVERY = frozenset(Table)
TABLES = {  # by the model that a kind of paper is issued for
    "grants.Application": frozenset({Table.SUBSIDY}),
    "grants.Disposal": frozenset({Table.SUBSIDY}),
    "grants.Reclaim": frozenset({Table.SUBSIDY}),
    "grants.SubGrant": frozenset({Table.SUBSIDY}),
    "grants.Dispatch": frozenset({Table.DISPATCH}),
    "grants.Visit": frozenset({Table.DISPATCH}),
    "grants.AgencyStatement": frozenset({Table.DISPATCH}),
    "grants.Workshop": frozenset({Table.WORKSHOP}),
    "grants.Proposal": frozenset({Table.COMMISSION}),
    "grants.CommissionCall": frozenset({Table.COMMISSION}),
    "grants.Contract": frozenset({Table.COMMISSION}),
    "grants.Amendment": frozenset({Table.COMMISSION}),
    "grants.Payment": EVERY,
    "grants.Placement": EVERY,
    "grants.NeedsAnswer": EVERY,
}
ANNEXES = {  # sheets behind a paper that have a 様式 of their own
    "application": (("plan", "事業計画書"), ("budget", "収支予算書")),
    "result": (("accounts", "収支決算書"),),
    "proposal": (("estimate", "見積書"),),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper; `key` is that of its kind without 「grants.」, or of its annex."""

    key: str
    title: str


def papers_of(table: str) -> list[Paper]:
    """The papers made here under a menu of `table`, each with its annexes behind it, in the order of the registry."""
    found: list[Paper] = []
    for kind in ports.document_kinds:
        if table in TABLES.get(kind.model, ()):
            key = kind.key.removeprefix(SPACE)
            found += [Paper(key, kind.title), *(Paper(*annex) for annex in ANNEXES.get(key, ()))]
    return found


def papers_entered(menu: Menu, papers: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The menu's two lists with what was entered by key; of what is no paper of its procedure nothing is kept."""
    own = {row["key"] for row in menu.documents if row["made_here"]}
    documents = [
        _filled(row, papers.get(row["key"], {})) if row["key"] in own else row for row in menu.documents
    ]
    letters = []
    for paper in papers_of(menu.table):
        row = {"key": paper.key, "title": paper.title} | menu.paper_row(paper.key)
        new = papers.get(paper.key, {})
        if paper.key not in own and (menu.paper_row(paper.key) or any(new.values())):
            letters.append(_filled(row, new))
    return {"documents": documents, "letters": letters}


def _filled(row: dict[str, Any], new: Mapping[str, str]) -> dict[str, Any]:
    """The row with the new words; 「第○条」 and 「標準様式」 where they are empty."""
    found = row | dict(new)
    return found | {
        "article": found.get("article") or ARTICLE, "form_label": found.get("form_label") or FORM_LABEL
    }  # fmt: skip
