"""What belongs into the 一件書類 of a file, in the order of an office's binder: issued papers, 決裁, filed attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from portal.accounts.models import User
from portal.documents.enums import DocumentState
from portal.documents.models import Document
from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.models import StoredFile

from ..enums import Keeping
from ..models import Application, Approval, ApprovalStep, Disposal, ResultFile


@dataclass(frozen=True, slots=True)
class Source:
    """One paper: its heading in the index, what is said beside it, its day, its bytes (None: the paper is not ready)."""

    group: str
    title: str
    note: str
    on: date | None
    file: StoredFile | None


def sources(application: Application) -> list[Source]:
    """Every paper of the file, oldest first in its group."""
    return [*_documents(application), *_approvals(application), *_attachments(application)]


def objects_of(application: Application) -> list[object]:
    """The ids of everything of the file that papers are issued about."""
    return [
        application.pk,
        *application.approvals.values_list("pk", flat=True),
        *application.reclaims.values_list("pk", flat=True),
        *application.subgrants.values_list("pk", flat=True),
        *Disposal.objects.filter(asset__application=application).values_list("pk", flat=True),
    ]


def _documents(application: Application) -> Iterator[Source]:
    rows = Document.objects.filter(object_id__in=objects_of(application)).select_related("file")
    for row in rows.order_by("created_at", "id"):
        marks = [row.check_number]
        if row.own_number:
            marks.append(row.own_number)
        if row.state in (DocumentState.REPLACED, DocumentState.VOID):
            marks.append(row.get_state_display())
        yield Source("発行した書類", row.title, "・".join(marks), row.issued_on, row.file)


def signatures(application: Application) -> list[dict[str, str]]:
    """Every step of the 決裁 of the file that are kept here: of what, whose, signed by whom and when, 代決 and 後閲. One query."""
    steps = ApprovalStep.objects.filter(_about("approval__", application), approval__keeping=Keeping.PORTAL)
    rows = steps.select_related("approval", "signed_by", "seen_by")
    return [
        {
            "matter": f"{row.approval.get_matter_display()}({row.approval.get_state_display()})",
            "title": f"{row.title}({row.get_kind_display()})",
            "signed": _signed(row.signed_by, row.signed_at) + (" 代決" if row.deputised else ""),
            "seen": _signed(row.seen_by, row.seen_at),
        }
        for row in rows.order_by("approval__drafted_at", "approval_id", "position")
    ]


def _signed(by: User | None, at: datetime | None) -> str:
    local = at.astimezone(clock.JST) if at else None
    return f"{by.name if by else ''} {wareki(local.date())} {local:%H:%M}".strip() if local else ""


def _about(way: str, application: Application) -> Q:
    """What hangs on the file, or on property of it; `way`: how the 決裁 is reached."""
    return Q(**{f"{way}application": application}) | Q(**{f"{way}disposal__asset__application": application})


def _approvals(application: Application) -> Iterator[Source]:
    about = _about("", application)
    kept = Q(paper__isnull=False) | Q(batch__paper__isnull=False)
    rows = Approval.objects.filter(about, kept).select_related("paper", "batch__paper")
    for row in rows.order_by("drafted_at", "id"):
        note = f"起案番号 {row.record_number}" if row.record_number else ""
        yield Source(
            "決裁済みの文書", row.get_matter_display(), note, row.decided_on, row.paper or row.batch.paper
        )


def _attachments(application: Application) -> Iterator[Source]:
    rows = application.attachments.filter(filed_at__isnull=False).select_related("file")
    for row in rows.order_by("filed_at", "created_at", "id"):
        yield Source("提出された添付書類", row.file.filename, row.title, _day(row.filed_at), row.file)
    evidence = ResultFile.objects.filter(report__application=application, filed_at__isnull=False)
    for paper in evidence.select_related("file").order_by("filed_at", "created_at", "id"):
        yield Source("実績の証拠書類", paper.file.filename, paper.title, _day(paper.filed_at), paper.file)
    admissions = application.admissions.filter(paper__isnull=False).select_related("paper")
    for admission in admissions.order_by("created_at"):
        yield Source("提出された添付書類", "紙の申請書の写し", "", admission.received_on, admission.paper)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.JST).date() if moment else None
