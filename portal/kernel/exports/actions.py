"""Asking for an export: noted in the log before a single row leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from .. import audit, clock, jobs, paging, ports
from ..actors import Actor
from ..export_models import Export, ExportForm
from ..refusals import Refusal
from .making import LONG

KEPT = timedelta(hours=24)


@transaction.atomic
def ask_for_export(
    *, by: Actor, kind: str, form: str, params: Mapping[str, str], purpose: str = ""
) -> Export:
    """Note who takes which list out and for what; a long one is given to a job. Raises PermissionDenied, Refusal."""
    found = ports.export_kinds[kind]
    params = found.known(params)
    if found.admits is not None:
        found.admits(by, params)
    if found.asks_purpose and not purpose.strip():
        raise Refusal("使いみちを入力してください。", field="purpose", code="purpose")
    count = paging.capped_count(found.rows(by, params), LONG)
    export = Export(
        kind=kind,
        form=ExportForm(form),
        params=params,
        purpose=purpose.strip(),
        owner_ref=by.ref,
        row_count=count,
        expires_at=clock.now() + KEPT,
    )
    if count > LONG:
        export.job_key = f"export:{export.pk}"
    export.save(force_insert=True)
    data = {"kind": kind, "form": form, "long": export.is_long, **_codes(params)}
    audit.record("kernel.export.asked", by=by, target=export, data=data)
    if export.is_long:
        jobs.enqueue("kernel.export", key=export.job_key, obj=export, by=by)
    return export


def sweep(*, by: Actor) -> int:
    """Remove the files whose day is over, at most 100 a call; the note stays. Returns how many."""
    ended = 0
    old = Export.objects.filter(file__isnull=False, expires_at__lt=clock.now()).select_related("file")
    for export in old.order_by("expires_at")[:100]:
        stored = export.file
        if stored is None:
            continue
        with transaction.atomic():
            export.file = None
            export.save(update_fields=["file"])
            stored.delete()
            audit.record("kernel.export.expired", by=by, target=export)
            default_storage.delete(stored.storage_name)
        ended += 1
    return ended


def _codes(params: Mapping[str, str]) -> dict[str, str]:
    """The filters that are codes; words that somebody typed may be a name and stay out of the log."""
    return {name: value for name, value in params.items() if name != "q"}
