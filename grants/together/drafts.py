"""The files that several people write: where they stand in the rows of `DraftTyped` and `Presence`, who may write them."""

from django.db import models

from ..enums import Place, Side
from ..models import Application, CommissionTheme, Dispatch, Proposal, Workshop

CONFLICT = "この画面を開いたあとに、ほかの人が保存しました。あなたの入力は残っています。保存された内容を見くらべてから、もう一度保存してください。"
Draft = Dispatch | Workshop | CommissionTheme | Proposal
COLUMNS: dict[type[models.Model], str] = {
    Application: "application",
    Dispatch: "dispatch",
    Workshop: "workshop",
    CommissionTheme: "theme",
    Proposal: "proposal",
}
PARTS: dict[str, frozenset[Place]] = {
    "dispatch": frozenset({Place.REQUEST}),
    "workshop": frozenset({Place.WORKSHOP}),
    "theme": frozenset({Place.THEME}),
    "proposal": frozenset({Place.WORDS, Place.GROUP, Place.COSTS, Place.FILES}),
}  # by the kind in the address


def column(file: models.Model | type[models.Model]) -> str:
    """The column of the rows that belong to `file`, or to files of that model. Raises KeyError for another model."""
    return COLUMNS[file if isinstance(file, type) else type(file)]


def right(draft: Draft) -> str:
    """The permission of who may write the draft as it stands: in consultation a plan of ② is both sides'."""
    if isinstance(draft, Workshop):
        return "grants.consult_workshop" if draft.is_consulting else "grants.write_workshop"
    return f"grants.write_{column(draft)}"


def is_open(draft: Draft) -> bool:
    """Whether it can be written now: not sent, back for correction, or (②) in consultation."""
    if isinstance(draft, Proposal | CommissionTheme):
        return draft.is_draft
    return draft.is_writable or (isinstance(draft, Workshop) and draft.is_consulting)


def side(draft: Draft) -> Side:
    """For whom its writers have it open: those of one side see each other; a plan of ② is both sides'."""
    if isinstance(draft, Workshop):
        return Side.BOTH
    return Side.PROPONENT if isinstance(draft, Proposal) else Side.MUNICIPALITY
