"""Collaborations 協働: record, prove, submit, confirm in the ward, count in the city, return; and close the year.

k = record_collaboration(by=organiser, initiative=i, organisation_name="新津高校", organisation_kind="school",
                         organisation_area=akiha, form="shared_roles", our_role="会場と進行", their_role="司会と取材",
                         started_on=date(2026, 11, 7), partner_public=True, evidence=[("minutes", stored)], submit=True)
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from portal.areas.models import Area, Authority
from portal.areas.queries import home_code
from portal.kernel import audit, clock, permissions, uploads
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear, fiscal_year
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal

from .. import workflow
from ..enums import CollaborationState
from ..models import Collaboration, CollaborationYear, Evidence, Initiative, Organisation
from ..queries.organisations import standing
from ..saving import change, insert, locked, user_of
from .organisations import find_or_register_organisation

EDITABLE = (
    "form",
    "our_role",
    "their_role",
    "ended_on",
    "place",
    "participants_count",
    "outcome",
    "partner_public",
)
AHEAD = "実施した日は、今日までの日付にしてください。まだ行っていないことは、記録できません。"
NOT_YOUR_FILE = (
    "付けられるのは、自分で送った、まだどこにも付けていないファイルだけです。もう一度選んでください。"
)
OPEN = (CollaborationState.DRAFT, CollaborationState.RETURNED)


@transaction.atomic
def record_collaboration(
    *, by: Actor, initiative: Initiative, started_on: date, organisation: Organisation | None = None,
    organisation_name: str = "", organisation_kind: str = "", organisation_area: Area | None = None,
    corporate_number: str = "", areas: Iterable[Area] = (), evidence: Iterable[tuple[str, StoredFile]] = (),
    submit: bool = False, **fields: Any,
) -> Collaboration:  # fmt: skip
    """Record what was done with one organisation in the 年度 of `started_on`, as a draft or submitted at once.

    `fields`: the EDITABLE ones, of which form, our_role and their_role are needed. Raises Refusal: recorded already
    for the year, the year is closed, the day lies ahead; PermissionDenied; ValidationError.
    """
    permissions.require(by, "communities.record_collaboration", initiative)
    _known(fields)
    if started_on > clock.today_jst():
        raise Refusal(AHEAD, field="started_on")
    area, year = initiative.community.area, fiscal_year(started_on)
    _require_open(area, year)
    partner = organisation or find_or_register_organisation(
        by=by, name=organisation_name, kind=organisation_kind, area=organisation_area or area,
        corporate_number=corporate_number,
    )  # fmt: skip
    partner = standing(partner)
    before = _was_there_before(initiative, partner, year)
    row = insert(Collaboration(
        fiscal_year=year, initiative=initiative, organisation=partner, lead_area=area, started_on=started_on,
        continuing=before, **fields,
    ))  # fmt: skip
    row.areas.set({area, *areas})
    data = {"fiscal_year": year, "initiative": initiative.pk, "organisation": partner.pk, "form": row.form}
    audit.record("communities.collaboration.recorded", by=by, target=row, data=data)
    for kind, file in evidence:
        add_evidence(by=by, collaboration=row, kind=kind, file=file)
    return submit_collaboration(by=by, collaboration=row) if submit else row


@transaction.atomic
def edit_collaboration(*, by: Actor, collaboration: Collaboration, **fields: Any) -> Collaboration:
    """Change EDITABLE fields of a draft or returned record. Partner, initiative and year stay: they are its key."""
    locked(collaboration)
    permissions.require(by, "communities.record_collaboration", collaboration)
    _known(fields)
    _require_state(collaboration)
    changed = change(collaboration, fields)
    if changed:
        audit.record(
            "communities.collaboration.edited", by=by, target=collaboration, data={"fields": changed}
        )
    return collaboration


@transaction.atomic
def add_evidence(*, by: Actor, collaboration: Collaboration, kind: str, file: StoredFile) -> Evidence:
    """Attach a file as proof, until the record is counted. Raises Refusal unless `by` sent it and nothing has it yet."""
    locked(collaboration)
    permissions.require(by, "communities.record_collaboration", collaboration)
    if collaboration.state == CollaborationState.COUNTED:
        raise Refusal("協働数に数えた記録には、資料を加えられません。", code="moved")
    _require_open(collaboration.lead_area, collaboration.fiscal_year)
    _require_own_file(by, file)
    row = insert(Evidence(collaboration=collaboration, kind=kind, file=file))
    uploads.attach(file, row)
    data = {"evidence": row.pk, "kind": kind, "sha256": file.sha256}
    audit.record("communities.collaboration.evidence_added", by=by, target=collaboration, data=data)
    return row


@transaction.atomic
def submit_collaboration(*, by: Actor, collaboration: Collaboration) -> Collaboration:
    """Hand it to the ward (to the municipality where there is no ward)."""
    workflow.COLLABORATION.apply(collaboration, "submit", by=by, returned_at=None, returned_by=None)
    _require_open(collaboration.lead_area, collaboration.fiscal_year)
    return collaboration


@transaction.atomic
def ward_confirm_collaboration(*, by: Actor, collaboration: Collaboration) -> Collaboration:
    """The ward vouches for it. Raises Refusal without evidence or after the year is closed."""
    workflow.COLLABORATION.apply(collaboration, "ward_confirm", by=by)
    _require_proof(collaboration)
    _require_open(collaboration.lead_area, collaboration.fiscal_year)
    return collaboration


@transaction.atomic
def count_collaboration(*, by: Actor, collaboration: Collaboration) -> Collaboration:
    """Count it in 協働数; where there is no ward, straight from submitted. Raises Refusal as `ward_confirm_collaboration`."""
    step = "count" if collaboration.lead_area.is_ward else "count_directly"
    continuing = _was_there_before(
        collaboration.initiative, collaboration.organisation, collaboration.fiscal_year
    )
    workflow.COLLABORATION.apply(collaboration, step, by=by, continuing=continuing)
    _require_proof(collaboration)
    _require_open(collaboration.lead_area, collaboration.fiscal_year)
    return collaboration


@transaction.atomic
def return_collaboration(*, by: Actor, collaboration: Collaboration, note: str) -> Collaboration:
    """Give it back with a reason that the organisers read. Raises Refusal after the year is closed."""
    workflow.COLLABORATION.apply(
        collaboration, "return", by=by, note=note, ward_confirmed_at=None, ward_confirmed_by=None
    )
    _require_open(collaboration.lead_area, collaboration.fiscal_year)
    return collaboration


def move_collaboration(
    *, by: Actor, collaboration: Collaboration, step: str, note: str = ""
) -> Collaboration:
    """The buttons of a record: submit, ward_confirm, count, count_directly, return (note)."""
    if step == "return":
        return return_collaboration(by=by, collaboration=collaboration, note=note)
    steps = {
        "submit": submit_collaboration, "ward_confirm": ward_confirm_collaboration, "count": count_collaboration,
        "count_directly": count_collaboration,
    }  # fmt: skip
    return steps[step](by=by, collaboration=collaboration)


@transaction.atomic
def lock_year(*, by: Actor, authority: Authority, fiscal_year: int) -> CollaborationYear:
    """Close a 年度 (31 May). Closing twice changes nothing; afterwards only corrections with old and new value."""
    permissions.require(by, "communities.lock_year", authority)
    year = _year(authority, fiscal_year)
    if year.locked_at is None:
        year.locked_at, year.locked_by = clock.now(), user_of(by)
        year.save(update_fields=["locked_at", "locked_by"])
        audit.record(
            "communities.collaborationyear.locked", by=by, target=year, data={"fiscal_year": fiscal_year}
        )
    return year


def _known(fields: Iterable[str]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of a collaboration: {sorted(unknown)}")


def _year(authority: Authority, fiscal_year: int) -> CollaborationYear:
    """The year's row under its lock: closing and counting wait for each other."""
    CollaborationYear.objects.get_or_create(authority=authority, fiscal_year=fiscal_year)
    return CollaborationYear.objects.select_for_update(no_key=True).get(
        authority=authority, fiscal_year=fiscal_year
    )


