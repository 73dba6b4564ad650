"""Holds, longer terms, and 廃棄: proposed by an officer, approved by another person, carried out at once."""

from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from ..models import Discard, Hold, TermExtension
from ..models.kept import Kept
from . import queries
from .enums import HELD_BY, DiscardState
from .erasing import erase
from .kinds import kind_of
from .workflow import DISCARD


@transaction.atomic
def hold_file(*, by: Actor, case: Kept, kind: str, reason: str) -> Hold:
    """Keep a file from being thrown away, with the reason. Raises PermissionDenied, Refusal, ValidationError."""
    _lock(by, case)
    row = insert(Hold(**{_key(case): case}, kind=kind, reason=reason, set_by=user_of(by)))
    audit.record("grants.hold.set", by=by, target=case, data={"kind": kind})
    return row


@transaction.atomic
def release_hold(*, by: Actor, case: Kept, hold: Hold) -> Hold:
    """The reason is gone. Again: nothing changes. Raises PermissionDenied, Refusal."""
    _lock(by, case)
    hold.refresh_from_db()
    if hold.ended_at is None:
        hold.ended_at, hold.ended_by = clock.now(), user_of(by)
        hold.save(update_fields=["ended_at", "ended_by"])
        audit.record("grants.hold.ended", by=by, target=case, data={"kind": hold.kind})
    return hold


@transaction.atomic
def extend_term(*, by: Actor, case: Kept, until_on: date, reason: str) -> TermExtension:
    """Keep a file longer, to the end of `until_on`. Raises PermissionDenied, Refusal (not longer), ValidationError."""
    _lock(by, case)
    before: date = _terms(case).kept_until
    if not before < until_on or until_on <= clock.today_jst():
        raise Refusal(
            f"いまの保存期間({wareki(before)}まで)より長く、先の日にしてください。", field="until_on"
        )
    row = insert(
        TermExtension(**{_key(case): case}, until_on=until_on, reason=reason, extended_by=user_of(by))
    )
    audit.record("grants.termextension.made", by=by, target=case, data={"until_on": until_on})
    return row


@transaction.atomic
def propose_discard(*, by: Actor, case: Kept) -> Discard:
    """Propose to throw a file away. Raises PermissionDenied, Refusal (its term runs, something holds it, proposed already)."""
    _lock(by, case)
    kept_until = _check_free(case)
    row = insert(Discard(**{_key(case): case}, kept_until=kept_until, proposed_by=user_of(by)))
    audit.record("grants.discard.proposed", by=by, target=row, data={"kept_until": kept_until})
    return row


@transaction.atomic
def approve_discard(*, by: Actor, discard: Discard) -> Discard:
    """Approve by another person, and erase: texts, names and files go; figures, 確認番号, digests and 履歴 stay.

    What came between (a hold, a longer term, an open 返還) refuses it. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.approve_discard", discard)
    case: Kept = locked(discard.case)
    discard.refresh_from_db()
    if discard.state == DiscardState.PROPOSED:
        _check_free(case)
    DISCARD.apply(discard, "approve", by=by)
    erased = erase(case)
    case.erased_at = clock.now()
    case.save(update_fields=["erased_at"])
    discard.rows, discard.files = erased.rows, erased.files
    discard.save(update_fields=["rows", "files"])
    data = {"rows": erased.rows, "files": erased.files}
    audit.record("grants.discard.erased", by=by, target=discard, data=data)
    return discard


@transaction.atomic
def decline_discard(*, by: Actor, discard: Discard, note: str) -> Discard:
    """Keep the file, with the reason; it may be proposed again. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.approve_discard", discard)
    locked(discard.case)
    return DISCARD.apply(discard, "decline", by=by, note=note)


def _lock(by: Actor, case: Kept) -> None:
    permissions.require(by, "grants.keep_file", case)
    locked(case)
    if _terms(case).ended_on is None:
        raise Refusal("まだ終わっていない文書です。保存期間は、終わった次の年度から数えます。", code="moved")
    if case.erased_at is not None:
        raise Refusal("この文書は、もう廃棄しました。", code="erased")


def _key(case: Kept) -> str:
    return kind_of(case).key


def _terms(case: Kept) -> Any:
    """The file with its terms. One query."""
    return queries.with_terms(type(case)._default_manager.filter(pk=case.pk)).get()


def _check_free(case: Kept) -> date:
    """The last day of its term, which is over. Raises Refusal that says what holds it."""
    found = _terms(case)
    kept_until: date = found.kept_until
    if kept_until >= clock.today_jst():
        raise Refusal(f"保存期間は{wareki(kept_until)}までです。", code="kept")
    for name, (_, words) in HELD_BY.items():
        if getattr(found, name):
            raise Refusal(words, code="held")
    return kept_until
