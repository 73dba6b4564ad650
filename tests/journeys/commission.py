"""What the journeys of menu ④ share: its five bodies, papers that a worker makes, files that people choose."""

import subprocess
from datetime import date
from pathlib import Path

from django.db.models import Model

from grants.commission.actions import proposals as proponents
from grants.models import CommissionCall, Proposal
from portal.documents.models import Document
from portal.kernel.actors import UserActor
from tests.factories.commission import person, ready_proposal
from tests.factories.grants import PDF_BYTES, Town
from tests.support.processes import wait_until
from tests.support.world import World

from .steps import Visitor

START = "2026-11-25T10:00:00+09:00"
CLOSED, SCORED = "2026-12-21T10:00:00+09:00", "2027-01-16T10:00:00+09:00"
BODIES = ("くらしの足", "いどう支援の会", "まちの工房", "健康づくり協会", "県外の会")
PARTNERS = [proponents.Partner(name="大隅大学地域研究室", role="聞き取りと効果の検証")]


def proposed(town: Town, call: CommissionCall, name: str, *, price_yen: int, group: bool = False) -> Proposal:
    """A submitted proposal of a body, alone or as 幹事 of a consortium; made by the actions."""
    who = person()
    made = ready_proposal(town, call, who, organisation_name=name, price_yen=price_yen)
    if group:
        proponents.save_group(by=who, proposal=made, revision=made.revision, partners=PARTNERS)
    return proponents.submit_proposal(by=who, proposal=made, oath=True)


def owner(proposal: Proposal) -> UserActor:
    """Who wrote the proposal, as a fresh actor."""
    assert proposal.created_by is not None
    return UserActor(proposal.created_by)


def choose(visitor: Visitor, name: str, folder: Path, filename: str) -> Visitor:
    """Choose a PDF in the page's file box of that name."""
    paper = folder / filename
    paper.write_bytes(PDF_BYTES)
    visitor.page.locator(f"main input[type=file][name='{name}']").set_input_files(paper)
    return visitor


def paper_of(case: Model, kind: str) -> Document:
    """The living paper of a case, once the worker has made its file."""

    def made() -> Document | None:
        rows = Document.objects.filter(kind=kind, object_id=case.pk, state="issued")
        return rows.select_related("file").first()

    return wait_until(made, timeout=60, what=f"the paper {kind}")  # type: ignore[return-value]


def reads_paper(visitor: Visitor, document: Document) -> str:
    """The text of a paper as this person downloads it."""
    answer = visitor.page.request.get(f"/documents/{document.pk}/file/")
    assert answer.status == 200, document.title
    shown = subprocess.run(["pdftotext", "-", "-"], input=answer.body(), capture_output=True, check=True)
    return "".join(shown.stdout.decode().split())


def at(world: World, day: date | str) -> None:
    """Ten o'clock of a day in Japan, for every process of the world."""
    world.clock.set(f"{day}T10:00:00+09:00")
