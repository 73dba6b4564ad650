"""Writes of 一件書類 and 黒塗り: ask for one, begin a copy, mark, take a mark away, have the copy made."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from communities.saving import insert, locked, user_of
from portal.kernel import audit, jobs, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import Application, Dossier, Redaction, RedactionMark
from .enums import MARKS_MAX, MarkKind
from .fields import terms
from .workflow import REDACTION

MAKE_DOSSIER = "grants.make_dossier"
MAKE_REDACTION = "grants.make_redaction"


@transaction.atomic
def ask_dossier(*, by: Actor, application: Application) -> Dossier:
    """Have all papers of a submitted file put together as they are now. Raises PermissionDenied, Refusal (one is being made)."""
    permissions.require(by, "grants.make_dossier", application)
    if application.submitted_at is None:
        raise Refusal("一件書類を作れるのは、提出された申請です。", code="moved")
    if application.dossiers.filter(file__isnull=True).exists():
        raise Refusal("一件書類は、いま作っているところです。", code="twice")
    number = (application.dossiers.aggregate(last=Max("number"))["last"] or 0) + 1
    dossier = insert(Dossier(application=application, number=number, asked_by=user_of(by)))
    audit.record("grants.dossier.asked", by=by, target=application, data={"number": number})
    jobs.enqueue(MAKE_DOSSIER, key=dossier.job_key, obj=dossier, by=by)
    return dossier


@transaction.atomic
def start_redaction(*, by: Actor, dossier: Dossier, request_label: str) -> Redaction:
    """Begin a copy for a 開示請求, with the marks of the copy before. Raises PermissionDenied, Refusal (not made yet)."""
    permissions.require(by, "grants.make_dossier", dossier.application)
    if dossier.file_id is None:
        raise Refusal("一件書類ができてから、始めてください。", code="moved")
    before = dossier.redactions.order_by("-number").first()
    number = before.number + 1 if before else 1
    redaction = insert(
        Redaction(dossier=dossier, number=number, request_label=request_label, started_by=user_of(by))
    )
    audit.record("grants.redaction.started", by=by, target=redaction, data={"number": number})
    if before is not None:
        for mark in before.marks.all():
            mark.pk, mark.redaction, mark.found_count = RedactionMark._meta.pk.get_default(), redaction, None
            mark.save(force_insert=True)
    return redaction


@transaction.atomic
def mark(
    *, by: Actor, redaction: Redaction, kind: str, ground: str, article: str, field: str = "", **place: Any
) -> Redaction:
    """Mark something to be blacked out, with its legal reason. `field`: every term that stands under that entry now.

    Raises PermissionDenied, Refusal (being made already, too many, nothing under the entry, no such page), ValidationError.
    """
    _open(by, redaction)
    found: list[dict[str, Any]] = [place]
    if field:
        known = terms(redaction.dossier.application, field)
        if not known:
            raise Refusal("この項目には、いま何も入っていません。", field="field", code="empty")
        found = [{"term": term} for term in known]
    if redaction.marks.count() + len(found) > MARKS_MAX:
        raise Refusal(f"印は、{MARKS_MAX}か所までです。", code="many")
    pages = redaction.dossier.page_count or 0
    if max(place.get("last_page") or 0, place.get("page") or 0) > pages:
        raise Refusal(f"この一件書類は{pages}ページまでです。", field="page", code="page")
    for values in found:
        row = insert(
            RedactionMark(
                redaction=redaction, kind=MarkKind(kind), ground=ground, article=article, field=field,
                written_by=user_of(by), **values,
            )
        )  # fmt: skip
        data = {"mark": row.pk, "kind": kind, "ground": ground}
        audit.record("grants.redaction.marked", by=by, target=redaction, data=data)
    return redaction


@transaction.atomic
def remove_mark(*, by: Actor, redaction: Redaction, mark: RedactionMark) -> Redaction:
    """Take a mark away before the copy is made. Again: nothing changes. Raises PermissionDenied, Refusal."""
    _open(by, redaction)
    found = redaction.marks.filter(pk=mark.pk).first()
    if found is not None:
        data = {"mark": found.pk, "kind": found.kind, "ground": found.ground}
        audit.record("grants.redaction.unmarked", by=by, target=redaction, data=data)
        found.delete()
    return redaction


@transaction.atomic
def make_redaction(*, by: Actor, redaction: Redaction) -> Redaction:
    """Have the copy made; its marks stay as they are from now on. Raises PermissionDenied, Refusal (nothing is marked)."""
    permissions.require(by, "grants.redact_dossier", redaction)
    if not redaction.marks.exists():
        raise Refusal("黒塗りにするところを、1か所以上選んでください。", code="empty")
    REDACTION.apply(redaction, "make", by=by)
    jobs.enqueue(MAKE_REDACTION, key=redaction.job_key, obj=redaction, by=by)
    return redaction


def _open(by: Actor, redaction: Redaction) -> None:
    permissions.require(by, "grants.redact_dossier", redaction)
    if not locked(redaction).is_draft:
        message = f"この写しは、いま「{redaction.get_state_display()}」です。印は変えられません。"
        raise Refusal(message, code="moved")
