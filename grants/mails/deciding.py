"""What a decision tells by mail: the municipality its result, the officer that a draft came back."""

from ..models import Application, Decision
from . import to_applicant, to_holder, to_officer


def decided(application: Application, decision: Decision) -> None:
    """The municipality: your application was decided; the letter is on its page."""
    name = "decided" if decision.is_grant else "rejected"
    to_applicant(name, application, f"{name}:{decision.pk}", decision=decision)


def sent_back(application: Application, decision: Decision, note: str) -> None:
    """Who drafted it and the officer who holds the file: the draft was sent back, and why."""
    to_holder("decision_sent_back", application, f"sent_back:{decision.pk}", decision=decision, note=note)
    drafter = decision.approval.drafted_by
    if drafter is not None and drafter != application.held_by:
        to_officer(
            drafter, "decision_sent_back", application, f"sent_back:{decision.pk}:drafter", decision=decision, note=note
        )  # fmt: skip
