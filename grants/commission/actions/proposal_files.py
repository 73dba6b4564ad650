"""Papers of a proposal: attached to a draft, taken out again."""

from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.kernel import audit, clock, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ...models import Proposal, ProposalFile
from ..enums import FILES_MAX, FileKind


@transaction.atomic
def add_file(*, by: Actor, proposal: Proposal, kind: str, file: StoredFile) -> ProposalFile:
    """Attach a staged file. Raises PermissionDenied, Refusal (no draft any more, unknown paper, too many)."""
    _lock(proposal, by)
    if kind not in FileKind.values:
        raise Refusal("書類の種類を選んでください。", field="kind")
    if file.uploaded_by_ref != by.ref or ProposalFile.objects.filter(file=file).exists():
        raise Refusal("添付するファイルを、もう一度選んでください。", field="file")
    if proposal.files.filter(removed_at__isnull=True).count() >= FILES_MAX:
        raise Refusal(f"添付できるファイルは、{FILES_MAX}件までです。", field="file")
    row = insert(ProposalFile(proposal=proposal, kind=kind, file=file, added_by=user_of(by)))
    uploads.attach(file, row)
    audit.record(
        "grants.proposal.attached", by=by, target=proposal, data={"file": row.pk, "sha256": file.sha256}
    )
    return row


@transaction.atomic
def remove_file(*, by: Actor, row: ProposalFile) -> ProposalFile:
    """Take a file out of a draft; it stays stored. Again: nothing changes. Raises PermissionDenied, Refusal."""
    _lock(row.proposal, by)
    row.refresh_from_db(fields=["removed_at"])
    if row.removed_at is None:
        row.removed_at = clock.now()
        row.save(update_fields=["removed_at"])
        audit.record("grants.proposal.detached", by=by, target=row.proposal, data={"file": row.pk})
    return row


def _lock(proposal: Proposal, by: Actor) -> None:
    permissions.require(by, "grants.write_proposal", proposal)
    if not locked(proposal).is_draft:
        raise Refusal("提出した企画提案は、直せません。", code="moved")
