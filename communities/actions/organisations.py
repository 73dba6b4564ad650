"""Organisations 主体: found before they are made, by 法人番号, else by normalised name within the area."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from portal.areas.models import Area
from portal.kernel import audit
from portal.kernel.actors import Actor
from portal.kernel.names import search_key
from portal.kernel.refusals import Refusal

from ..models import Organisation
from ..saving import insert


@transaction.atomic
def find_or_register_organisation(
    *, by: Actor, name: str, kind: str, area: Area, corporate_number: str = "", vouched: bool = True
) -> Organisation:
    """The one organisation that this is; made when nobody named it before. Two at once get the same row.

    A 法人番号 given for a body known by name only is kept with it, when `vouched`: by an officer, not by a person who
    says it of a body. Raises ValidationError.
    """
    name, key = name.strip(), search_key(name)
    if not key:
        raise ValidationError({"organisation_name": "相手方の名前を入力してください。"})
    if known := _known(key, area, corporate_number):
        return _with_number(known, corporate_number, by) if vouched else known
    try:
        row = insert(
            Organisation(name=name, kind=kind, area=area, corporate_number=corporate_number, name_key=key)
        )
    except Refusal:  # a twin was faster; its row is committed now
        found = _known(key, area, corporate_number)
        if found is None:
            raise
        return found
    audit.record(
        "communities.organisation.registered", by=by, target=row, data={"kind": kind, "area": area.pk}
    )
    return row


def _known(key: str, area: Area, corporate_number: str) -> Organisation | None:
    """By number, else by name in the area; a row that was merged leads to the one it was merged into."""
    rows = Organisation.objects.select_related("merged_into")
    if corporate_number and (found := rows.filter(corporate_number=corporate_number).first()):
        return _kept(found)
    namesakes = rows.filter(area=area, name_key=key).order_by(
        F("merged_into").asc(nulls_first=True), "created_at"
    )
    for found in namesakes:
        kept = _kept(found)
        if not corporate_number or kept.corporate_number in ("", corporate_number):
            return kept
    return None


def _kept(row: Organisation) -> Organisation:
    while row.merged_into is not None:
        row = row.merged_into
    return row


def _with_number(row: Organisation, corporate_number: str, by: Actor) -> Organisation:
    if corporate_number and not row.corporate_number:
        row.corporate_number = corporate_number
        row.clean_fields(exclude=["area"])
        row.save(update_fields=["corporate_number"])
        audit.record("communities.organisation.numbered", by=by, target=row)
    return row
