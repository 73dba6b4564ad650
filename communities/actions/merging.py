"""Organisations that stand twice: merge them, take it back, put one right.

m = merge_organisations(by=officer, kept=one, gone=other, note="同じ高校の別の書き方")
undo_merge(by=officer, merge=m)
"""

from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.names import search_key
from portal.kernel.refusals import Refusal

from ..models import Collaboration, Organisation, OrganisationMerge
from ..saving import change, insert, locked, user_of


@transaction.atomic
def edit_organisation(
    *, by: Actor, organisation: Organisation, name: str, kind: str, corporate_number: str = ""
) -> Organisation:
    """Put name, kind and 法人番号 right. Raises ValidationError for a wrong check digit, Refusal for a twin."""
    locked(organisation)
    permissions.require(by, "communities.keep_organisation", organisation)
    _stands(organisation)
    fields = {"name": name, "kind": kind, "corporate_number": corporate_number, "name_key": search_key(name)}
    if changed := change(organisation, fields):
        audit.record("communities.organisation.edited", by=by, target=organisation, data={"fields": changed})
    return organisation


@transaction.atomic
def merge_organisations(*, by: Actor, kept: Organisation, gone: Organisation, note: str) -> OrganisationMerge:
    """Let every collaboration of `gone` stand with `kept`, in one transaction. The row of `gone` stays and leads on.

    Raises Refusal: the same row, merged before, two 法人番号 that differ, one initiative that counted both in a year.
    """
    if kept.pk == gone.pk:
        raise Refusal("同じ主体どうしは、まとめられません。", code="same")
    for row in sorted((kept, gone), key=lambda each: each.pk):
        locked(row)
        permissions.require(by, "communities.keep_organisation", row)
        _stands(row)
    if kept.corporate_number and gone.corporate_number:
        raise Refusal(
            "法人番号がどちらにもあり、異なります。別の法人です。番号を確かめてください。", code="numbers"
        )
    rows = list(gone.collaborations.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    _no_doubles(kept, rows)
    number = gone.corporate_number
    change(gone, {"merged_into": kept, "corporate_number": ""})
    if number:
        change(kept, {"corporate_number": number})
    Collaboration.objects.filter(pk__in=[row.pk for row in rows]).update(organisation=kept)
    merge = insert(
        OrganisationMerge(
            kept=kept,
            gone=gone,
            moved=[str(row.pk) for row in rows],
            number_moved=number,
            note=note,
            merged_by=user_of(by),
        )
    )
    audit.record(
        "communities.organisation.merged", by=by, target=kept, data={"gone": str(gone.pk), "moved": len(rows)}
    )
    return merge


@transaction.atomic
def undo_merge(*, by: Actor, merge: OrganisationMerge) -> OrganisationMerge:
    """Let `gone` stand by itself again with what was moved from it. Twice changes nothing.

    Raises Refusal when `kept` has been merged further in the meantime, or a new twin of `gone` was made.
    """
    for row in sorted((merge.kept, merge.gone), key=lambda each: each.pk):
        locked(row)
        permissions.require(by, "communities.keep_organisation", row)
    locked(merge)
    if merge.undone_at is not None:
        return merge
    kept, gone = merge.kept, merge.gone
    _stands(kept)
    if merge.number_moved:
        change(kept, {"corporate_number": ""})
    change(gone, {"merged_into": None, "corporate_number": merge.number_moved})
    Collaboration.objects.filter(pk__in=merge.moved, organisation=kept).update(organisation=gone)
    change(merge, {"undone_at": clock.now(), "undone_by": user_of(by)})
    audit.record(
        "communities.organisation.unmerged",
        by=by,
        target=kept,
        data={"gone": str(gone.pk), "moved": len(merge.moved)},
    )
    return merge


def _stands(row: Organisation) -> None:
    if row.merged_into_id is not None:
        raise Refusal(f"「{row.name}」は、もうほかの主体にまとめられています。", code="merged")


def _no_doubles(kept: Organisation, rows: list[Collaboration]) -> None:
    """協働数 counts a partner once for each initiative and year: two records of one body must be put right first."""
    mine = set(kept.collaborations.values_list("fiscal_year", "initiative_id"))
    both = [row for row in rows if (row.fiscal_year, row.initiative_id) in mine]
    if both:
        titles = "、".join(sorted({f"{row.initiative.title}({row.fiscal_year}年度)" for row in both})[:3])
        raise Refusal(
            f"同じ年度の同じ取組に、両方との協働が記録されています:{titles}。先に、どちらかの記録を直してください。",
            code="double",
        )
