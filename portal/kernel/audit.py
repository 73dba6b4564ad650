"""The log of what happened: append-only, without foreign keys, sealed in chained batches, shown as 履歴.

Three roles of the database keep it: the application may insert and read entries, only the worker writes seals,
nobody but the owner of the tables could change them, and `verify_audit` would tell.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from . import clock
from .actors import Actor
from .models import AuditEntry, AuditPending, AuditSeal
from .prepared import prepared

SEAL_LOCK = 0x4B59_5544  # advisory lock of the sealing task ("KYUD")
SEAL_BATCH = 5_000
CHUNK = 500
SHOWN = 50  # entries of one record's history
log = structlog.get_logger("audit")
_gathering: ContextVar[list[AuditEntry] | None] = ContextVar("audit_gathering", default=None)


def record(event: str, *, by: Actor, target: models.Model, data: dict[str, Any] | None = None) -> AuditEntry:
    """Write down that `by` did `event` to `target`. `data` holds ids, amounts and codes, never personal data.

    Raises ValueError outside a transaction: what happened and its record stand or fall together.
    """
    if not connection.in_atomic_block:
        raise ValueError(f"{event}: audit.record() must run inside the action's transaction")
    entry = AuditEntry(
        at=clock.now(),
        event=event,
        actor_kind=by.kind,
        actor_ref=by.ref,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        data=json.loads(json.dumps(data or {}, cls=DjangoJSONEncoder)),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )
    entry.digest = digest_of(entry)
    waiting = _gathering.get()
    if waiting is None:
        entry.save(force_insert=True)
    else:
        waiting.append(entry)
    return entry


@contextmanager
def gathered() -> Iterator[None]:
    """What is recorded inside is written at the end, in its order, 500 a statement. For one action on many rows.

    A break inside writes nothing: let it end the transaction too. Nothing inside may ask for the history of what it
    does, or for an entry's number. One inside another joins it. Raises ValueError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise ValueError("audit.gathered() must run inside the action's transaction")
    outer = _gathering.get()
    if outer is not None:
        there = len(outer)
        try:
            yield
        except BaseException:
            del outer[there:]
            raise
        return
    waiting: list[AuditEntry] = []
    token = _gathering.set(waiting)
    try:
        yield
    finally:
        _gathering.reset(token)
    AuditEntry.objects.bulk_create(waiting, batch_size=CHUNK)


def history(target: models.Model, *, limit: int = SHOWN) -> Sequence[AuditEntry]:
    """The newest entries about `target`, newest first. One query."""
    kind, ref = target._meta.label_lower, str(target.pk)
    return list(_shown(kind=kind, ref=ref) if limit <= SHOWN else _about(kind, ref)[:limit])[:limit]


@prepared
def _shown(kind: str, ref: str) -> models.QuerySet[AuditEntry]:
    return _about(kind, ref)[:SHOWN]


def _about(kind: str, ref: str) -> models.QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(target_type=kind, target_id=ref).order_by("-id")


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over everything the entry says, in a fixed order."""
    content = [
        entry.at.astimezone(clock.JST).isoformat(),
        entry.event,
        entry.actor_kind,
        entry.actor_ref,
        entry.target_type,
        entry.target_id,
        entry.data,
        entry.request_id,
    ]
    return _sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def seal() -> int:
    """Seal what is pending, in order of id, chained to the seal before. Returns how many entries were sealed.

    One advisory lock of the transaction keeps two workers apart; entries that commit late come with the next batch.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(
            "DELETE FROM kernel_auditpending WHERE entry_id IN"
            " (SELECT entry_id FROM kernel_auditpending ORDER BY entry_id LIMIT %s) RETURNING entry_id",
            [SEAL_BATCH],
        )
        ids = sorted(row[0] for row in cursor.fetchall())
        if not ids:
            return 0
        digests = dict(AuditEntry.objects.filter(pk__in=ids).values_list("pk", "digest"))
        members = members_digest([(pk, digests[pk]) for pk in ids])
        last = AuditSeal.objects.order_by("-id").first()
        previous = last.digest if last else ""
        sealed = AuditSeal.objects.create(
            at=clock.now(),
            entry_ids=ids,
            members_digest=members,
            previous_digest=previous,
            digest=_sha256(f"{previous}:{members}"),
        )
    log.info("audit_sealed", seal=sealed.pk, digest=sealed.digest, entries=len(ids))
    return len(ids)


def members_digest(members: Sequence[tuple[int, str]]) -> str:
    """SHA-256 over ids and digests of a batch."""
    return _sha256("\n".join(f"{pk}:{digest}" for pk, digest in members))


def verify() -> list[str]:
    """Recompute everything. Returns the faults found, in Japanese; an empty list means the log is whole."""
    faults: list[str] = []
    previous = ""
    for batch in AuditSeal.objects.order_by("id").iterator(chunk_size=100):
        if batch.previous_digest != previous:
            faults.append(f"封印{batch.pk}: 前の封印とつながっていません。")
        faults += _verify_members(batch)
        if batch.digest != _sha256(f"{batch.previous_digest}:{batch.members_digest}"):
            faults.append(f"封印{batch.pk}: 封印の値が合いません。")
        previous = batch.digest
    return faults + _verify_strays()


def _verify_members(batch: AuditSeal) -> list[str]:
    entries = AuditEntry.objects.in_bulk(batch.entry_ids)
    faults = [f"記録{pk}: 消されています(封印{batch.pk})。" for pk in batch.entry_ids if pk not in entries]
    faults += [
        f"記録{pk}: 書き換えられています。"
        for pk, entry in entries.items()
        if digest_of(entry) != entry.digest
    ]
    if (
        not faults
        and members_digest([(pk, entries[pk].digest) for pk in batch.entry_ids]) != batch.members_digest
    ):
        faults.append(f"封印{batch.pk}: 記録の要約値が合いません。")
    return faults


def _verify_strays() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM kernel_auditentry e WHERE NOT EXISTS (SELECT 1 FROM kernel_auditpending p WHERE p.entry_id = e.id)"
            " AND NOT EXISTS (SELECT 1 FROM kernel_auditseal s WHERE e.id = ANY(s.entry_ids)) ORDER BY id LIMIT 100"
        )
        return [f"記録{row[0]}: 封印も封印待ちもありません。" for row in cursor.fetchall()]


def unsealed() -> tuple[int, float]:
    """How many entries wait for a seal, and the age of the oldest in seconds."""
    oldest = AuditPending.objects.aggregate(count=models.Count("pk"), since=models.Min("noted_at"))
    age = (clock.now() - oldest["since"]).total_seconds() if oldest["since"] else 0.0
    return oldest["count"], age


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
