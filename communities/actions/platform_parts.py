"""What a コミプラ is: its plan, legal form, districts, bodies and 部会, kept by its municipality.

edit_platform(by=officer, platform=p, plan_title="地域づくり計画", plan_from=…, plan_to=…, block_grant=True)
add_part(by=officer, platform=p, part="body", name="見本自治会", kind="neighbourhood", role="事務局")
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from portal.areas.models import SchoolDistrict
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.names import clean_kana

from .. import indexing
from ..models import Platform, PlatformPart
from ..saving import change, insert, locked

EDITABLE = (
    "name", "kana", "summary", "legal_form", "block_grant", "plan_title", "plan_from", "plan_to",
)  # fmt: skip


@transaction.atomic
def edit_platform(
    *, by: Actor, platform: Platform, districts: Iterable[SchoolDistrict] | None = None, **fields: Any
) -> Platform:
    """Change EDITABLE fields; `districts` None leaves them. Raises ValidationError for a plan that ends before it begins."""
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of a platform: {sorted(unknown)}")
    locked(platform)
    permissions.require(by, "communities.set_platform_stage", platform)
    if "kana" in fields:
        fields["kana"] = clean_kana(fields["kana"])
    changed = change(platform, fields)
    if districts is not None:
        platform.districts.set(districts)
        changed.append("districts")
    if changed:
        audit.record("communities.platform.edited", by=by, target=platform, data={"fields": changed})
        indexing.put_platform(platform)
    return platform


@transaction.atomic
def add_part(
    *, by: Actor, platform: Platform, part: str, name: str, kind: str = "", role: str = ""
) -> PlatformPart:
    """Name a body or a 部会 of the platform. Raises Refusal for a name that stands there already."""
    locked(platform)
    permissions.require(by, "communities.set_platform_stage", platform)
    row = insert(PlatformPart(platform=platform, part=part, name=name, kind=kind, role=role))
    audit.record("communities.platform.part_added", by=by, target=platform, data={"part": part})
    return row


@transaction.atomic
def remove_part(*, by: Actor, part: PlatformPart) -> Platform:
    """Take a body or a 部会 off the page. Twice is once."""
    platform = part.platform
    locked(platform)
    permissions.require(by, "communities.set_platform_stage", platform)
    row = platform.parts.filter(pk=part.pk).first()
    if row is not None:
        audit.record("communities.platform.part_removed", by=by, target=platform, data={"part": row.part})
        row.delete()
    return platform
