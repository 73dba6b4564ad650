"""The component kit as one template library. It is a builtin: templates need no {% load %}."""

from django import template

from portal.kernel.ui import (
    bars,
    boxes,
    calendar,
    charts,
    differences,
    facts,
    forms,
    lists,
    marks,
    photos,
    records,
    shell,
)

FAMILIES = (marks, boxes, lists, photos, facts, bars, charts, calendar, differences, forms, records, shell)

register = template.Library()
for family in FAMILIES:
    taken = register.tags.keys() & family.register.tags.keys()
    if taken:
        raise ValueError(f"two components have the same name: {sorted(taken)}")
    register.tags.update(family.register.tags)
    register.filters.update(family.register.filters)
