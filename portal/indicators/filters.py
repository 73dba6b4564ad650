"""What may stand in the address of an indicator page: which number was chosen. Anything else is not found."""

from collections.abc import Collection

from django.http import Http404, QueryDict

from communities.enums import OrganisationKind

from .queries import Selection

AGES = {"new": "新規", "continuing": "継続"}


def selection(query: QueryDict, ward_slugs: Collection[str]) -> Selection:
    """Read ward, actor, age and overlap. Raises Http404 for a value that the page never links to."""
    chosen = Selection(
        ward=query.get("ward", ""),
        kind=query.get("actor", ""),
        age=query.get("age", ""),
        overlapping=query.get("overlap") == "1",
    )
    known = (
        chosen.ward in {"", *ward_slugs}
        and chosen.kind in {"", *OrganisationKind.values}
        and chosen.age in {"", *AGES}
    )
    if not known or query.get("overlap", "1") != "1":
        raise Http404("この数字はありません。")
    return chosen


def title(chosen: Selection, ward_names: dict[str, str]) -> str:
    """How the list of records is headed: 「秋葉区 × 学校(小中高)・新規」."""
    parts = [
        ward_names.get(chosen.ward, ""),
        OrganisationKind(chosen.kind).label if chosen.kind else "",
        AGES.get(chosen.age, ""),
        "2つ以上の区にまたがる協働" if chosen.overlapping else "",
    ]
    return " × ".join(part for part in parts if part) or "数えた協働のすべて"