def _require_open(area: Area, year: int) -> None:
    authority = Authority.objects.filter(area=home_code(area)).first()
    if authority is None:  # a municipality that keeps no 協働数 here has no year to close
        return
    if _year(authority, year).locked_at is not None:
        raise Refusal(
            f"{FiscalYear(year).label}の協働数は、もう締められています。直すには、訂正の手続きが要ります。",
            code="year_locked",
        )


def _require_proof(collaboration: Collaboration) -> None:
    if not collaboration.evidence.exists():
        raise Refusal(
            "根拠の資料が1件もありません。資料を付けてから、もう一度確認してください。", code="no_evidence"
        )


def _require_own_file(by: Actor, file: StoredFile) -> None:
    """Read afresh: the form may be old. Two at once are parted by the lock of `uploads.attach`."""
    staged = StoredFile.objects.filter(pk=file.pk, state=uploads.FileState.STAGED, uploaded_by_ref=by.ref)
    if not staged.exists():
        raise Refusal(NOT_YOUR_FILE, field="evidence_file", code="file")


def _require_state(collaboration: Collaboration) -> None:
    if collaboration.state not in OPEN:
        raise Refusal(
            f"この記録は、いま「{collaboration.get_state_display()}」です。直せません。", code="moved"
        )


def _was_there_before(initiative: Initiative, organisation: Organisation, year: int) -> bool:
    return Collaboration.objects.filter(
        initiative=initiative,
        organisation=organisation,
        fiscal_year=year - 1,
        state=CollaborationState.COUNTED,
    ).exists()
