"""Holds, longer terms, and 廃棄: proposed by an officer, approved by another person, carried out at once."""

from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import insert, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from .. import queries as applications
from ..models import Application, Discard, Hold, TermExtension
from . import queries
from .enums import ENDED, DiscardState
from .erasing import erase
from .workflow import DISCARD


@transaction.atomic
def hold_file(*, by: Actor, application: Application, kind: str, reason: str) -> Hold:
    """Keep a file from being thrown away, with the reason. Raises PermissionDenied, Refusal, ValidationError."""
    _lock(by, application)
    row = insert(Hold(application=application, kind=kind, reason=reason, set_by=user_of(by)))
    audit.record("grants.hold.set", by=by, target=application, data={"kind": kind})
    return row


@transaction.atomic
def release_hold(*, by: Actor, application: Application, hold: Hold) -> Hold:
    """The reason is gone. Again: nothing changes. Raises PermissionDenied, Refusal."""
    _lock(by, application)
    hold.refresh_from_db()
    if hold.ended_at is None:
        hold.ended_at, hold.ended_by = clock.now(), user_of(by)
        hold.save(update_fields=["ended_at", "ended_by"])
        audit.record("grants.hold.ended", by=by, target=application, data={"kind": hold.kind})
    return hold


@transaction.atomic
def extend_term(*, by: Actor, application: Application, until_on: date, reason: str) -> TermExtension:
    """Keep a file longer, to the end of `until_on`. Raises PermissionDenied, Refusal (not longer), ValidationError."""
    _lock(by, application)
    before: date = _terms(application).kept_until
    if not before < until_on or until_on <= clock.today_jst():
        raise Refusal(
            f"いまの保存期間({wareki(before)}まで)より長く、先の日にしてください。", field="until_on"
        )
    row = insert(
        TermExtension(application=application, until_on=until_on, reason=reason, extended_by=user_of(by))
    )
    audit.record("grants.termextension.made", by=by, target=application, data={"until_on": until_on})
    return row


@transaction.atomic
def propose_discard(*, by: Actor, application: Application) -> Discard:
    """Propose to throw a file away. Raises PermissionDenied, Refusal (its term runs, something holds it, proposed already)."""
    _lock(by, application)
    kept_until = _check_free(application)
    row = insert(Discard(application=application, kept_until=kept_until, proposed_by=user_of(by)))
    audit.record("grants.discard.proposed", by=by, target=row, data={"kept_until": kept_until})
    return row


@transaction.atomic
def approve_discard(*, by: Actor, discard: Discard) -> Discard:
    """Approve by another person, and erase: texts, names and files go; figures, 確認番号, digests and 履歴 stay.

    What came between (a hold, a longer term, an open 返還) refuses it. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.approve_discard", discard)
    application = applications.lock(discard.application)
    discard.refresh_from_db()
    if discard.state == DiscardState.PROPOSED:
        _check_free(application)
    DISCARD.apply(discard, "approve", by=by)
    erased = erase(application)
    application.erased_at = clock.now()
    application.save(update_fields=["erased_at"])
    discard.rows, discard.files = erased.rows, erased.files
    discard.save(update_fields=["rows", "files"])
    data = {"rows": erased.rows, "files": erased.files}
    audit.record("grants.discard.erased", by=by, target=discard, data=data)
    return discard


@transaction.atomic
def decline_discard(*, by: Actor, discard: Discard, note: str) -> Discard:
    """Keep the file, with the reason; it may be proposed again. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.approve_discard", discard)
    applications.lock(discard.application)
    return DISCARD.apply(discard, "decline", by=by, note=note)


def _lock(by: Actor, application: Application) -> None:
    permissions.require(by, "grants.keep_file", application)
    applications.lock(application)
    if application.state not in ENDED:
        raise Refusal("まだ終わっていない申請です。保存期間は、終わった次の年度から数えます。", code="moved")
    if application.erased_at is not None:
        raise Refusal("この文書は、もう廃棄しました。", code="erased")


def _terms(application: Application) -> Any:
    """The file with its terms. One query."""
    return queries.with_terms(Application.objects.filter(pk=application.pk)).get()


def _check_free(application: Application) -> date:
    """The last day of its term, which is over. Raises Refusal that says what holds it."""
    found = _terms(application)
    kept_until: date = found.kept_until
    if kept_until >= clock.today_jst():
        raise Refusal(f"保存期間は{wareki(kept_until)}までです。", code="kept")
    reasons = {
        "is_held": "廃棄の保留があります。",
        "is_bound": "処分制限期間中の財産があります。",
        "is_owed": "納入を待っている返還があります。",
    }
    for name, words in reasons.items():
        if getattr(found, name):
            raise Refusal(words, code="held")
    return kept_until
