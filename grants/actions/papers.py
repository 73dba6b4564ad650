"""Attaching files to a draft and taking them out again."""

from django.db import transaction

from portal.kernel import audit, clock, uploads
from portal.kernel.actors import Actor, UserActor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ..models import Application, Attachment
from .locking import lock_editable

ATTACHMENTS_MAX = 30


@transaction.atomic
def add_attachment(
    *, by: Actor, application: Application, kind: str, file: StoredFile, title: str = ""
) -> Attachment:
    """Attach a staged file under one of the menu's papers; `title` defaults to the paper's name.

    Raises Refusal (no draft any more, unknown paper, too many), PermissionDenied.
    """
    lock_editable(application, by=by)
    known = {row["key"]: row["title"] for row in application.menu.attachable}
    if kind not in known:
        raise Refusal("書類の種類を選んでください。", field="kind")
    if file.uploaded_by_ref != by.ref or Attachment.objects.filter(file=file).exists():
        raise Refusal("添付するファイルを、もう一度選んでください。", field="file")
    if application.attachments.filter(removed_at__isnull=True).count() >= ATTACHMENTS_MAX:
        raise Refusal(f"添付できるファイルは、{ATTACHMENTS_MAX}件までです。", field="file")
    attachment = Attachment.objects.create(
        application=application,
        kind=kind,
        title=title or known[kind],
        file=file,
        added_by=by.user if isinstance(by, UserActor) else None,
    )
    uploads.attach(file, attachment)
    audit.record(
        "grants.application.attached",
        by=by,
        target=application,
        data={"attachment": attachment.pk, "sha256": file.sha256},
    )
    return attachment


@transaction.atomic
def remove_attachment(*, by: Actor, attachment: Attachment) -> Attachment:
    """Take a file out of a draft; it stays stored. Taking it out again changes nothing. Raises Refusal, PermissionDenied."""
    lock_editable(attachment.application, by=by)
    attachment.refresh_from_db(fields=["removed_at"])
    if attachment.removed_at is None:
        attachment.removed_at = clock.now()
        attachment.save(update_fields=["removed_at"])
        audit.record(
            "grants.application.detached",
            by=by,
            target=attachment.application,
            data={"attachment": attachment.pk},
        )
    return attachment
