"""Writes of the indicators: loading a definition, and typing a published value with its source."""

from datetime import date
from typing import Any

from django.db import transaction

from portal.areas.models import Authority
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .enums import COLLABORATIONS, DefinitionStatus
from .models import Definition, Indicator, IndicatorValue
from .proposal import DEFINITION, INDICATOR


@transaction.atomic
def load_collaborations(*, by: Actor, authority: Authority, effective_on: date) -> Indicator:
    """Give `authority` the indicator 協働数 with version 1 of the proposed definition. Safe to call again.

    Sets no baseline, target or official value: those are typed from a published paper.
    """
    indicator, made = Indicator.objects.get_or_create(
        authority=authority, key=COLLABORATIONS, defaults=INDICATOR
    )
    if made:
        audit.record("indicators.indicator.loaded", by=by, target=indicator, data={"key": indicator.key})
    definition, made = Definition.objects.get_or_create(
        indicator=indicator,
        version=1,
        defaults={**DEFINITION, "status": DefinitionStatus.PROPOSED, "effective_on": effective_on},
    )
    if made:
        data = {"version": definition.version, "effective_on": effective_on.isoformat()}
        audit.record("indicators.definition.loaded", by=by, target=definition, data=data)
    return indicator


@transaction.atomic
def record_value(
    *,
    by: Actor,
    indicator: Indicator,
    kind: str,
    fiscal_year: int,
    value: int,
    source: str,
    source_on: date | None = None,
) -> IndicatorValue:
    """Record a published value of one year, or correct it; the old value stays in the audit log.

    Raises PermissionDenied, or Refusal when the same value with the same source stands already.
    """
    permissions.require(by, "indicators.record_value", indicator)
    Indicator.objects.select_for_update(no_key=True, of=("self",)).get(pk=indicator.pk)
    key = {"indicator": indicator, "kind": kind, "fiscal_year": fiscal_year}
    row = IndicatorValue.objects.filter(**key).first()
    fields: dict[str, Any] = {"value": value, "source": source, "source_on": source_on}
    if row and all(getattr(row, name) == new for name, new in fields.items()):
        raise Refusal("同じ値が、もう登録されています。", field="value", code="unchanged")
    data: dict[str, Any] = {"kind": kind, "fiscal_year": fiscal_year, "value": value}
    if row is None:
        row = IndicatorValue.objects.create(**key, **fields)
        audit.record("indicators.indicatorvalue.recorded", by=by, target=row, data=data)
        return row
    data["old_value"] = row.value
    for name, new in fields.items():
        setattr(row, name, new)
    row.save(update_fields=list(fields))
    audit.record("indicators.indicatorvalue.corrected", by=by, target=row, data=data)
    return row
