"""What a file knows of people and numbers, by the entry an officer can choose instead of typing it."""

from collections.abc import Callable, Iterator

from ..models import Application


def _approvers(case: Application) -> Iterator[str]:
    for approval in case.approvals.select_related("drafted_by", "signed_by"):
        yield approval.approver_name
        yield from (user.name for user in (approval.drafted_by, approval.signed_by) if user)


FIELDS: dict[str, tuple[str, Callable[[Application], Iterator[str]]]] = {
    "applicant_name": ("申請者の氏名", lambda case: iter((case.applicant_name,))),
    "writers": ("申請を書いた人、提出した人の氏名", lambda case: _names(case.created_by, case.submitted_by)),
    "holders": (
        "県の担当者の氏名",
        lambda case: _names(case.held_by, case.reviewing_by, case.decided_by),
    ),
    "approvers": ("起案した人、決裁した人の氏名", _approvers),
    "own_number": ("市町村の文書番号", lambda case: iter((case.own_number,))),
}


def _names(*people: object) -> Iterator[str]:
    yield from (str(getattr(user, "name", "")) for user in people if user)


def terms(application: Application, field: str) -> list[str]:
    """What stands under the entry now, each once; nothing for an unknown one. The family name alone is another term."""
    if field not in FIELDS:
        return []
    return sorted({text.strip() for text in FIELDS[field][1](application) if text.strip()})
