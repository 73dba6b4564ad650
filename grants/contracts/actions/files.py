"""The papers of a contract, kept with the step that hands them in."""

from communities.saving import insert, user_of
from portal.kernel import audit, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from ...models import Contract, ContractFile
from ..enums import ContractFileKind


def keep_file(*, by: Actor, contract: Contract, kind: ContractFileKind, file: StoredFile) -> ContractFile:
    """Attach a staged file of the actor's own to the locked contract. Raises Refusal (somebody else's, used already)."""
    if file.uploaded_by_ref != by.ref or ContractFile.objects.filter(file=file).exists():
        raise Refusal("添付するファイルを、もう一度選んでください。", field="file")
    row = insert(ContractFile(contract=contract, kind=kind, file=file, added_by=user_of(by)))
    uploads.attach(file, row)
    data = {"file": row.pk, "kind": kind.value, "sha256": file.sha256}
    audit.record("grants.contract.attached", by=by, target=contract, data=data)
    return row
